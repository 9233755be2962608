// Says under a day that is typed how it was read: "= Minggu, 12 Maret 2023". Nothing is changed in the input itself.
import { dayIn } from "./rules/days.js";

const words = new Intl.DateTimeFormat(document.documentElement.lang, { dateStyle: "full", timeZone: "UTC" });

function placeUnder(input) {
  if (input.nextElementSibling?.matches(".day-echo")) return input.nextElementSibling;
  const place = document.createElement("p");
  place.className = "day-echo";
  place.setAttribute("role", "status");
  input.after(place);
  return place;
}

function say(input, isLeft) {
  const day = dayIn(input.value);
  const unread = isLeft && input.value.trim() ? input.dataset.unread : "";
  placeUnder(input).textContent = day ? `= ${words.format(new Date(day))}` : unread;
}

// What appears moves all that stands below: a button that is being pressed would be gone from under the pointer.
let isPressed = false;
for (const name of ["pointerdown", "pointerup", "pointercancel"]) {
  document.addEventListener(name, () => { isPressed = name === "pointerdown"; }, true);
}

function onceLetGo(does) {
  if (isPressed) document.addEventListener("pointerup", () => setTimeout(does), { once: true });
  else setTimeout(does);
}

document.addEventListener("input", ({ target }) => { if (target.matches?.("input[data-day]")) say(target, false); });
document.addEventListener("change", ({ target }) => {
  if (target.matches?.("input[data-day]")) onceLetGo(() => say(target, true));
});
