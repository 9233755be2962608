// What to do when the session of an open page has ended: say so, keep what was typed, and go on once the same person
// has signed in again, in whichever window. A form is sent only after the server has said that its sender is signed in.
import { outcomeOf } from "./rules/saving.js";

const PATIENCE = 20_000;  // ms; a line on which nothing came by then is none
const notice = document.querySelector("[data-session-over]");
const away = document.querySelector("[data-no-connection]");

/** Ask who is signed in, and give the forms of this page the token of now: "mine", "over", "away", or "failed". */
async function renew() {
  const limit = new AbortController();
  const late = setTimeout(() => limit.abort(), PATIENCE);
  let answer;
  let text;
  try {
    answer = await fetch(notice.dataset.sessionOver, { redirect: "error", cache: "no-store", signal: limit.signal });
    text = await answer.text();
  } catch {
    return "away";  // nobody answered
  } finally {
    clearTimeout(late);
  }
  try {
    if (answer.status === 401) return "over";
    const { username, token } = JSON.parse(text);
    if (username !== notice.dataset.username) return "over";
    for (const input of document.querySelectorAll("input[name=csrfmiddlewaretoken]")) input.value = token;
    document.body.setAttribute("hx-headers", JSON.stringify({ "X-CSRFToken": token }));
    return "mine";
  } catch {
    return "failed";  // whatever that was, a form would not be taken in either
  }
}

function tell() {
  notice.hidden = false;
  document.dispatchEvent(new CustomEvent("portal:signed-out"));
}

async function goOn() {
  if (notice.hidden || document.visibilityState === "hidden" || await renew() !== "mine") return;
  notice.hidden = true;
  document.dispatchEvent(new CustomEvent("portal:signed-in"));
}

/** The notice of what could not be sent stays until it is pressed again, and says whether that is of use now. */
function say(state) {
  for (const one of away.querySelectorAll("[data-while]")) one.hidden = one.dataset.while !== state;
}

/** Something was pressed and not sent, for then the browser's own page would stand here instead of what was typed. */
function holdBack(state) {
  say(state);
  away.hidden = !["away", "failed"].includes(state);
}

let isRenewed = false;  // the token was renewed since the last answer that did not complain of it

async function answered({ detail: { xhr } }) {
  const outcome = outcomeOf(xhr);
  if (outcome === "away") return;
  say(outcome === "failed" ? "failed" : "back");
  if (outcome === "expired" && !isRenewed && await renew() === "mine") {
    isRenewed = true;
    document.dispatchEvent(new CustomEvent("portal:signed-in"));
  } else if (outcome === "expired" || outcome === "signedOut") {
    tell();
  } else {
    isRenewed = false;
    goOn();
  }
}

let asking = false;
let asked = null;  // the form that may be sent

async function sendIfSignedIn(form, submitter) {
  asking = true;
  const state = await renew();
  asking = false;
  holdBack(state);
  if (state === "over") tell();
  if (state !== "mine") return;
  asked = form;
  form.requestSubmit(submitter?.isConnected ? submitter : undefined);
  asked = null;
}

function guard(event) {
  const form = event.target;
  if (form === asked || form.getAttribute("method")?.toLowerCase() !== "post") return;
  event.preventDefault();
  event.stopImmediatePropagation();
  if (!asking) sendIfSignedIn(form, event.submitter);
}

if (notice) {
  document.addEventListener("htmx:afterRequest", answered);
  document.addEventListener("submit", guard, true);
  document.addEventListener("visibilitychange", goOn);
  window.addEventListener("focus", goOn);
  document.addEventListener("portal:held", ({ detail }) => holdBack(detail));
  window.addEventListener("online", () => say("back"));
}
