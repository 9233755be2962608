// What of a list of things to be mended is mended.

/**
 * How each of the `shown` messages of one place stands: `{ text, isMended }`, while `open` are those that still hold.
 * A place that is wrong in another way now says so; what is wrong beyond the list is said when the draft is submitted.
 */
export function standing(shown, open) {
  const others = open.filter((text) => !shown.includes(text));
  return shown.map((text) => {
    if (open.includes(text)) return { text, isMended: false };
    return others.length ? { text: others.shift(), isMended: false } : { text, isMended: true };
  });
}
