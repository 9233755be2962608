"""Reads the values of .xls and .ods.

`main(FILE)` writes one JSON value a line: first the sheets as `[[name, hidden], …]`, then for each of them a dict with
its merged areas, its rows as `[number, cells]`, and an empty dict.
"""

import datetime
import io
import json
import re
import resource
import zipfile
from collections.abc import Iterator
from typing import Any

import python_calamine

from .ods_texts import as_seen

MEMORY = 1024 * 1024 * 1024  # bytes
SECONDS = 120  # of work
PASSWORD, UNREADABLE = 3, 4  # exit codes


def cell_of(value: Any) -> Any:
    """The cell as `disperin.workbooks.files.cells` describes it."""
    if value is None or value == "":
        return None
    if isinstance(value, bool | str):
        return {"flaw": "error", "text": value} if value in ERRORS else value
    if isinstance(value, int | float):
        return int(value) if value == value // 1 and abs(value) < 1e20 else value
    if isinstance(value, datetime.datetime | datetime.date):
        return {"date": value.isoformat()[:10]}
    if isinstance(value, datetime.timedelta):
        minutes = round(value.total_seconds() / 60)
        return f"{minutes // 60:02d}:{minutes % 60:02d}"
    return value.strftime("%H:%M") if isinstance(value, datetime.time) else str(value)


ERRORS = {"#DIV/0!", "#N/A", "#NAME?", "#NULL!", "#NUM!", "#REF!", "#VALUE!"}


def main(path: str) -> int:
    """Write the file's sheets and rows to standard output; gives the exit code."""
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    resource.setrlimit(resource.RLIMIT_CPU, (SECONDS, SECONDS))
    try:
        book = python_calamine.load_workbook(as_readable(path))
        kept = [
            metadata for metadata in book.sheets_metadata if metadata.typ == python_calamine.SheetTypeEnum.WorkSheet
        ]
        visible = python_calamine.SheetVisibleEnum.Visible
        print(json.dumps([[metadata.name, metadata.visible != visible] for metadata in kept]))
        for metadata in kept:
            sheet = book.get_sheet_by_name(metadata.name)
            areas = merged_in(sheet)
            print(json.dumps({"merged": areas}))
            for number, cells in rows_of(sheet, areas):
                print(json.dumps([number, cells]))
            print(json.dumps({}))
    except python_calamine.PasswordError:
        return PASSWORD
    except Exception:  # noqa: BLE001 -- whatever a broken file does, the answer is the same
        return UNREADABLE
    return 0


def as_readable(path: str) -> Any:
    """The file in the form that python-calamine reads rightly."""
    with open(path, "rb") as file:
        if file.read(2) == b"PK":
            return _with_texts_as_seen(path)
        file.seek(0)
        return io.BytesIO(_with_usual_name(file.read()))


def _with_texts_as_seen(path: str) -> Any:
    with zipfile.ZipFile(path) as archive:
        content = archive.read("content.xml")
        seen = as_seen(content)
        if seen is content:
            return path
        del content
        changed = io.BytesIO()
        with zipfile.ZipFile(changed, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as new:
            for entry in archive.namelist():
                new.writestr(entry, seen if entry == "content.xml" else archive.read(entry))
    changed.seek(0)
    return changed


def _with_usual_name(content: bytes) -> bytes:
    """An Excel 97 workbook with its stream named as most programs name it: names are the same in capitals."""
    usual = "Workbook\0".encode("utf-16-le")
    return re.sub(re.escape(usual), usual, content, flags=re.IGNORECASE)


def merged_in(sheet: Any) -> list[list[int]]:
    """`[first row, last row, first column, last column]` of each area, whose value is in its corner."""
    ranges = sheet.merged_cell_ranges or []
    return [[top + 1, bottom + 1, left, right] for (top, left), (bottom, right) in ranges]


def rows_of(sheet: Any, areas: list[list[int]]) -> Iterator[tuple[int, list[Any]]]:
    """`(number, cells)` of each row that holds something, or into which something may be merged."""
    waiting, until = sorted(areas, reverse=True), 0
    for number, row in enumerate(sheet.iter_rows(), start=1):
        cells = [cell_of(value) for value in row]
        while waiting and waiting[-1][0] <= number:
            until = max(until, waiting.pop()[1])
        if number <= until or any(cell is not None for cell in cells):
            yield number, cells
