"""How spreadsheets show numbers: as dates, as times, in percent, with zeros before them, in thousands."""

import re
from functools import lru_cache
from typing import cast

from disperin.workbooks.files.cells import Cell, clock_of, day_of, number

_DATES = {*range(14, 18), 22, *range(27, 37), *range(50, 59)}  # number formats that come with Excel
_CLOCKS = {*range(18, 22), *range(45, 48)}
_PERCENTS = {9, 10}
_INDONESIAN = str.maketrans(",.", ".,")

_BEHIND = re.compile(r'[0#?]\s*"([^"]*)"')  # a text that stands behind the number
_MAKES_MORE = re.compile(r"[0-9]|\b(?:ratus|ribu|rb|juta|jt|miliar|milyar|m|triliun)\b", re.IGNORECASE)

# "date", "clock", "percent", or how many digits a number has at least; '"' and the text that makes another number of
# it, such as " juta" or ".000"; None: as it is
How = str | int | None


@lru_cache(maxsize=500)
def how_shown(key: str, code: str) -> How:
    """What a format makes of numbers: its number among those that come with Excel, and its code where it has one."""
    built_in = int(key) if key.isascii() and key.isdigit() else 0
    if not code:
        meanings = ((_DATES, "date"), (_CLOCKS, "clock"), (_PERCENTS, "percent"))
        return next((how for keys, how in meanings if built_in in keys), None)
    bare = _bare(code)
    if re.search(r"[dDyY]|mmm|MMM", bare):
        return "date"
    if re.search(r"[hHsS]", bare):
        return "clock"
    if "%" in bare:
        return "percent"
    behind = _BEHIND.search(code.split(";")[0])
    if behind and _MAKES_MORE.search(behind[1]) and times_shown(code) == 1:
        return f'"{behind[1]}'
    return len(bare) if re.fullmatch(r"0{2,20}", bare) else None


def seen_as(value: Cell, how: str | int, *, since_1904: bool = False) -> Cell:
    """The number as its reader sees it: 45000 may be a date, 12 may be 0012, 0.5 may be 50 (percent)."""
    if isinstance(value, bool) or not isinstance(value, int | float):
        return value
    if how == "date":
        return day_of(value, since_1904=since_1904)
    if how == "clock":
        return clock_of(value)
    if how == "percent":
        return cast(Cell, number(repr(round(value * 100, 10))))
    if isinstance(how, str):
        return f"{value:,}".translate(_INDONESIAN) + (how[1:] if re.match(r"[.,\s]", how[1:]) else f" {how[1:]}")
    return f"{value:0{how}d}" if isinstance(value, int) and value >= 0 else value


def _bare(code: str) -> str:
    """What a number format says of numbers that are not negative, without texts, colours and blanks."""
    return re.sub(r'"[^"]*"|\\.|_.|\*.|\[[^\[\]]*\]', "", code.split(";")[0])


IN_PERCENT = 0.01  # what a figure is divided by that is shown in percent


@lru_cache(maxsize=500)
def times_shown(code: str) -> int:
    """By how much a number format divides what it shows: #,##0, shows thousands."""
    commas = re.search(r"[0#?](,+)(?![0#?,])", _bare(code))
    return 1_000 ** len(commas[1]) if commas else 1
