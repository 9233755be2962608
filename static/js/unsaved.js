// Asks before leaving a form with data-guard that was changed and neither sent nor saved.
const changed = new Set();

function note(event) {
  const form = event.target.form ?? event.target.closest?.("form");
  if (form?.hasAttribute("data-guard")) changed.add(form);
}

document.addEventListener("input", note);
document.addEventListener("change", note);
document.addEventListener("submit", (event) => {
  if (!event.defaultPrevented) changed.clear();  // one that is held back may never be sent
});
document.addEventListener("portal:kept", (event) => changed.delete(event.target));
window.addEventListener("beforeunload", (event) => {
  if (changed.size) event.preventDefault();
});
