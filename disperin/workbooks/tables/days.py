"""Dates as cells hold them, and as people write them: 31/12/2025, 31-Des-25, Rabu, 31 Desember 2025, with a time."""

import re
from collections import Counter

from disperin.registers.gate.in_bulk import Problem
from disperin.registers.values.days import day_in
from disperin.ui.said import gettext as _
from disperin.workbooks.files.cells import Cell, shown
from disperin.workbooks.tables.refusing import NotUnderstood

_IN_FIGURES = re.compile(r"\s*([0-9]{1,2})[-/. ]([0-9]{1,2})[-/. ](?:[0-9]{4}|[0-9]{2})\s*")
_MONTHS = 12


class SeenDays:
    """Which columns hold days that a spreadsheet may have turned round: it expects the month first, people the day.

    What can be a month first it makes a date of (4/3 becomes 3 April), what cannot (25/3) stays a text.
    """

    def __init__(self) -> None:
        self._dates, self._texts = Counter[int](), Counter[int]()
        self._others: set[int] = set()  # columns that hold what no such spreadsheet would have left so

    def look(self, at: int, cell: Cell) -> None:
        """Take one more cell of a column into account."""
        if isinstance(cell, dict) and "date" in cell:
            self._count(at, self._dates, is_so=int(cell["date"][8:10]) <= _MONTHS)
        elif isinstance(cell, str) and (match := _IN_FIGURES.fullmatch(cell)):
            self._count(at, self._texts, is_so=int(match[1]) > _MONTHS)

    def maybe_turned(self) -> list[int]:
        """The places of such columns."""
        return sorted(self._dates.keys() & self._texts.keys() - self._others)

    def _count(self, at: int, seen: Counter[int], *, is_so: bool) -> None:
        if is_so:
            seen[at] += 1
        else:
            self._others.add(at)


def day_of_cell(cell: Cell) -> tuple[str, list[Problem]]:
    """`(ISO 8601 of the day, notes)` of a date cell or of a text. Raises NotUnderstood."""
    if isinstance(cell, dict):
        return cell["date"], []
    text = shown(cell).strip().lstrip("'").strip()
    if reading := day_in(text):
        day, is_midnight = reading
        note = _("“%(value)s” was read as the day %(day)s; the time was left out.") % {"value": text[:40], "day": day}
        return day, [] if is_midnight else [Problem(note, "time_left_out")]
    message = _("“%(value)s” is not a date. Write day/month/year, such as 31/12/2025.") % {"value": text[:40]}
    raise NotUnderstood(message, "invalid")
