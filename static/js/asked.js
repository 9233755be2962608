// Leaves out of a draft what does not matter for the answers given. A field with an answer of its own always stays in
// sight, with a word on when it matters; so does one that is to be mended.
import { matters } from "./rules/asking.js";

const form = document.getElementById("draft");

function answersTo(names, answers) {
  return names.flatMap((name) => answers.getAll(name)).map((one) => one instanceof File ? one.name : one);
}

function isFilled(box, answers) {
  if (box.matches("details")) return Boolean(box.querySelector(".part-row"));
  const names = new Set([...box.querySelectorAll("input, select, textarea")].map(({ name }) => name));
  return answersTo([...names].filter(Boolean), answers).some((one) => one !== "");
}

function arrange() {
  const answers = new FormData(form);
  for (const box of form.querySelectorAll("[data-asked-of]")) {
    const wanted = box.dataset.askedValues ? box.dataset.askedValues.split(" ") : [];
    const isAsked = matters(answersTo(box.dataset.askedOf.split(" "), answers), wanted);
    const stays = isFilled(box, answers) || box.contains(document.activeElement)
      || Boolean(box.querySelector(".field-error, .field-reason"));
    box.hidden = !isAsked && !stays;
    box.querySelector(".field-when").hidden = isAsked;
  }
}

for (const name of ["input", "change", "portal:rows", "htmx:afterSettle"]) form.addEventListener(name, arrange);
form.addEventListener("focusout", () => setTimeout(arrange, 0));
arrange();
