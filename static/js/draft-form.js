// A draft that saves itself: shows refusals of an autosave, and lets a running one end before the page is sent.
const REFUSED = [400, 412];  // something must not be kept; changed meanwhile: both say so in the page

function begin(form) {
  let running = 0;
  let waiting = null;
  let leaving = false;  // the page is on its way with all that was typed: a save beside it would only be in its way

  const listen = (name, does) => form.addEventListener(name, (event) => {
    if (event.target === form) does(event);
  });

  listen("htmx:beforeSwap", (event) => {
    if (REFUSED.includes(event.detail.xhr.status)) event.detail.shouldSwap = true;
    for (const place of document.querySelectorAll(".field-told")) place.replaceChildren();
  });
  listen("htmx:beforeRequest", (event) => {
    if (leaving) event.preventDefault();
    else running += 1;
  });
  listen("htmx:afterRequest", (event) => {
    running -= 1;
    if (REFUSED.includes(event.detail.xhr.status)) {
      setTimeout(() => {
        for (const place of document.querySelectorAll("[data-saved-state]")) place.textContent = form.dataset.refused;
      }, 0);
    }
    if (running === 0 && waiting) {
      const button = waiting;
      waiting = null;
      // after the swap, so that the new revision is in the form
      setTimeout(() => form.requestSubmit(button.parentNode ? button : undefined), 50);
    }
  });
  form.addEventListener("submit", (event) => {
    if (running > 0) {
      event.preventDefault();
      waiting = event.submitter ?? form.querySelector("button[name=save]");
    } else {
      leaving = true;
    }
  });
  window.addEventListener("pageshow", () => { leaving = false; });
}

begin(document.getElementById("draft"));
