// A draft that saves itself: shows refusals of an autosave, and lets a running one end before the page is sent.
(function () {
  "use strict";
  var form = document.getElementById("draft");
  if (!form) return;
  var running = 0;
  var waiting = null;
  var leaving = false;  // the page is on its way with all that was typed: a save beside it would only be in its way

  form.addEventListener("htmx:beforeSwap", function (event) {
    if (event.target !== form) return;
    var status = event.detail.xhr.status;
    // 400: something must not be kept; 412: changed meanwhile. Both say so in the page.
    if (status === 400 || status === 412) event.detail.shouldSwap = true;
    document.querySelectorAll(".field-told").forEach(function (place) { place.replaceChildren(); });
  });
  form.addEventListener("htmx:beforeRequest", function (event) {
    if (event.target !== form) return;
    if (leaving) event.preventDefault();
    else running += 1;
  });
  form.addEventListener("htmx:afterRequest", function (event) {
    if (event.target !== form) return;
    running -= 1;
    if (event.detail.xhr.status === 400 || event.detail.xhr.status === 412) {
      window.setTimeout(function () {
        document.querySelectorAll("[data-saved-state]").forEach(function (place) { place.textContent = form.dataset.refused; });
      }, 0);
    }
    if (running === 0 && waiting) {
      var button = waiting;
      waiting = null;
      // after the swap, so that the new revision is in the form
      window.setTimeout(function () { form.requestSubmit(button.parentNode ? button : undefined); }, 50);
    }
  });
  form.addEventListener("submit", function (event) {
    if (running > 0) {
      event.preventDefault();
      waiting = event.submitter || form.querySelector("button[name=save]");
    } else {
      leaving = true;
    }
  });
  window.addEventListener("pageshow", function () { leaving = false; });
})();
