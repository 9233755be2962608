// Asks before leaving a form with data-guard that was changed and neither sent nor saved.
(function () {
  "use strict";
  var changed = new Set();

  function note(event) {
    var form = event.target.form || (event.target.closest && event.target.closest("form"));
    if (form && form.hasAttribute("data-guard")) changed.add(form);
  }

  document.addEventListener("input", note);
  document.addEventListener("change", note);
  document.addEventListener("submit", function () { changed.clear(); });
  document.addEventListener("portal:kept", function (event) { changed.delete(event.target); });
  window.addEventListener("beforeunload", function (event) {
    if (changed.size) event.preventDefault();
  });
})();
