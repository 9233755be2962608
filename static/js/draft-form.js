// A draft that saves itself: shows refusals of an autosave, lets a running one end before the page is sent, and saves
// what could not be saved once somebody has signed in again.
import { outcomeOf } from "./rules/saving.js";

function begin(form) {
  let running = 0;
  let waiting = null;
  let leaving = false;  // the page is on its way with all that was typed: a save beside it would only be in its way

  const listen = (name, does) => form.addEventListener(name, (event) => {
    if (event.target === form) does(event);
  });

  listen("htmx:beforeSwap", ({ detail }) => {
    const outcome = outcomeOf(detail.xhr);
    detail.shouldSwap = outcome === "kept" || outcome === "refused";
    if (detail.shouldSwap) for (const place of document.querySelectorAll(".field-told")) place.replaceChildren();
  });
  listen("htmx:beforeRequest", (event) => {
    if (leaving) event.preventDefault();
    else running += 1;
  });
  listen("htmx:afterRequest", () => {
    running -= 1;
    if (running > 0 || !waiting) return;
    const button = waiting;
    waiting = null;
    // after the swap, so that the new revision is in the form
    setTimeout(() => form.requestSubmit(button.isConnected ? button : undefined), 50);
  });
  form.addEventListener("submit", (event) => {
    if (running > 0) {
      event.preventDefault();
      waiting = event.submitter ?? form.querySelector("button[name=save]");
    } else {
      leaving = true;
    }
  });
  document.addEventListener("portal:signed-in", () => form.dispatchEvent(new CustomEvent("portal:again")));
  window.addEventListener("pageshow", () => { leaving = false; });
}

begin(document.getElementById("draft"));
