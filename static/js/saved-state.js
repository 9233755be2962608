// Tells how saving a draft went. The form that saves itself carries data-autosave; texts stand in the page.
import { outcomeOf, savingForm } from "./rules/saving.js";

function show(text, { failed = false, explained = false } = {}) {
  for (const place of document.querySelectorAll("[data-saved-state]")) {
    place.textContent = typeof text === "function" ? text(place.dataset) : text;
    place.classList.toggle("saved-state-failed", failed);
  }
  for (const link of document.querySelectorAll("[data-explained]")) link.hidden = !explained;
}

document.addEventListener("htmx:beforeRequest", (event) => {
  if (savingForm(event)) show((texts) => texts.saving);
});
document.addEventListener("htmx:afterRequest", (event) => {
  const form = savingForm(event);
  if (!form) return;
  const outcome = outcomeOf(event.detail.xhr);
  if (outcome === "kept") form.dispatchEvent(new CustomEvent("portal:kept", { bubbles: true }));
  else if (outcome !== "expired" && outcome !== "partly") {
    show((texts) => texts[outcome], { failed: true, explained: outcome === "refused" });
  }
});
// an old token: it was renewed and the form is sent anew, or nobody is signed in
document.addEventListener("portal:signed-out", () => show((texts) => texts.signedOut, { failed: true }));
// what was kept the server says in its own words: HX-Trigger: {"portal:saved": {"text": "…"}}
document.addEventListener("portal:saved", ({ detail }) => {
  show(detail.text, { failed: detail.partly, explained: detail.partly });
});
