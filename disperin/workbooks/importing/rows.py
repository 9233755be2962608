"""Rows of a workbook, written many at a time: they travel as one JSON text, of which PostgreSQL makes rows."""

import json
from collections.abc import Collection, Sequence
from typing import Any

from django.core.serializers.json import DjangoJSONEncoder
from django.db import connection

from disperin.workbooks.files.cells import Cells
from disperin.workbooks.models import Workbook, WorkbookRow

_FIELDS = {field.name: field for field in WorkbookRow._meta.concrete_fields if not field.primary_key}
_TABLE = WorkbookRow._meta.db_table


def add_rows(workbook: Workbook, rows: Sequence[tuple[int, int, int, Cells]]) -> None:
    """Keep new rows of a workbook: `[(position, sheet, number, cells)]`. One statement."""
    blank = {str(field.column): field.get_default() for field in _FIELDS.values()} | {"workbook_id": str(workbook.pk)}
    names = ("position", "sheet", "number", "cells")
    columns = ", ".join(blank)
    _write(
        f"INSERT INTO {_TABLE} ({columns}) SELECT {columns} FROM json_populate_recordset(NULL::{_TABLE}, %s)",  # noqa: S608 -- our own names
        [blank | dict(zip(names, row, strict=True)) for row in rows],
    )


def change_rows(rows: Sequence[WorkbookRow], names: Sequence[str]) -> None:
    """Store these fields of rows that are kept already, each its own values. One statement."""
    columns = [str(_FIELDS[name].column) for name in names]
    assignments = ", ".join(f"{column} = given.{column}" for column in columns)
    _write(
        f"UPDATE {_TABLE} SET {assignments} FROM json_populate_recordset(NULL::{_TABLE}, %s) AS given "  # noqa: S608 -- as above
        f"WHERE {_TABLE}.id = given.id",
        [{"id": row.pk} | {column: getattr(row, column) for column in columns} for row in rows],
    )


def wipe_columns(workbook: Workbook, sheet: int, places: Collection[int]) -> None:
    """Leave nothing in these columns of a sheet. One statement for each."""
    with connection.cursor() as cursor:
        for place in places:
            cursor.execute(
                f"UPDATE {_TABLE} SET cells = jsonb_set(cells, ARRAY[%s], 'null', false)"  # noqa: S608 -- as above
                " WHERE workbook_id = %s AND sheet = %s",
                [str(place), workbook.pk, sheet],
            )


def _write(statement: str, rows: Sequence[dict[str, Any]]) -> None:
    if rows:
        with connection.cursor() as cursor:
            cursor.execute(statement, [json.dumps(rows, cls=DjangoJSONEncoder)])
