"""Days as people write them, read alike on pages, in files and by the API: 2025-12-31, 31/12/2025, 31 Desember 2025.

Never month first, in whatever language: a day is not another one for whoever reads the portal in English.
"""

import datetime
import re
import unicodedata

_PATTERNS = ("%Y-%m-%d", "%d/%m/%Y", "%d-%m-%Y", "%d.%m.%Y", "%d/%m/%y", "%d-%m-%y", "%Y/%m/%d")  # never month first
_MONTHS = {
    name: at
    for at, names in enumerate(
        ("januari january jan", "februari february pebruari feb peb", "maret march mar", "april apr", "mei may",
         "juni june jun", "juli july jul", "agustus august agu agt aug ags", "september sep sept",
         "oktober october okt oct", "november nopember nov nop", "desember december des dec"), 1
    )
    for name in names.split()
}  # fmt: skip
MONTH = "|".join(sorted(_MONTHS, key=len, reverse=True))
DAY_IN_WORDS = rf"[0-9]{{1,2}} *[ \-/.]? *(?:{MONTH})\.? *[ \-/.,]* *[0-9]{{2,4}}"
_WORDS = re.compile(r"([0-9]{1,2})[ \-/.]*([a-z]+)\.?[ \-/.,]*([0-9]{4}|[0-9]{2})")
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
    bare = text[: time.start()].strip(" ,") if time else text
    for typed, named in ((bare, time), (text, None)):  # 12.30.2025 ends like a time
        for read in (_as_typed, _in_words):
            if day := read(typed):
                return day.isoformat(), named is None or not any(int(part or 0) for part in named.groups())
    return None


def _as_typed(text: str) -> datetime.date | None:
    for pattern in _PATTERNS:
        try:
            return datetime.datetime.strptime(text, pattern).date()  # noqa: DTZ007 -- a day has no zone
        except ValueError:
            continue
    return None


def _in_words(text: str) -> datetime.date | None:
    found = _WORDS.fullmatch(text)
    month = _MONTHS.get(found[2]) if found else None
    if found is None or not month:
        return None
    year = int(found[3])
    year += 0 if year > 99 else 2000 if year < 69 else 1900
    try:
        return datetime.date(year, month, int(found[1]))
    except ValueError:
        return None


def _plain(text: str) -> str:
    """Small letters, single blanks, no accents, no marks around it."""
    text = "".join(sign for sign in unicodedata.normalize("NFKD", text) if not unicodedata.combining(sign))
    return " ".join(text.casefold().split()).strip(" *:.")
