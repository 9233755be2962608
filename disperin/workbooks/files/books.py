"""A file that is open for reading, of whatever kind: its sheets, and their rows as one stream."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, NamedTuple

from django.utils.translation import gettext as _

from disperin.workbooks.files import delimited, old_files, xlsx
from disperin.workbooks.files.cells import Cells, is_blank
from disperin.workbooks.files.kinds import kind_of
from disperin.workbooks.files.layout import Layout
from disperin.workbooks.files.refusals import Refused
from disperin.workbooks.files.xml import UNREADABLE, broken

MOST_ROWS = 200_000  # of all sheets together, blank ones not counted
LAST_ROW = 1_900_000  # of a sheet, blank ones counted; spreadsheets end at 1,048,576
MOST_COLUMNS = 300
MOST_SHEETS = 50
_READERS = {"xlsx": xlsx.Workbook, "xls": old_files.Workbook, "ods": old_files.Workbook, "csv": delimited.Workbook}


class Sheet(NamedTuple):
    """A sheet of a file."""

    name: str
    hidden: bool


class Row(NamedTuple):
    """A row that is not blank: the place of its sheet among `Book.sheets`, its number in the sheet, its cells."""

    sheet: int
    number: int
    cells: list


class Book:
    """The sheets of a file, and `rows()` of those that are not hidden, once and in order."""

    def __init__(self, kind: str, reader: Any) -> None:
        self.kind, self._reader = kind, reader
        self.layouts: list[Layout] = []  # of the sheets whose rows were read
        self.sheets = [Sheet(part.name[:80], part.hidden) for part in reader.parts]
        if len(self.sheets) > MOST_SHEETS:
            text = _("This file has %(count)s sheets; at most %(most)s are accepted. Send only the sheets with data.")
            raise Refused("too_many_sheets", text % {"count": len(self.sheets), "most": MOST_SHEETS})

    def rows(self) -> Iterator[Row]:
        """Raises Refused where the file has too many rows or columns, or turns out to be damaged."""
        count = 0
        for at, part in enumerate(self._reader.parts):
            is_our_csv = None
            for number, cells in self._rows_of(part):
                while cells and is_blank(cells[-1]):
                    cells.pop()
                if not cells or part.hidden:
                    continue
                if is_our_csv is None:  # its first line tells; saved as a workbook, it keeps its quotes
                    is_our_csv = self.kind != "csv" and _begins_our_csv(cells)
                if is_our_csv:
                    cells = [delimited.unquoted(cell) if isinstance(cell, str) else cell for cell in cells]
                count += 1
                _refuse_too_much(count if number < LAST_ROW else MOST_ROWS + 1, cells, part)
                yield Row(at, number, cells)
            self.layouts.append(self._reader.layout)

    def _rows_of(self, part: Any) -> Iterator[tuple[int, Cells]]:
        """A file that breaks the reader is damaged: nobody is left waiting for a job that breaks again and again."""
        try:
            yield from self._reader.rows(part)
        except UNREADABLE as error:
            raise broken(part.name) from error


def _begins_our_csv(cells: Cells) -> bool:
    """Whether this is the first line of a CSV file of ours; until 2026 it said after a # what the file holds."""
    return delimited.PAGE in cells or str(cells[0]).startswith("# ")


def _refuse_too_much(count: int, cells: Cells, part: Any) -> None:
    if count > MOST_ROWS:
        text = _(
            "This file has more than %(most)s rows. Split it into several files and send them one after the other."
        )
        raise Refused("too_many_rows", text % {"most": f"{MOST_ROWS:,}".replace(",", ".")})
    if len(cells) > MOST_COLUMNS:
        values = {"sheet": part.name[:80], "count": len(cells), "most": MOST_COLUMNS}
        text = _("Sheet “%(sheet)s” has %(count)s columns; at most %(most)s are accepted. Remove those without data.")
        raise Refused("too_many_columns", text % values)


@contextmanager
def open_book(path: Path) -> Iterator[Book]:
    """A `Book` of the file at `path` (a pathlib.Path), closed at the end. Raises Refused."""
    kind = kind_of(path)
    reader: Any = _READERS[kind](path)
    try:
        yield Book(kind, reader)
    finally:
        reader.close()
