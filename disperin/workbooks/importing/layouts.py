"""What the layout of a sheet says about its rows: see `disperin/workbooks/files/layout.py`."""

import re
from bisect import bisect_right
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from typing import Any, NamedTuple

from django.forms import Field

from disperin.registers.gate.in_bulk import Problem
from disperin.registers.values.written import are_percent
from disperin.ui.said import gettext as _
from disperin.workbooks.files.cells import Cell, shown
from disperin.workbooks.files.number_formats import IN_PERCENT
from disperin.workbooks.models import WorkbookRow
from disperin.workbooks.tables.columns import NUMBER, are_figures

_PART_OF_ONE = re.compile(r"0?[.,][0-9]+|1(?:[.,]0+)?")
_BY_MONTH = 12  # times a year: no format shows a figure so
Placed = list[tuple[str, Problem]]  # (name of the column, what is to be said)


class Said(NamedTuple):
    """What is to be said of a row."""

    errors: Placed
    notes: Placed
    times: dict[int, int]  # by which its figures are multiplied, by place


class LayoutOfRows:
    """Knows one sheet, as a `Workbook` keeps it; `columns` (`{place: name}`) and `fields` are those of its table.

    `times` is by how much the headings say that figures are multiplied.
    """

    def __init__(
        self,
        sheet: Mapping[str, Any],
        columns: Mapping[int, str],
        fields: Mapping[str, Field],
        times: dict[int, int],
    ) -> None:
        named = {at: name for at, name in columns.items() if name in fields}
        self._figures = {at: name for at, name in named.items() if are_figures(fields[name])}
        self._times = times
        second = sheet.get("other_headings", ())
        self._headings = _Runs((number + 1, None, (number, words) if words else None) for number, words in second)
        self._hidden = _Runs((first, last, True) for first, last in sheet.get("hidden_rows", ()))
        self._merged = self._by_place((at, first, last, (first, last)) for at, first, last in sheet.get("repeated", ()))
        self._widened = self._by_place(
            (at, first, last, over)
            for at, first, last, end in sheet.get("widened", ())
            if (over := [place for place in self._figures if at <= place <= end])[1:]
        )
        self._headings_of = sheet.get("headings", ())
        self._shortened = self._by_place(sheet.get("shortened", ()))
        self._days = {at: named[at] for at in sheet.get("days_turned", ()) if at in named}
        self._is_percent_unseen = sheet.get("percent_unseen", False)
        self._shares = [at for at in self._figures if are_percent(fields[named[at]])]

    def of(self, row: WorkbookRow) -> Said:
        """What is to be said of a row: other headings above it, what hides it, figures shown otherwise."""
        said = Said([], [], dict(self._times) if self._shortened else self._times)
        if second := self._headings.at(row.number):
            said.errors.append((NUMBER, _under_other_headings(*second)))
        if self._hidden.at(row.number):
            text = _("This row is hidden in the file. Leave it out if it is not meant to be sent.")
            said.notes.append((NUMBER, Problem(text, "hidden_row")))
        for at in self._shares:
            self._read_share(at, row, said)
        for at, name in self._days.items():
            if str(at) not in row.mended and isinstance(day := _cell(row, at), dict) and "date" in day:
                said.notes.append((name, _maybe_turned(day["date"])))
        for at, runs in self._shortened.items():
            if shortened := runs.at(row.number):
                self._read_shortened(at, shortened, row, said)
        for at, runs in self._widened.items():
            if (columns := runs.at(row.number)) and str(at) not in row.mended:
                said.errors.append((self._figures[at], self._merged_over(columns, _cell(row, at))))
        for at, runs in self._merged.items():
            if (rows := runs.at(row.number)) and str(at) not in row.mended:
                values = {"value": shown(_cell(row, at))[:40], "first": rows[0], "last": rows[1]}
                text = (
                    _("“%(value)s” is merged over rows %(first)s to %(last)s; it was read for each of them.") % values
                )
                said.notes.append((self._figures[at], Problem(text, "merged_figure")))
        return said

    def _merged_over(self, columns: Sequence[int], cell: Cell) -> Problem:
        """One figure for two columns is a sum of them, or one of the two: nobody can tell."""
        named = ", ".join(f"“{self._headings_of[at]}”" for at in columns)
        text = _("“%(value)s” is merged over %(columns)s. Write in each column its own figure.")
        return Problem(text % {"value": shown(cell)[:40], "columns": named}, "merged_columns")

    def _by_place(self, stretches: Iterable[Sequence[Any]]) -> dict[int, "_Runs"]:
        runs = defaultdict(list)
        for at, first, last, what in stretches:
            if at in self._figures:
                runs[at].append((first, last, what))
        return {at: _Runs(some) for at, some in runs.items()}

    def _read_share(self, at: int, row: WorkbookRow, said: Said) -> None:
        number = _number(row, at)
        if not self._is_percent_unseen:
            self._note_share(at, row, said)
        elif number is not None and 0 < number <= 1:
            values = {"value": shown(number), "percent": f"{number * 100:g}"}
            text = _("“%(value)s” may be %(percent)s%% or %(value)s%%. Write it with its sign, such as %(percent)s%%.")
            said.errors.append((self._figures[at], Problem(text % values, "two_ways")))

    def _note_share(self, at: int, row: WorkbookRow, said: Said) -> None:
        """What stands as 0.5 below percent is read so, though who writes parts of one means 50."""
        if str(at) not in row.mended and _PART_OF_ONE.fullmatch(text := shown(_cell(row, at)).strip()):
            note = _("“%(value)s” was read as %(value)s%%, not as a part of one.")
            said.notes.append((self._figures[at], Problem(note % {"value": text}, "share")))

    def _read_shortened(self, at: int, shortened: Any, row: WorkbookRow, said: Said) -> None:
        """A format may show 25,000,000 as 25.000: below “(Rp 000)” it is so much already, and is not multiplied."""
        number, times = _number(row, at), self._times.get(at, 1)
        if not number or (shortened == IN_PERCENT and at in self._shares):
            return
        if shortened == IN_PERCENT:
            text = _("The file shows “%(value)s%%”, and this column holds no percentages. Write the figure itself.")
            said.errors.append((self._figures[at], Problem(text % {"value": shown(number)}, "in_percent")))
            return
        values = {"value": shown(number), "times": shortened, "heading": times}
        if times not in (1, _BY_MONTH) and times not in (shortened, shortened * _BY_MONTH):
            text = _(
                "The file shows “%(value)s” divided by %(times)s, while its heading says times %(heading)s. Let the "
                "cell show the whole number, and see which one is right."
            )
            said.errors.append((self._figures[at], Problem(text % values, "two_ways")))
            return
        said.times[at] = times if times in (1, _BY_MONTH) else times // shortened
        text = _("The file shows “%(value)s” divided by %(times)s; it was read whole.")
        said.notes.append((self._figures[at], Problem(text % values, "shortened_figure")))


def _under_other_headings(number: int, headings: str) -> Problem:
    text = _(
        "From row %(row)s on other headings stand above the values (%(headings)s), so this row cannot be read by the "
        "first ones. Put that table on a sheet of its own, or in a file of its own."
    )
    return Problem(text % {"row": number, "headings": headings}, "other_headings")


def _maybe_turned(day: str) -> Problem:
    text = _(
        "“%(day)s” may have day and month turned round: in this column days after the 12th are texts and all others "
        "dates, as where a spreadsheet expected the month first. Look at the paper."
    )
    return Problem(text % {"day": day}, "maybe_turned")


def _cell(row: WorkbookRow, at: int) -> Cell:
    return row.cells[at] if at < len(row.cells) else None


def _number(row: WorkbookRow, at: int) -> float | None:
    """The number in a cell of the file; None where there is none, or where it was mended by hand."""
    cell = None if str(at) in row.mended else _cell(row, at)
    return cell if isinstance(cell, int | float) and not isinstance(cell, bool) else None


class _Runs:
    """Runs of rows, in order: `(first, last, what is said of them)`; one without a last goes on until the next."""

    def __init__(self, runs: Iterable[tuple[int, int | None, Any]]) -> None:
        self._runs = list(runs)
        self._firsts = [first for first, _last, _told in self._runs]

    def at(self, row: int) -> Any:
        """What is said of a row, or None."""
        place = bisect_right(self._firsts, row)
        if not place:
            return None
        _first, last, what = self._runs[place - 1]
        return what if last is None or row <= last else None
