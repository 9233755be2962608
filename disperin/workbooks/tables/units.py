"""What a heading says of the figures below it: in thousands, in millions, by month; or a unit to be looked at."""

import re

from disperin.workbooks.tables.options import plain

TIMES = (1, 12, 1_000, 12_000, 1_000_000, 12_000_000, 1_000_000_000)  # by which figures may be multiplied
_WORDS = (
    (1_000_000_000, r"miliar|milyar|miliaran|milyaran|billions?"),
    (1_000_000, r"juta|jutaan|jt|millions?"),
    (1_000, r"ribu|ribuan|rb|thousands?"),
)
_ZEROS = re.compile(r"(?<![0-9])1?((?:[.,' ]?000)+)(?![0-9])")
_SCALE = re.compile(rf"\b(?:dalam |in |x )?(?:{'|'.join(words for _times, words in _WORDS)})\b(?: rupiah| rp| orang)?")
_MONTH = re.compile(r"(?:/ ?|\bper ?|\bse)(?:bulan|bln|bl|month)\b|\bbulanan\b|\b(?:(?:se)?tiap|1) ?(?:bulan|bln)\b")
_OTHER_TIMES = "hari|hr|minggu|pekan|day|week|triwulan|kuartal|kwartal|quarter|caturwulan|semester|half[- ]?year"
_SHORTER = re.compile(
    rf"(?:/ ?|\bper ?|\bse|\btiap ?)(?:{_OTHER_TIMES})\b|\bharian\b|\b(?:mingguan|triwulanan|triwulan|semester)\b"
    r"|\b(?:[2-9]|1[01]) ?(?:bulan|bln|months?)\b"
)
_FOREIGN = re.compile(r"[$€£¥]|\b(?:usd?|eur|euro|sgd|myr|ringgit|dolar|dollars?|yen|jpy|cny|yuan)\b")  # no rupiah
_YEAR = re.compile(r"(?:/ ?|\bper ?|\bse)(?:tahun|thn|th|year)\b")
_RUPIAH_OR_PEOPLE = re.compile(r"\b(?:rp|rupiah|idr|orang|org|jiwa|people|dalam|in)\b")
_ZEROS_ALONE = re.compile(r"(?<![0-9])(?<![0-9][.,' ])000(?:[.,' ]?000)*(?![0-9])")  # Rp 1.000 is an amount
_BRACKETS = re.compile(r"[(\[]([^()\[\]]*)[)\]]")
_PERCENT = re.compile(r"%|\b(?:persen|persentase|percent|percentage)\b")
_RUPIAH = re.compile(r"\b(?:rp|rupiah|idr)\b")
_USUAL = {
    "rp",
    "rupiah",
    "idr",
    "rp,-",
    "orang",
    "org",
    "jiwa",
    "people",
    "%",
    "persen",
    "percent",
    "l",
    "p",
    "lk",
    "pr",
}


def scale_of(heading: str, *, yearly: bool = False) -> int | None:
    """By how much the figures below a heading are multiplied, or None where it says nothing that is worth a question.

    1 is worth one: there is a unit that the column does not have by itself. `yearly`: its figures are of a year.
    """
    text = plain(heading)
    times = next((times for times, words in _WORDS if re.search(rf"\b(?:{words})\b", text)), 1)
    if times == 1 and (zeros := _ZEROS.search(text)):
        times = 1_000 ** zeros[1].count("000")
    if yearly and _MONTH.search(text):
        times *= 12
    if times in TIMES[1:]:
        return times
    units = [_YEAR.sub("", bracketed).strip(" .,") for bracketed in _BRACKETS.findall(text)]
    is_other = bool(_SHORTER.search(text) or _FOREIGN.search(text))
    return 1 if times > 1 or is_other or any(unit and unit not in _USUAL for unit in units) else None


def month_of(times: int) -> int:
    """What of such a multiplier comes of figures by month: 12, or 1; no scale is divided by it."""
    return 12 if times % 12 == 0 else 1


def unit_of(heading: str) -> str:
    """“persen” or “rupiah” where a heading says that its figures are either, else ""."""
    text = plain(heading)
    if _PERCENT.search(text):
        return "persen"
    return "rupiah" if _RUPIAH.search(text) else ""


def is_unit(heading: str) -> bool:
    """Whether a heading is a unit and nothing else: (Rp 000), %, orang. It says of what only with the one above it."""
    text = plain(heading)
    if not re.search(r"[a-z%(]", text):
        return False
    for pattern in (_MONTH, _SHORTER, _YEAR, _SCALE, _ZEROS_ALONE, _PERCENT, _RUPIAH_OR_PEOPLE):
        text = pattern.sub(" ", text)
    return not re.search(r"[a-z0-9]", text)


def without_scale(heading: str) -> str:
    """A heading without the words that `scale_of` reads, and without what stands in brackets."""
    text = _bare(plain(heading))
    for pattern in (_MONTH, _SHORTER, _YEAR, _SCALE, _ZEROS):
        text = pattern.sub(" ", text)
    return text


def _bare(text: str) -> str:
    return re.sub(r"(?<=\S) *(?:\([^()]*\)|\[[^\[\]]*\])", " ", text)
