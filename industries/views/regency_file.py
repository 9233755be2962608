"""Figures by regency as a file for programs."""

from collections.abc import Iterable, Sequence
from typing import Any

from django.http import HttpResponse

from disperin.workbooks.exporting.copying import csv_of
from disperin.workbooks.files.delimited import quoted


def regency_file(name: str, columns: Sequence[str], rows: Iterable[Sequence[Any]]) -> HttpResponse:
    """Rows as CSV under this name, their header first; None is empty, and no text is a formula."""
    safe = [["" if cell is None else quoted(cell) if isinstance(cell, str) else cell for cell in row] for row in rows]
    attached = {"Content-Disposition": f'attachment; filename="{name}"'}
    return HttpResponse(csv_of([columns, *safe]), content_type="text/csv; charset=utf-8", headers=attached)
