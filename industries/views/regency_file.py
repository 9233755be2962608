"""Figures by regency as a file for programs."""

from collections.abc import Iterable, Sequence
from typing import Any

from django.http import HttpResponse

from disperin.workbooks.exporting.copying import csv_of
from disperin.workbooks.files.delimited import quoted


def regency_file(name: str, columns: Sequence[str], rows: Iterable[Sequence[Any]]) -> HttpResponse:
    """Rows as CSV under this name, their header first; None is empty, and no text is a formula."""
    told = [["" if one is None else quoted(one) if isinstance(one, str) else one for one in row] for row in rows]
    attached = {"Content-Disposition": f'attachment; filename="{name}"'}
    return HttpResponse(csv_of([columns, *told]), content_type="text/csv; charset=utf-8", headers=attached)
