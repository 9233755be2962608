// A draft that saves itself: shows refusals of an autosave, and saves what could not be saved once somebody has signed
// in again, or the portal answers again. The page is sent only after all in it was saved or refused in words: whatever
// else would answer then, would stand here instead of what was typed.
import { standing } from "./rules/mending.js";
import { outcomeOf } from "./rules/saving.js";

const ANSWERED = ["kept", "partly", "refused"];  // by the draft itself
const PAUSE = 15_000;  // ms until what nobody took is sent anew

/** Tick off, in the list on top and at the fields, what the answer (#draft-open) does not name any more. */
function tickOff() {
  const open = byPath("#draft-open [data-path]");
  for (const [path, entries] of byPath("#draft-state [data-path]")) {
    const texts = (open.get(path) ?? []).map((one) => one.textContent);
    const place = document.getElementById(entries[0].querySelector("a")?.hash.slice(1))?.closest(".field, .part-row");
    for (const told of [entries, [...place?.querySelectorAll(":scope > .field-error p") ?? []]]) show(told, texts);
    place?.classList.toggle("is-mended", texts.length === 0);
    for (const input of place?.querySelectorAll("[aria-invalid]") ?? []) {
      input.setAttribute("aria-invalid", String(texts.length > 0));
    }
  }
}

function byPath(selector) {
  const found = new Map();
  for (const one of document.querySelectorAll(selector)) {
    found.set(one.dataset.path, [...found.get(one.dataset.path) ?? [], one]);
  }
  return found;
}

function show(told, texts) {
  const messages = told.map((one) => one.querySelector("[data-message]"));
  standing(messages.map((one) => one.textContent), texts).forEach(({ text, isMended }, at) => {
    messages[at].textContent = text;
    told[at].classList.toggle("is-mended", isMended);
    told[at].querySelector("[data-mended]")?.toggleAttribute("hidden", !isMended);
  });
}

/** Remember what somebody looks at; the function that is given back moves the page so that it stands there again. */
function hold(form) {
  const { activeElement } = document;
  const middle = document.elementFromPoint(window.innerWidth / 2, window.innerHeight / 2);
  const seen = form.contains(activeElement) ? activeElement : middle;
  const before = seen?.getBoundingClientRect().top;
  return () => {
    if (seen?.isConnected) window.scrollBy({ top: seen.getBoundingClientRect().top - before, behavior: "instant" });
  };
}

function begin(form) {
  let running = 0;
  let waiting = null;
  let putBack = null;
  let anew = null;
  let leaving = false;  // the page is on its way with all that was typed: a save beside it would only be in its way
  let changes = document.querySelector(".saved-state-failed") ? 1 : 0;  // how often something was typed
  let sent = 0;  // how much of that is in the save on its way, or in the last one
  let answered = 0;  // how much of that the draft has answered to

  const again = () => form.dispatchEvent(new CustomEvent("portal:again"));

  /** Goes on to what was pressed, or says that it does not; an old token is renewed, and saving begins anew. */
  function goOn(outcome) {
    if (outcome === "expired") return;
    const button = waiting;
    waiting = null;
    // after the swap, so that the new revision is in the form
    if (ANSWERED.includes(outcome)) setTimeout(() => form.requestSubmit(button.isConnected ? button : undefined), 50);
    else document.dispatchEvent(new CustomEvent("portal:held", { detail: outcome }));
  }

  const listen = (name, does) => form.addEventListener(name, (event) => {
    if (event.target === form) does(event);
  });

  listen("htmx:beforeSwap", ({ detail }) => {
    const outcome = outcomeOf(detail.xhr);
    detail.shouldSwap = ANSWERED.includes(outcome);
    if (!detail.shouldSwap) return;
    putBack = hold(form);
    for (const place of document.querySelectorAll(".field-told")) place.replaceChildren();
  });
  listen("htmx:beforeRequest", (event) => {
    if (leaving) {
      event.preventDefault();
      return;
    }
    running += 1;
    sent = changes;
  });
  listen("htmx:afterRequest", ({ detail }) => {
    running -= 1;
    const outcome = outcomeOf(detail.xhr);
    if (["kept", "partly"].includes(outcome)) tickOff();
    clearTimeout(anew);
    anew = ["away", "failed"].includes(outcome) ? setTimeout(again, PAUSE) : null;
    putBack?.();
    putBack = null;
    if (ANSWERED.includes(outcome)) answered = sent;
    if (detail.xhr.getResponseHeader("HX-Redirect")) waiting = null;  // to look at what was read from a file first
    if (running === 0 && waiting) goOn(outcome);
  });
  form.addEventListener("submit", (event) => {
    leaving = !window.htmx || (running === 0 && answered === changes);
    if (leaving) return;
    event.preventDefault();
    waiting = event.submitter ?? form.querySelector("button[name=save]");
    if (running === 0) again();
  });
  form.addEventListener("input", () => {
    changes += 1;
    leaving = false;  // somebody stopped it, and goes on here
  });
  document.addEventListener("portal:signed-out", () => { waiting = null; });
  document.addEventListener("portal:signed-in", again);
  window.addEventListener("online", () => { if (anew) again(); });
  window.addEventListener("pageshow", () => { leaving = false; });
}

begin(document.getElementById("draft"));
