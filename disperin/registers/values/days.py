"""Days as people write them, read alike on pages, in files and by the API: 2025-12-31, 31.12.25, 31 Desember 2025.

Never month first in figures, in whatever language: a day is not another one for whoever reads the portal in English.
A year of two figures is one of 1969 to 2068, and the page says under the day which.
"""

import datetime
import re
import unicodedata

from disperin.ui.characters import plain_forms

_MONTHS = {
    name: at
    for at, names in enumerate(
        ("januari january jan", "februari february pebruari feb peb", "maret march mar", "april apr", "mei may",
         "juni june jun", "juli july jul", "agustus august agu agt agts aug ags", "september sep sept",
         "oktober october okt oct", "november nopember nov nop", "desember december des dec"), 1
    )
    for name in names.split()
}  # fmt: skip
_ROMAN = {
    "i": 1, "ii": 2, "iii": 3, "iv": 4, "v": 5, "vi": 6, "vii": 7, "viii": 8, "ix": 9, "x": 10, "xi": 11, "xii": 12,
}  # fmt: skip
MONTH = "|".join(sorted(_MONTHS, key=len, reverse=True))
DAY_IN_WORDS = rf"[0-9]{{1,2}} *[ \-/.]? *(?:{MONTH})\.? *[ \-/.,]* *[0-9]{{2,4}}"
_ONE_KIND = str.maketrans("\u2010\u2011\u2012\u2013\u2014\u2212\u2018\u2019\u02bc", "------'''")
_YEAR = r"'?([0-9]{4}|[0-9]{2})"
_NTH = r"(?:st|nd|rd|th)?"
_WORD = "(?![ivx]+(?![a-z]))[a-z]+"  # that is no Roman figure: these need marks around them
# Which groups are year, month and day, by how it is written
_WRITTEN: tuple[tuple[re.Pattern[str], tuple[int, int, int]], ...] = (
    (re.compile(r"([0-9]{4})([-/. ])([0-9]{1,2})\2([0-9]{1,2})"), (1, 3, 4)),
    (re.compile(rf"([0-9]{{1,2}})([-/., ])([0-9]{{1,2}})\2{_YEAR}"), (4, 3, 1)),
    (re.compile(r"([0-9]{1,2})([-/. ])([ivx]{1,4})\2([0-9]{4})"), (4, 3, 1)),  # 12-VIII-2023, as on letters
    (re.compile(r"((?:19|20)[0-9]{2})(0[1-9]|1[0-2])([0-9]{2})"), (1, 2, 3)),
    (re.compile(r"([0-9]{2})([0-9]{2})((?:19|20)[0-9]{2})"), (3, 2, 1)),
    (re.compile(rf"([0-9]{{1,2}}){_NTH}[ \-/.]*({_WORD})\.?[ \-/.,]*{_YEAR}"), (3, 2, 1)),
    (re.compile(rf"({_WORD})\.? ?([0-9]{{1,2}}){_NTH}[ ,]'?([0-9]{{4}})"), (3, 1, 2)),
)
_MONTH_OF_YEAR = re.compile(
    rf"(?:bulan )?(?:{MONTH})\.?[ \-/.,]?((?:19|20)[0-9]{{2}})|(?:0?[1-9]|1[0-2])[-/]((?:19|20)[0-9]{{2}})"
)
_WEEKDAY = re.compile(
    r"^(?:senin|selasa|rabu|kamis|jum'?at|sabtu|minggu|ahad|monday|tuesday|wednesday|thursday|friday|saturday|sunday)"
    r"[ ,/]+"
)
_BEFORE = re.compile(r"^(?:tgl|tanggal)\.? *:? *")
_TIME = re.compile(
    r"(?:t| +|, *)(?:pukul |jam |pkl\.? )?([0-9]{1,2})[:.]([0-9]{2})(?:[:.]([0-9]{2})(?:[.,][0-9]+)?)?"
    r"(?: *(?:wib|wita|wit|z|[+-][0-9]{2}:?[0-9]{2}))?$"
)


def day_in(text: str) -> tuple[str, bool] | None:
    """`(ISO 8601 of the day, whether no time of the day is named beside midnight)`, or None for what is no date."""
    text = _BEFORE.sub("", _WEEKDAY.sub("", _plain(text)))
    time = _TIME.search(text)
    day = _as_written(text[: time.start()].strip(" ,") if time else text)
    return (day.isoformat(), time is None or not any(int(part or 0) for part in time.groups())) if day else None


def year_in(text: str) -> int | None:
    """The year of a day, or of a month that is named with it (Mei 2012, 05/2012); None for what is neither."""
    if read := day_in(text):
        return int(read[0][:4])
    match = _MONTH_OF_YEAR.fullmatch(_plain(text))
    return int(match[1] or match[2]) if match else None


def _as_written(text: str) -> datetime.date | None:
    for pattern, groups in _WRITTEN:
        if match := pattern.fullmatch(text):
            year, month, day = (match[at] for at in groups)
            try:
                return datetime.date(_whole_year(year), _MONTHS.get(month) or _ROMAN.get(month) or int(month), int(day))
            except ValueError:  # neither the name of a month nor a day of the calendar
                return None
    return None


def _whole_year(figures: str) -> int:
    year = int(figures)
    return year if len(figures) > 2 else year + (2000 if year < 69 else 1900)


def _plain(text: str) -> str:
    """Small letters, single blanks and none at marks, one kind of dash and apostrophe, no accents, no marks around."""
    text = "".join(sign for sign in plain_forms(text, "NFKD") if not unicodedata.combining(sign))
    text = " ".join(text.casefold().split()).translate(_ONE_KIND)
    return re.sub(r" ?([-/.,]) ?", r"\1", text).strip(" *:.")
