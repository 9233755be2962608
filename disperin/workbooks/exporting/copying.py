"""Rows that the database itself writes, as CSV or as JSON: a file of a million rows is one query."""

import csv
import io
from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import IO, Any

from django.core.exceptions import EmptyResultSet
from django.db import connection
from django.db.models import F, FloatField, QuerySet
from django.db.models.expressions import Combinable

from disperin.registers.record import past

CHUNK = 1_000  # rows after which is told how many are written
_COPY = b"COPY (%s) TO STDOUT (FORMAT csv)"
# JSON holds no control characters, so that nothing in it is ever put between these quotation marks.
_COPY_JSON = b"COPY (%s) TO STDOUT (FORMAT csv, DELIMITER E'\\x01', QUOTE E'\\x02')"
_FEATURE = """
    SELECT '{{"type":"Feature","id":' || to_json(number)::text || ',"geometry":' || coalesce(
        nullif(outline::text, '{{}}'),
        '{{"type":"Point","coordinates":[' || {longitude} || ',' || {latitude} || ']}}', 'null'
    ) || ',"properties":' || row_to_json((SELECT told FROM (SELECT {properties}) AS told))::text || '}}'
    FROM ({rows}) AS found (number, latitude, longitude, outline, {columns})
"""


def csv_of(rows: Iterable[Iterable[Any]]) -> bytes:
    """Rows that are few and known already, their header first, as UTF-8 with its mark and commas."""
    written = io.StringIO()
    csv.writer(written, lineterminator="\n").writerows(rows)
    return b"\xef\xbb\xbf" + written.getvalue().encode()


def write_csv(records: QuerySet[Any], columns: Mapping[str, Combinable], target: IO[bytes]) -> None:
    """Write UTF-8 with its mark, commas, and the names of the columns (`{name: what it is}`) in its first line."""
    target.write(csv_of([columns]))
    try:
        sql, params = records.values_list(*columns.values()).query.sql_with_params()
    except EmptyResultSet:
        return
    with connection.cursor() as cursor:
        cursor.copy_expert(_COPY % cursor.mogrify(past.asked_then(sql), params), target)


def write_features(
    records: QuerySet[Any],
    properties: Mapping[str, Combinable],
    places: Sequence[Combinable],
    target: IO[bytes],
    *,
    tell: Callable[[int], object],
) -> None:
    """Write a Feature (RFC 7946) for each record, with commas between them, in no array yet.

    `places` are its latitude, its longitude and its outline, which comes before the point; one without any has no
    geometry. `tell` hears after every 1,000 how many are written.
    """
    try:
        query = records.values_list(F("number"), *places, *properties.values()).query
        sql, params = query.sql_with_params()
    except EmptyResultSet:
        return
    columns = [f"c{at}" for at in range(len(properties))]
    cells = [
        f"({_fraction(column)})::json" if isinstance(kind.output_field, FloatField) else column
        for column, kind in zip(columns, [*query.annotation_select.values()][-len(columns) :], strict=True)
    ]
    named = zip(cells, map(connection.ops.quote_name, properties), strict=True)
    with connection.cursor() as cursor:
        features = _FEATURE.format(
            latitude=_fraction("latitude::float8"),
            longitude=_fraction("longitude::float8"),
            rows=cursor.mogrify(past.asked_then(sql), params).decode(),
            columns=", ".join(columns),
            properties=", ".join(f"{column} AS {name}" for column, name in named),
        )
        cursor.copy_expert(_COPY_JSON % features.encode(), _Listed(target, tell))


def _fraction(number: str) -> str:
    """A float as text that is told from a whole number: 25.0, as the API says it."""
    is_whole = f"{number} = trunc({number}) AND abs({number}) < 1e15"
    return f"CASE WHEN {is_whole} THEN {number}::numeric(17, 1)::text ELSE {number}::text END"


class _Listed:
    """A file into which lines are written, each but the last with a comma at its end."""

    def __init__(self, target: IO[bytes], tell: Callable[[int], object]) -> None:
        self.target, self.tell, self.written = target, tell, 0

    def write(self, line: bytes) -> None:
        """One line, as COPY hands it over."""
        if self.written and not self.written % CHUNK:
            self.tell(self.written)
        self.target.write(b",\n" * bool(self.written) + line.removesuffix(b"\n"))
        self.written += 1
