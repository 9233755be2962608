"""A register as a file, in constant memory: what is written here is read again without a change.

Inside fields are filled in within reach only, masked ones always masked. The database tells every row as it stands in
the file; a CSV file it even writes itself (COPY).
"""

import datetime
import json
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import replace
from functools import partial
from typing import IO, Any

from django.contrib.auth.models import AnonymousUser
from django.db.models import Case, CharField, F, FloatField, Q, QuerySet, Value, When
from django.utils.text import capfirst

from disperin.accounts.models import User
from disperin.registers.models import Origin, RecordQuerySet
from disperin.registers.record.directory import Register
from disperin.registers.record.withholding import Hideable, kept_by
from disperin.registers.values.columns import column as field_named
from disperin.registers.values.point import Point
from disperin.workbooks.exporting import open_columns
from disperin.workbooks.exporting.copying import CHUNK, write_csv, write_features
from disperin.workbooks.exporting.expressions import NOTHING, Cell, cell_of, cell_of_key, instead, within
from disperin.workbooks.exporting.open_columns import OpenColumn
from disperin.workbooks.files import sheets
from disperin.workbooks.files.sheets import Target
from disperin.workbooks.tables.columns import ABOUT, KEY, NUMBER, ORIGIN, ROW, Column, Table, tables
from disperin.workbooks.tables.options import Options, options_of

Tell = Callable[[int], object]  # how many rows are written


class Writer:
    """Writes records of a register for somebody: `by` is a user, or an anonymous one, who gets public fields only.

    `about` are `(what, text)` pairs that say in the file what it holds.
    """

    def __init__(self, register: Register, *, by: User | AnonymousUser, about: Sequence[tuple[str, str]] = ()) -> None:
        self.register, self.about = register, about
        options = options_of(register)
        self.tables = [_Table(table, options[table.part], by) for table in tables(register)]

    @property
    def open_columns(self) -> list[OpenColumn]:
        """The OpenColumns of a file for programs; what is told twice stands where it was told first."""
        model, form = self.register.model, self.register.form
        columns = [*self.tables[0].open_columns, *open_columns.derived(model, form), *open_columns.of_parts(form)]
        columns += [*(open_columns.of_point(model.point) if model.point else ()), *open_columns.of_record(model)]
        first: dict[str, OpenColumn] = {}
        for column in columns:
            first.setdefault(column.name, column)
        return list(first.values())

    @property
    def headings(self) -> list[str]:
        """The headings of the records' table."""
        return self.tables[0].headings

    def rows(self, records: RecordQuerySet) -> Iterator[tuple[Any, ...]]:
        """The cells of each record of a queryset, in its order."""
        yield from self.tables[0].rows(records)

    def lines(self, part: int, records: RecordQuerySet) -> Iterator[tuple[Any, ...]]:
        """The cells of each open row of a part (its place among the parts, from 1) of these records."""
        table = self.tables[part]
        parent = table.model.parent
        rows = table.model.objects.filter(closed_on=None, **{f"{parent}__in": records.order_by().values("pk")})
        yield from table.rows(rows.order_by(f"{parent}__number", "position", "id"))

    def write_csv(self, records: RecordQuerySet, target: IO[bytes]) -> None:
        """Write UTF-8 with its mark, commas, and the names of the columns in its first line.

        Of parts it tells only what they lead to; what the file is stands in its metadata. `target` is a binary file.
        """
        self.write_rows(records.worked_out(), self.open_columns, target)

    def write_rows(self, records: RecordQuerySet, columns: Sequence[OpenColumn], target: IO[bytes]) -> None:
        """As `write_csv`, of these columns."""
        write_csv(records, {column.name: column.cell.in_csv for column in columns}, target)

    def write_xlsx(self, records: RecordQuerySet, target: Target, *, tell: Tell = lambda rows: None) -> None:
        """Write a workbook with a sheet of the records and one for each part to `target`, a path or binary file.

        `tell` hears after every 1,000 records how many are written.
        """
        with sheets.a_file(target) as file:
            for place, table in enumerate(self.tables):
                if not table.headings:
                    continue
                rows = self.lines(place, records) if place else self.rows(records)
                for at in file.fill(table.title, table.headings, map(_in_row, rows), required=table.required):
                    if not place and not at % CHUNK:
                        tell(at)
            self._write_about(file)

    def write_sheet(self, records: RecordQuerySet, columns: Sequence[OpenColumn], target: Target) -> None:
        """Write a workbook with one sheet, of these columns, as people read it."""
        with sheets.a_file(target) as file:
            rows = records.values_list(*(column.cell.expression for column in columns)).iterator(chunk_size=CHUNK)
            headings = [str(column.label) for column in columns]
            for _written in file.fill(self.tables[0].title, headings, map(_in_row, rows)):
                pass
            self._write_about(file)

    def _write_about(self, file: sheets.File) -> None:
        if self.about:
            sheet = file.sheet(ABOUT, ["", ""])
            sheet.set_column(0, 1, 60)
            for at, pair in enumerate(self.about):
                for column, text in enumerate(pair):
                    file.write(sheet, at, column, text)

    def write_metadata(self, target: IO[bytes], address: str) -> None:
        """Write what a CSV file is, and what each of its columns says, as the W3C's CSV on the Web has it."""
        metadata = {
            "@context": "http://www.w3.org/ns/csvw",
            "url": address,
            "dc:title": capfirst(str(self.register.label)),
            "notes": [{"what": str(what), "text": str(text)} for what, text in self.about],
            "tableSchema": {
                "columns": [{"name": column.name, "titles": str(column.label)} for column in self.open_columns]
            },
        }
        target.write(_json(metadata))

    def write_geojson(
        self,
        records: RecordQuerySet,
        target: IO[bytes],
        *,
        outline: str = "",
        tell: Tell = lambda rows: None,
    ) -> None:
        """Write a FeatureCollection (RFC 7946) to `target`, a binary file; a record without a place has no geometry.

        `outline` names the column of a polygon, which comes before the point of the register's map.
        `tell` hears after every 1,000 records how many are written.
        """
        point, nowhere = self.register.model.point, Value(None, FloatField())
        places = [F(name) if name else nowhere for name in (*_columns_of(point), outline)]
        target.write(_json({"type": "FeatureCollection", "about": dict(self.about)})[:-1] + b',"features":[')
        expressions = {column.name: column.cell.expression for column in self.open_columns}
        write_features(records.worked_out(), expressions, places, target, tell=tell)
        target.write(b"]}")


class _Table:
    """One table with the columns that somebody may see, and how each is told."""

    def __init__(self, table: Table, options: Mapping[str, Options], by: User | AnonymousUser) -> None:
        self.title, self.model = table.title, table.form._meta.model
        audience, inside = self.model.audience, by.is_authenticated
        written = [column for column in table.columns if not column.is_photo]
        seen = [column for column in written if column.field is None or inside or column.name in audience.public]
        if not inside and not table.part:  # whoever imports nothing knows a record by its number
            seen = [column for column in seen if column.name != ROW]
        has_fields = any(column.field is not None for column in seen)
        self.columns = seen if has_fields else []
        self.headings = [column.label for column in self.columns]
        self.required = {at for at, column in enumerate(self.columns) if column.required}
        to_record = f"{self.model.parent}__" if table.part else ""
        keys: dict[str, Any] = {
            ROW: F(f"{to_record}number"),
            NUMBER: F(f"{to_record}number"),
            KEY: F("key"),
            ORIGIN: _origin(),
        }
        self.cells: list[Cell] = []
        self.open_columns: list[OpenColumn] = []
        self.of_field: dict[str, tuple[Cell, list[OpenColumn]]] = {}  # how each field is told, as one cell and openly
        for column in self.columns:
            if column.field is None:
                self.cells.append(Cell(keys[column.name], keys[column.name]))
                self.open_columns += open_columns.of_column(column, self.cells[-1], "", None)
                continue
            lookup, options_of_one = _lookup(self.model, column), options.get(column.name)
            cell = cell_of(column, lookup=lookup, options=options_of_one, masked=column.name in audience.masked)
            opened = list(open_columns.of_column(column, cell, lookup, options_of_one))
            if (kept := _kept_from(by, self.model, column)) is not None:
                key, opened = (
                    cell_of_key(lookup),
                    [_without_name(open_column, column, lookup, kept) for open_column in opened],
                )
                cell = instead(cell, kept, key)
            if column.name not in audience.public and not (by.is_authenticated and by.sees_all):
                own = partial(
                    within, lookup=f"{to_record}regency", regency=by.regency_id if by.is_authenticated else None
                )
                cell, opened = own(cell), [replace(open_column, cell=own(open_column.cell)) for open_column in opened]
            self.cells.append(cell)
            self.open_columns += opened
            self.of_field[column.name] = cell, opened

    def rows(self, queryset: QuerySet[Any]) -> Iterator[Any]:
        """The cells of each row of a queryset."""
        return queryset.values_list(*(cell.expression for cell in self.cells)).iterator(chunk_size=CHUNK)


def _kept_from(by: User | AnonymousUser, model: type[Hideable], column: Column) -> Q | None:
    """Where what a column names is hidden from this reader, whose reach does not include it; None for no such column.

    Visitors read no row that names what is hidden: it is hidden with it.
    """
    hiding = kept_by(model, column.name)
    if hiding is None or not by.is_authenticated or by.sees_all:
        return None
    hidden, regency = hiding
    return Q(**{hidden: True}) & ~Q(**{regency: by.regency_id})


def _without_name(open_column: OpenColumn, column: Column, lookup: str, kept: Q) -> OpenColumn:
    """What names a row in words says nothing where that is hidden; its key and its number say which row it is."""
    is_name = open_column.name not in (column.name, f"{column.name}_number")
    return replace(open_column, cell=instead(open_column.cell, kept, NOTHING)) if is_name else open_column


def _origin() -> Case:
    """Where a record comes from, in words."""
    return Case(*(When(origin=origin, then=Value(str(origin.label))) for origin in Origin), output_field=CharField())


def _lookup(model: type[Hideable], column: Column) -> str:
    """The column of the database that holds a field's canonical value."""
    to_field = getattr(column.field, "to_field_name", None)
    return f"{column.name}__{to_field}" if to_field else field_named(model, column.name).attname


def _in_row(cells: Sequence[Any]) -> list[Any]:
    return [_in_sheet(cell) for cell in cells]


def _in_sheet(cell: Any) -> Any:
    """A cell as `sheets.File.write_row` takes it."""
    return cell if cell is None or isinstance(cell, str | int | float | datetime.date) else str(cell)


def _columns_of(point: Point | None) -> tuple[str, str]:
    """Of latitude and longitude, if the register has a map."""
    return (point.latitude, point.longitude) if point else ("", "")


def _json(value: Any) -> bytes:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"), default=str).encode()
