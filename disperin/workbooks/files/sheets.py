"""Writing .xlsx files: texts stay texts, numbers numbers, dates dates; nothing in a cell can become a formula."""

import datetime
import io
import re
from collections.abc import Collection, Iterable, Iterator, Sequence
from contextlib import contextmanager
from functools import cache
from pathlib import Path
from typing import IO, Any

import xlsxwriter
from django.conf import settings
from xlsxwriter.format import Format
from xlsxwriter.worksheet import CellBooleanTuple, CellDatetimeTuple, CellNumberTuple, CellStringTuple, Worksheet

from disperin.papers.sample import sample_mark
from disperin.workbooks.files.cells import Cell, flaw_of, letters

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"  # the content type of such a file
AMBER = "#fff3cd"
_MOST_KEPT = 10_000  # cells whose writing is kept, since most values of a column come again
_LONG = 16_000  # characters; a cell of more may have to be cut
_NOT_PLAIN = re.compile(r"""["&<>\x00-\x1f\ufffe\uffff]|_x[0-9a-fA-F]{4}_|^\s|\s$""")
_WIDEST = 48  # characters of a column
MOST_ROWS = 1_048_575  # below the headings of a sheet: what the format holds


Target = Path | IO[bytes]  # where a file is written


@contextmanager
def a_file(target: Target) -> "Iterator[File]":
    """A `File` that writes to `target` (a path or binary file), row by row in constant memory; closed at the end."""
    book = xlsxwriter.Workbook(
        target, {"constant_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
    )
    try:
        yield File(book)
    finally:
        book.close()


_column = cache(letters)


class RowSheet(Worksheet):
    """A sheet that takes rows as a whole too, in a fraction of the time that their cells take one by one."""

    fh: IO[str]  # what the library writes to

    def end_rows_above(self, row: int) -> None:
        """Have what stands above this place written: its styles are counted first."""
        if row > self.previous_row:
            self._write_single_row(row)

    def add_row(self, row: int, cells: Iterable[tuple[int, str]]) -> None:
        """Write the row at this place, once those above are; cells are `(place, what follows its reference)`."""
        number = row + 1
        written = "".join([f'<c r="{_column(at)}{number}"{cell}' for at, cell in cells])
        if written:
            self._check_dimensions(row, 0)
            self.fh.write(f'<row r="{number}">{written}</row>')

    def written(self, cell: tuple[Any, ...]) -> str:
        """What the library writes of one of its cells, without its reference."""
        kept, self.fh = self.fh, io.StringIO()
        try:
            self._write_cell(0, 0, cell)
            return str(self.fh.getvalue()).removeprefix('<c r="A1"')
        finally:
            self.fh = kept


class File:
    """A workbook being written: its formats, and its sheets one after the other."""

    def __init__(self, book: xlsxwriter.Workbook) -> None:
        self.book, colours = book, settings.PROVINCE.colours["light"]
        top = {"bold": True, "text_wrap": True, "valign": "top", "border": 1, "font_color": "#ffffff"}
        self.heading = book.add_format({**top, "bg_color": colours["brand"]})
        self.required = book.add_format({**top, "bg_color": colours["brand"], "underline": 1})
        self.text = book.add_format({"num_format": "@"})
        self.day = book.add_format({"num_format": "dd/mm/yyyy"})
        self.plain = book.add_format({})
        self.marked = book.add_format({"num_format": "@", "bg_color": AMBER})
        self.example = book.add_format({"num_format": "@", "italic": True, "bg_color": colours["brand_tint"]})
        self._kept: dict[Any, str] = {}
        self.of_errors = book.add_format({"text_wrap": True, "valign": "top", "font_color": "#9b1c1c"})

    def sheet(
        self,
        name: str,
        headings: Sequence[str],
        *,
        required: Collection[int] = (),
        helps: Sequence[str] = (),
        texts: Collection[int] = (),
    ) -> RowSheet:
        """A sheet with its row of headings. `texts`: places of the columns whose empty cells are to take texts too."""
        sheet = self.book.add_worksheet(sheet_name(name), RowSheet)
        sheet.freeze_panes(1, 0)
        if mark := sample_mark():
            sheet.set_header(f"&C{mark}")  # of each page that is printed of it
        for at, heading in enumerate(headings):
            width = min(max(len(heading) + 4, 12), _WIDEST)
            sheet.set_column(at, at, width, self.text if at in texts else None)
            sheet.write_string(0, at, heading, self.required if at in required else self.heading)
        for at, text in enumerate(helps):
            if text:
                sheet.write_comment(0, at, text, {"x_scale": 2, "y_scale": 1.4})
        return sheet

    def fill(
        self, title: str, headings: Sequence[str], rows: Iterable[Sequence[Any]], *, required: Collection[int] = ()
    ) -> Iterator[int]:
        """Write rows as `write_row` does, on one more sheet each time one is full; tells after each how many stand."""
        sheet = self.sheet(title, headings, required=required)
        for at, cells in enumerate(rows):
            if at and not at % MOST_ROWS:
                sheet = self.sheet(f"{title[:26]} {at // MOST_ROWS + 1}", headings, required=required)
            self.write_row(sheet, at % MOST_ROWS + 1, cells)
            yield at + 1

    def write_row(self, sheet: RowSheet, row: int, cells: Sequence[Any]) -> None:
        """As `write` of each cell of a row, below all others; a day may be a date."""
        kept, placed = self._kept, []
        sheet.end_rows_above(row)
        for at, cell in enumerate(cells):
            if cell is None or cell == "":
                continue
            key = (type(cell), cell)
            written = kept.get(key)
            if written is None:
                if isinstance(cell, str) and len(cell) >= _LONG:
                    return self._write_one_by_one(sheet, row, cells)
                if len(kept) >= _MOST_KEPT:
                    kept.clear()
                written = kept[key] = self._written(sheet, cell)
            placed.append((at, written))
        sheet.add_row(row, placed)

    def _write_one_by_one(self, sheet: RowSheet, row: int, cells: Sequence[Any]) -> None:
        for at, cell in enumerate(cells):
            is_day = isinstance(cell, datetime.date)
            self.write(sheet, row, at, {"date": cell.isoformat()} if is_day else cell)

    def _written(self, sheet: RowSheet, cell: Any) -> str:
        if isinstance(cell, str):
            if not _NOT_PLAIN.search(cell):
                return f' s="{self.text._get_xf_index()}" t="inlineStr"><is><t>{cell}</t></is></c>'
            return sheet.written(CellStringTuple(cell, self.text))
        if isinstance(cell, bool):
            return sheet.written(CellBooleanTuple(int(cell), self.plain))
        if isinstance(cell, datetime.date):
            return sheet.written(CellDatetimeTuple(sheet._convert_date_time(cell), self.day))
        return sheet.written(CellNumberTuple(cell, self.plain))

    def write(self, sheet: Worksheet, row: int, at: int, cell: Cell, *, style: Format | None = None) -> None:
        """A cell as `disperin.workbooks.files.cells` describes it."""
        if cell is None or cell == "" or flaw_of(cell) == "nik":
            if style:
                sheet.write_blank(row, at, None, style)
        elif isinstance(cell, bool):
            sheet.write_boolean(row, at, cell, style or self.plain)
        elif isinstance(cell, int | float):
            sheet.write_number(row, at, cell, style or self.plain)
        elif isinstance(cell, dict):
            self._write_day(sheet, row, at, cell, style)
        else:
            sheet.write_string(row, at, cell[:32_767], style or self.text)

    def _write_day(self, sheet: Worksheet, row: int, at: int, cell: dict[str, str], style: Format | None) -> None:
        try:
            day = datetime.date.fromisoformat(cell.get("date", ""))
        except ValueError:
            sheet.write_string(row, at, cell.get("date") or cell.get("text", ""), style or self.text)
        else:
            sheet.write_datetime(row, at, day, self.day)


def sheet_name(name: str) -> str:
    """A name that a spreadsheet accepts for a sheet: no brackets and the like, at most 31 characters."""
    return "".join(sign for sign in str(name) if sign not in "[]:*?/\\'")[:31].strip() or "Data"
