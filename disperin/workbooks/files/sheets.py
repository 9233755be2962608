"""Writing .xlsx files: texts stay texts, numbers numbers, dates dates; nothing in a cell can become a formula."""

import datetime
from collections.abc import Collection, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import IO

import xlsxwriter
from django.conf import settings
from xlsxwriter.format import Format
from xlsxwriter.worksheet import Worksheet

from disperin.workbooks.files.cells import Cell, flaw_of

AMBER = "#fff3cd"
_WIDEST = 48  # characters of a column


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
        self.of_errors = book.add_format({"text_wrap": True, "valign": "top", "font_color": "#9b1c1c"})

    def sheet(
        self,
        name: str,
        headings: Sequence[str],
        *,
        required: Collection[int] = (),
        helps: Sequence[str] = (),
        texts: Collection[int] = (),
    ) -> Worksheet:
        """A sheet with its row of headings. `texts`: places of the columns whose empty cells are to take texts too."""
        sheet = self.book.add_worksheet(sheet_name(name))
        sheet.freeze_panes(1, 0)
        for at, heading in enumerate(headings):
            width = min(max(len(heading) + 4, 12), _WIDEST)
            sheet.set_column(at, at, width, self.text if at in texts else None)
            sheet.write_string(0, at, heading, self.required if at in required else self.heading)
        for at, text in enumerate(helps):
            if text:
                sheet.write_comment(0, at, text, {"x_scale": 2, "y_scale": 1.4})
        return sheet

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
