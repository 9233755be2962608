// Shortcuts of the review desk: j/k go from row to row, o opens, v and r lead to the decision, n goes on to the next.
// Everything they do is also a link or a button; they can be switched off, and never act while somebody types.
import { deedOf, rowAfter } from "./rules/review-keys.js";

const KEPT = "review-keys";

function isOff() {
  try {
    return localStorage.getItem(KEPT) === "off";
  } catch {
    return false;  // storage may be forbidden
  }
}

function begin(hint) {
  const toggle = hint.querySelector("[data-keys-switch]");
  const words = toggle.querySelector("span");
  const texts = { on: words.textContent, off: toggle.dataset.off };
  const all = [...document.querySelectorAll("[data-review]")];
  const rows = all.filter((row) => row.checkVisibility());  // the list beside is there on wide screens only
  const stop = (row) => row?.querySelector("a, button");

  const tell = () => { words.textContent = isOff() ? texts.off : texts.on; };

  const current = () => rows.findIndex((row) => row.contains(document.activeElement));

  const focus = (element) => {
    element.focus();
    element.scrollIntoView({ block: "nearest" });
  };

  const go = (step) => {
    const next = rows[rowAfter(current(), step, rows.length)];
    if (next) focus(stop(next) ?? next);
  };

  const decide = (key) => {
    const button = document.querySelector(`[data-key="${key}"]`);
    const row = rows[current()];
    const take = row?.querySelector("[data-take]");  // takes it and opens the review in one go
    const address = row?.dataset.review;
    if (button) focus(button);
    else if (take) take.requestSubmit();
    else if (address) window.location.assign(address);
  };

  const does = {
    next: () => go(1),
    previous: () => go(-1),
    open: () => stop(rows[current()])?.click(),
    verify: () => decide("v"),
    "send back": () => decide("r"),
    "go on": () => document.querySelector('[data-key="n"]')?.click(),
  };

  toggle.addEventListener("click", () => {
    try {
      localStorage.setItem(KEPT, isOff() ? "on" : "off");
    } catch {
      return;
    }
    tell();
  });
  document.addEventListener("keydown", (event) => {
    const deed = isOff() ? null : deedOf(event);
    if (!deed) return;
    event.preventDefault();
    does[deed]();
  });
  tell();
}

const hint = document.querySelector("[data-keys]");
if (hint) begin(hint);
