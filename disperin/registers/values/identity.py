"""Finds a person's number (NIK) in a text; `gate/values_form.py` and `kept_texts.py` refuse what holds one."""

import re
import unicodedata
from calendar import isleap, monthrange
from collections.abc import Iterator

HIDDEN = "•" * 16
KEPT_NOWHERE = frozenset({"personal_number", "natural_person"})  # codes of errors whose value may not be kept at all

# First two digits of a NIK: the provinces. Own list, because python-stdnum 2.2 refuses the newer Papua provinces.
PROVINCES = frozenset(
    [*range(11, 20), 21, *range(31, 37), *range(51, 54), *range(61, 66), *range(71, 77), 81, 82, *range(91, 97)]
)
# How people write a NIK in groups, by the length of the first; these count also in the midst of other numbers.
_STYLES = {
    2: ((2, 2, 2, 6, 4), (2, 2, 2, 2, 2, 2, 4)),
    4: ((4, 4, 4, 4),),
    6: ((6, 6, 4), (6, 2, 2, 2, 4)),
    12: ((12, 4),),
}
# A digit run: groups of digits with a blank, full stop or hyphen between; and one with whatever else people put there,
# looked at where the first finds nothing. Each begins where digits begin and takes all of them (`++`), so that no text
# makes them slow, not even digits without end.
_RUN = re.compile(r"(?<![0-9])(?:[0-9]++(?:(?: ?[.\-] ?| {1,3})[0-9]+)+|[0-9]{16,})")
_LOOSE_RUN = re.compile(r"(?<![0-9])[0-9]++(?:[ .\-/\\,;:|_()\[\]{}]{1,3}[0-9]+)+")
_GROUP = re.compile(r"[0-9]+")
# The key of a row: made by dice, so that one in some thirty thousand looks like a NIK somewhere.
_KEY = re.compile(r"[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}")
_RUPIAH = re.compile(r"\bRp\.? {0,3}$", re.IGNORECASE)
_EXPONENT = re.compile(r"e\+?15(?![0-9])", re.IGNORECASE)


def find_nik(text: str) -> str | None:
    """The 16 digits of the first NIK (or family-card number, which is built alike) in a text, or None.

    Found unbroken, or with blanks, full stops, hyphens, slashes, commas, colons, bars or brackets between its groups.
    Sixteen digits inside a longer unbroken number do not count, except that a person's NITKU (22 digits) begins with
    the NIK; nor does the code of a census block. The answer is for refusing: never store, show or log it.
    """
    if len(text) < 16:  # most texts; all cells of a file come through here
        return None
    return next((digits for _start, _end, digits in _numbers(text)), None)


def hide_personal_numbers(text: str) -> str:
    """The same text with each number that `find_nik` would find replaced by `HIDDEN`."""
    # Hiding one number can leave its neighbours standing alone, and then readable as one: so again, until none is left.
    while spans := list(_numbers(text)):
        kept = [0, *(edge for start, end, _digits in spans for edge in (start, end)), len(text)]
        text = HIDDEN.join(text[kept[index] : kept[index + 1]] for index in range(0, len(kept), 2))
    return text


def is_nik(digits: str) -> bool:
    """Sixteen digits PPRRSS DDMMYY XXXX: a province, a real day of birth (women: day + 40), a serial from 0001.

    Both centuries are tried; as every two-digit year also lies in the 1900s, "not in the future" refuses nothing more.
    """
    if len(digits) != 16 or int(digits[:2]) not in PROVINCES or digits[12:] == "0000":
        return False
    day, month, year = int(digits[6:8]), int(digits[8:10]), int(digits[10:12])
    day -= 40 if day > 40 else 0
    if not 1 <= month <= 12:
        return False
    leap = isleap(1900 + year) or isleap(2000 + year)
    return 1 <= day <= monthrange(2000 if leap else 2001, month)[1]


def _is_block(digits: str) -> bool:
    """Sixteen digits of BPS, which may be built like a NIK: village (10), neighbourhood (4), part of it (2).

    A village is below 100 in its district, and neighbourhoods are few: as a NIK this would be the hundredth person or
    a later one whom one district registered for the same tenth, twentieth or thirtieth of a month of 2000 to 2002.
    """
    return digits[7] == "0" and digits[10:12] in ("00", "01", "02") and int(digits[12:]) >= 100


def _numbers(text: str) -> Iterator[tuple[int, int, str]]:
    """Start, end and digits of each NIK in the text, from left to right and not overlapping."""
    if _KEY.fullmatch(text):
        return
    plain, places = _plain(text)
    runs = list(_in_runs(plain, _RUN)) or list(_in_runs(plain, _LOOSE_RUN))
    for start, end in runs:
        yield places[start], places[end - 1] + 1, "".join(_GROUP.findall(plain, start, end))


def _in_runs(plain: str, pattern: re.Pattern[str]) -> Iterator[tuple[int, int]]:
    """Start and end of each NIK in the runs of this pattern."""
    for run in pattern.finditer(plain):
        groups = [(group.start(), group.end()) for group in _GROUP.finditer(plain, run.start(), run.end())]
        index = 0
        while index < len(groups):
            taken, length = _number_at(plain, groups, index, is_loose=pattern is _LOOSE_RUN)
            if taken:
                start = groups[index][0]
                yield start, groups[index + taken - 1][1] if taken > 1 else start + length
            index += taken or 1


def _number_at(plain: str, groups: list[tuple[int, int]], index: int, *, is_loose: bool) -> tuple[int, int]:
    """How many groups from here on make a NIK, and how long it is when it is one group; (0, 0) for none.

    In a loose run other numbers stand close by (two telephones and a slash): there a NIK in the midst of them has one
    separator throughout.
    """
    start, end = groups[index]
    # 22 digits are a NITKU, tax number and branch (PMK 112/2022); the tax number of a person is the NIK.
    if end - start in (16, 22) and is_nik(plain[start : start + 16]):
        return (0, 0) if end - start == 16 and _is_block(plain[start:end]) else (1, 16)
    for style in _STYLES.get(end - start, ()):
        some = groups[index : index + len(style)]
        if tuple(b - a for a, b in some) != style or not is_nik("".join(plain[a:b] for a, b in some)):
            continue
        if not is_loose or len(style) == len(groups) or len(_separators(plain, some)) == 1:
            return len(style), 0
    if index == 0 and _is_whole(plain, groups):
        return len(groups), 0
    return 0, 0


def _is_whole(plain: str, groups: list[tuple[int, int]]) -> bool:
    """Whether all groups of a run are one NIK, however they are cut: one separator throughout, no other number."""
    if len(groups) < 2 or len(groups) > 16:
        return False
    pieces = [plain[a:b] for a, b in groups]
    if not is_nik("".join(pieces)):
        return False
    separators = _separators(plain, groups)
    if len(separators) > 1:
        return False
    first, last = groups[0][0], groups[-1][1]
    if separators <= {".", ","}:
        # A spreadsheet writes a NIK as 6.307…E+15; otherwise a single mark is that of decimals (a coordinate).
        if len(pieces) == 2 and len(pieces[0]) <= 3:
            return bool(len(pieces[0]) == 1 and _EXPONENT.match(plain, last))
        return not _RUPIAH.search(plain, max(0, first - 8), first)
    return True


def _separators(plain: str, groups: list[tuple[int, int]]) -> set[str]:
    """What stands between these groups, without its blanks."""
    return {plain[a:b].strip() for (_, a), (b, _) in zip(groups, groups[1:], strict=False)}


def _plain(text: str) -> tuple[str, range | list[int]]:
    """The text with plain digits, blanks and hyphens and without invisible characters, and where each character was."""
    if text.isascii():
        return text.replace("\t", " "), range(len(text))
    letters: list[str] = []
    places: list[int] = []
    for place, letter in enumerate(text):
        category = unicodedata.category(letter)
        if category == "Cf":  # zero-width joiners, soft hyphens: they hide between digits
            continue
        if category == "Nd":
            letter = str(unicodedata.decimal(letter))
        elif category == "Zs" or letter == "\t":
            letter = " "
        elif category == "Pd" or letter == "\u2212":
            letter = "-"
        elif letter in "\uff0e\u00b7\u2024":
            letter = "."
        letters.append(letter)
        places.append(place)
    return "".join(letters), places
