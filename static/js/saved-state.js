// Tells how saving a draft went. The form that saves itself carries data-autosave; texts stand in the page.
import { clock, savingForm } from "./rules/saving.js";

function show(text, failed) {
  for (const place of document.querySelectorAll("[data-saved-state]")) {
    place.textContent = text(place);
    place.classList.toggle("saved-state-failed", failed);
  }
}

document.addEventListener("htmx:beforeRequest", (event) => {
  if (savingForm(event)) show((place) => place.dataset.saving, false);
});
document.addEventListener("htmx:afterRequest", (event) => {
  const form = savingForm(event);
  if (!form) return;
  if (event.detail.successful) {
    const now = clock(new Date(), document.documentElement.lang);
    show((place) => `${place.dataset.saved} ${now}`, false);
    form.dispatchEvent(new CustomEvent("portal:kept", { bubbles: true }));
  } else {
    show((place) => place.dataset.failed, true);
  }
});
// the server may say it in its own words: HX-Trigger: {"portal:saved": {"text": "…"}}
document.addEventListener("portal:saved", (event) => {
  if (event.detail?.text) show(() => event.detail.text, false);
});
