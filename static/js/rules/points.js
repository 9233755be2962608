// Degrees of a point as the form writes and reads them: six decimals, which is a tenth of a metre.

const DECIMALS = 6;

/** The number that `text` names, with comma or dot, whichever dash is its minus; null where it is none. */
export function degreesIn(text) {
  const seen = text.replace(/[\u200b-\u200f\u2060\ufeff]/g, "").trim();
  const bare = seen.replace(/^[-\u2010-\u2015\u2212] ?/, "-").replace(/°$/, "").replace(",", ".");
  return /^[-+]?(\d+\.?\d*|\.\d+)$/.test(bare) ? Number(bare) : null;
}

/** Degrees as they are written in the page's language. */
export function degreesOut(number, language) {
  const text = number.toFixed(DECIMALS).replace(/\.?0+$/, "");
  return language === "en" ? text : text.replace(".", ",");
}

/** Does a point lie in a box of "south,west,north,east"? */
export function liesIn(box, latitude, longitude) {
  const [south, west, north, east] = box.split(",").map(Number);
  return south <= latitude && latitude <= north && west <= longitude && longitude <= east;
}
