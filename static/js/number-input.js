// Groups whole figures by thousands while they are typed, in the page's language. A figure's value never changes by it:
// what is no whole number stays as typed, and the server says so.
import { isWhole, placeIn, shownAfter } from "./rules/numbers.js";

const sign = document.documentElement.lang === "en" ? "," : ".";
const asTyped = new WeakSet();  // inputs whose signs are a person's
let edit = null;  // the one on its way

function isFigure(input) {
  return Boolean(input.matches?.("input[data-grouped]"));
}

document.addEventListener("focusin", ({ target }) => asTyped.delete(target));

document.addEventListener("beforeinput", ({ target }) => {
  if (!isFigure(target)) return;
  const { value, selectionStart: start, selectionEnd: end } = target;
  edit = isWhole(value, sign) && !asTyped.has(target) ? { input: target, value, start, end } : null;
});

document.addEventListener("input", ({ target: input, isComposing }) => {
  if (!isFigure(input) || isComposing) return;
  const typed = input.value;
  const after = shownAfter(typed, sign, edit?.input === input ? edit : null);
  edit = null;
  if (after.isFigure) asTyped.delete(input);
  else asTyped.add(input);
  if (after.shown === typed) return;
  const place = placeIn(after, typed, input.selectionStart);
  input.value = after.shown;
  input.setSelectionRange(place, place);
});
