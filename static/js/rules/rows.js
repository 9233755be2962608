// Rows of a part on a page: how a new one is numbered, and what is left of the name of one that comes back.

/** The HTML of a blank row as that of row number `at`, counted from 0; people count from 1. */
export function numbered(html, at) {
  return html.replaceAll("__at__", String(at)).replaceAll("__number__", String(at + 1));
}

/** The key that a row has once it was taken away: a record never forgets its rows, a draft does. */
export function keyOf({ recorded }, key) {
  return recorded === undefined ? "" : key;
}
