// Whole numbers while they are typed. Signs between thousands are set only in figures whose every sign was set here or
// by the page; a person's own sign may mean something else (12.5), and stays as it was typed.

/** Is `text` digits, alone or grouped by thousands with `sign`? So the server reads it, too. */
export function isWhole(text, sign) {
  return /^\d+$/.test(text) || new RegExp(`^\\d{1,3}(\\${sign}\\d{3})+$`).test(text);
}

/**
 * What an input shows after an edit made `text` of it, and whether it is a figure grouped here: `{ shown, isFigure }`.
 *
 * `edit` is the figure that was grouped and which part of it was chosen (`{ value, start, end }`); null where something
 * else stood there, and `text` counts as typed from its beginning to its end.
 */
export function shownAfter(text, sign, edit) {
  const typed = edit ? withoutSigns(text, sign, edit) : text;
  // a blank groups thousands, else it stands between two figures; behind a last one a word may follow
  if (!/^\s*\d+(\s+\d{3})*$/.test(typed)) return { shown: typed, isFigure: false };
  return { shown: typed.replace(/\s/g, "").replace(/\B(?=(\d{3})+(?!\d))/g, sign), isFigure: true };
}

/** Where the cursor stands in what is shown, which was at `place` in the `text` that the edit made. */
export function placeIn({ shown, isFigure }, text, place) {
  if (shown === text) return place;
  if (!isFigure) return shown.length - digitsOf(text.slice(place));  // behind what was put in
  const before = digitsOf(text.slice(0, place));
  let at = 0;
  for (let seen = 0; seen < before; at += 1) seen += digitsOf(shown[at]);
  return at;
}

function digitsOf(text) {
  return text.replace(/\D/g, "").length;
}

// what the edit left of the figure loses its signs; what was put in between keeps them
function withoutSigns(text, sign, { value, start, end }) {
  let head = 0;
  while (head < Math.min(start, text.length) && text[head] === value[head]) head += 1;
  let tail = 0;
  const mostTail = Math.min(value.length - end, text.length - head);
  while (tail < mostTail && text[text.length - 1 - tail] === value[value.length - 1 - tail]) tail += 1;
  const bare = (part) => part.split(sign).join("");
  return bare(text.slice(0, head)) + text.slice(head, text.length - tail) + bare(text.slice(text.length - tail));
}
