"""Rows that the database itself writes as CSV: a file of a million rows is one query."""

import csv
import io
from collections.abc import Iterable, Mapping
from typing import IO, Any

from django.core.exceptions import EmptyResultSet
from django.db import connection
from django.db.models import QuerySet
from django.db.models.expressions import Combinable

from disperin.registers.record import past

_COPY = b"COPY (%s) TO STDOUT (FORMAT csv)"


def csv_of(rows: Iterable[Iterable[Any]]) -> bytes:
    """Rows that are few and known already, their header first, as UTF-8 with its mark and commas."""
    written = io.StringIO()
    csv.writer(written, lineterminator="\n").writerows(rows)
    return b"\xef\xbb\xbf" + written.getvalue().encode()


def write_csv(found: QuerySet[Any], columns: Mapping[str, Combinable], target: IO[bytes]) -> None:
    """Write UTF-8 with its mark, commas, and the names of the columns (`{name: what it is}`) in its first line."""
    target.write(csv_of([columns]))
    try:
        sql, params = found.values_list(*columns.values()).query.sql_with_params()
    except EmptyResultSet:
        return
    with connection.cursor() as cursor:
        cursor.copy_expert(_COPY % cursor.mogrify(past.asked_then(sql), params), target)
