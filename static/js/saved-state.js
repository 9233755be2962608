// Tells how saving a draft went. The form that saves itself carries data-autosave; texts stand in the page.
(function () {
  "use strict";

  function clock() {
    var now = new Date();
    var sign = document.documentElement.lang === "en" ? ":" : ".";
    return new Intl.DateTimeFormat("en-GB", { hour: "2-digit", minute: "2-digit", timeZone: "Asia/Makassar" })
      .format(now).replace(":", sign) + " WITA";
  }

  function show(text, failed) {
    document.querySelectorAll("[data-saved-state]").forEach(function (place) {
      place.textContent = text(place);
      place.classList.toggle("saved-state-failed", failed);
    });
  }

  function saves(event) {
    var sent = event.detail && event.detail.elt;  // the form itself, not a select in it that fetches its options
    return sent && sent.matches("[data-autosave]") ? sent : null;
  }

  document.addEventListener("htmx:beforeRequest", function (event) {
    if (saves(event)) show(function (place) { return place.dataset.saving; }, false);
  });
  document.addEventListener("htmx:afterRequest", function (event) {
    var form = saves(event);
    if (!form) return;
    if (event.detail.successful) {
      show(function (place) { return place.dataset.saved + " " + clock(); }, false);
      form.dispatchEvent(new CustomEvent("portal:kept", { bubbles: true }));
    } else {
      show(function (place) { return place.dataset.failed; }, true);
    }
  });
  // the server may say it in its own words: HX-Trigger: {"portal:saved": {"text": "…"}}
  document.addEventListener("portal:saved", function (event) {
    if (event.detail && event.detail.text) show(function () { return event.detail.text; }, false);
  });
})();
