// Days as people write them, read as the office reads them (disperin/registers/values/days.py): never month first.

const MONTHS = new Map([
  "januari january jan", "februari february pebruari feb peb", "maret march mar", "april apr", "mei may",
  "juni june jun", "juli july jul", "agustus august agu agt aug ags", "september sep sept", "oktober october okt oct",
  "november nopember nov nop", "desember december des dec",
].flatMap((names, at) => names.split(" ").map((name) => [name, at + 1])));
const WEEKDAY = new RegExp(
  "^(?:senin|selasa|rabu|kamis|jum'?at|sabtu|minggu|ahad"
  + "|monday|tuesday|wednesday|thursday|friday|saturday|sunday)[ ,/]+",
);
const MIDNIGHT = /(?:t| +|, *)(?:pukul |jam |pkl\.? )?00?[:.]00(?:[:.]00(?:[.,]0+)?)?(?: *(?:wib|wita|wit|z))?$/;

function plain(text) {
  const bare = text.normalize("NFKD").replace(/\p{M}/gu, "").toLowerCase().split(/\s+/).filter(Boolean).join(" ");
  return bare.replace(/^[ *:.]+|[ *:.]+$/g, "").replace(WEEKDAY, "").replace(/^(?:tgl|tanggal)\.? *:? */, "");
}

function partsOf(text) {
  const iso = /^(\d{4})([-/])(\d{1,2})\2(\d{1,2})$/.exec(text);
  if (iso) return [iso[1], iso[3], iso[4]];
  const figures = /^(\d{1,2})([-/])(\d{1,2})\2(\d{4}|\d{2})$/.exec(text)
    ?? /^(\d{1,2})(\.)(\d{1,2})\.(\d{4})$/.exec(text);
  if (figures) return [figures[4], figures[3], figures[1]];
  const words = /^(\d{1,2})[ \-/.]*([a-z]+)\.?[ \-/.,]*(\d{4}|\d{2})$/.exec(text);
  return words && MONTHS.has(words[2]) ? [words[3], MONTHS.get(words[2]), words[1]] : null;
}

/** The day that `text` names, as ISO 8601; null where it is none. */
export function dayIn(text) {
  const parts = partsOf(plain(text).replace(MIDNIGHT, ""));
  if (!parts) return null;
  const [short, month, day] = parts.map(Number);
  const year = String(parts[0]).length > 2 ? short : short + (short < 69 ? 2000 : 1900);
  const found = new Date(Date.UTC(2000, month - 1, day));
  found.setUTCFullYear(year, month - 1, day);
  if (year < 1 || found.getUTCMonth() !== month - 1 || found.getUTCDate() !== day) return null;
  return found.toISOString().slice(0, 10);
}
