// Days as people write them, read as the office reads them (disperin/registers/values/days.py):
// never month first in figures, and a year of two figures is one of 1969 to 2068.

const MONTHS = new Map([
  "januari january jan", "februari february pebruari feb peb", "maret march mar", "april apr", "mei may",
  "juni june jun", "juli july jul", "agustus august agu agt agts aug ags", "september sep sept",
  "oktober october okt oct", "november nopember nov nop", "desember december des dec",
].flatMap((names, at) => names.split(" ").map((name) => [name, at + 1])));
const ROMAN = new Map("i ii iii iv v vi vii viii ix x xi xii".split(" ").map((figure, at) => [figure, at + 1]));
const WEEKDAY = new RegExp(
  "^(?:senin|selasa|rabu|kamis|jum'?at|sabtu|minggu|ahad"
  + "|monday|tuesday|wednesday|thursday|friday|saturday|sunday)[ ,/]+",
);
const MIDNIGHT = /(?:t| +|, *)(?:pukul |jam |pkl\.? )?00?[:.]00(?:[:.]00(?:[.,]0+)?)?(?: *(?:wib|wita|wit|z))?$/;

const YEAR = "'?(\\d{4}|\\d{2})";
const NTH = "(?:st|nd|rd|th)?";
const WORD = "(?![ivx]+(?![a-z]))[a-z]+"; // that is no Roman figure: these need marks around them
// Which groups are year, month and day, by how it is written
const WRITTEN = [
  [/^(\d{4})([-/. ])(\d{1,2})\2(\d{1,2})$/, 1, 3, 4],
  [new RegExp(`^(\\d{1,2})([-/., ])(\\d{1,2})\\2${YEAR}$`), 4, 3, 1],
  [/^(\d{1,2})([-/. ])([ivx]{1,4})\2(\d{4})$/, 4, 3, 1], // 12-VIII-2023, as on letters
  [/^((?:19|20)\d{2})(0[1-9]|1[0-2])(\d{2})$/, 1, 2, 3],
  [/^(\d{2})(\d{2})((?:19|20)\d{2})$/, 3, 2, 1],
  [new RegExp(`^(\\d{1,2})${NTH}[ \\-/.]*(${WORD})\\.?[ \\-/.,]*${YEAR}$`), 3, 2, 1],
  [new RegExp(`^(${WORD})\\.? ?(\\d{1,2})${NTH}[ ,]'?(\\d{4})$`), 3, 1, 2],
];

// raised and circled digits stay what they are: 12² is no 122
function plainForms(text) {
  return text.split(/([\u00b2\u00b3\u00b9\u2070-\u209f\u2460-\u249b\u24ea])/)
    .map((part, at) => (at % 2 ? part : part.normalize("NFKD"))).join("");
}

function plain(text) {
  const bare = plainForms(text).replace(/\p{M}/gu, "").toLowerCase().split(/\s+/).filter(Boolean).join(" ")
    .replace(/[\u2010-\u2014\u2212]/g, "-").replace(/[\u2018\u2019\u02bc]/g, "'").replace(/ ?([-/.,]) ?/g, "$1");
  return bare.replace(/^[ *:.]+|[ *:.]+$/g, "").replace(WEEKDAY, "").replace(/^(?:tgl|tanggal)\.? *:? */, "");
}

function partsOf(text) {
  for (const [pattern, ...groups] of WRITTEN) {
    const found = pattern.exec(text);
    if (found) return groups.map((at) => found[at]);
  }
  return null;
}

/** The day that `text` names, as ISO 8601; null where it is none. */
export function dayIn(text) {
  const parts = partsOf(plain(text).replace(MIDNIGHT, ""));
  if (!parts) return null;
  const [figures, name, day] = parts;
  const year = Number(figures) + (figures.length > 2 ? 0 : figures < 69 ? 2000 : 1900);
  const month = MONTHS.get(name) ?? ROMAN.get(name) ?? Number(name);
  const found = new Date(Date.UTC(2000, month - 1, day));
  found.setUTCFullYear(year, month - 1, day);
  if (year < 1 || found.getUTCMonth() !== month - 1 || found.getUTCDate() !== Number(day)) return null;
  return found.toISOString().slice(0, 10);
}
