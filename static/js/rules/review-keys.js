// What a key means at the review desk.

const DEEDS = { j: "next", k: "previous", o: "open", v: "verify", r: "send back", n: "go on" };
const TYPING = "input:not([type=checkbox]), textarea, select, [contenteditable]";

/** What the key of `event` asks for; null where it means nothing: with Ctrl, while typing, taken by somebody else. */
export function deedOf(event) {
  if (event.ctrlKey || event.altKey || event.metaKey || event.defaultPrevented) return null;
  if (event.target.closest(TYPING)) return null;
  return Object.hasOwn(DEEDS, event.key) ? DEEDS[event.key] : null;
}

/** The row to go to from row `at` (-1: none yet) of `count`: the first one at the beginning, never beyond the ends. */
export function rowAfter(at, step, count) {
  return at < 0 ? 0 : Math.min(Math.max(at + step, 0), count - 1);
}
