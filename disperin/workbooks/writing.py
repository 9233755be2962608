"""A register as a file, row by row in constant memory: what is written here is read again without a change.

`values_of` gives records as cells; `csv_lines` and `write_xlsx` put them into a file. Inside fields are filled in
within reach only, masked ones always masked.
"""

import csv
import decimal
import io

from django import forms
from django.utils.translation import gettext as _

from disperin.registers.audience import mask
from disperin.registers.fields import canonical
from disperin.workbooks import sheets
from disperin.workbooks.columns import KEY, NUMBER, ROW, tables
from disperin.workbooks.options import options_of
from disperin.workbooks.reading.delimited import quoted

CHUNK = 1_000


class Writer:
    """Writes records of a register for somebody: `by` is a user, or an anonymous one, who gets public fields only."""

    def __init__(self, register, *, by):
        self.register, self.by = register, by
        options = options_of(register)
        self.tables = [_Table(table, options[table.part], by) for table in tables(register)]

    @property
    def headings(self):
        """The headings of the records' table."""
        return self.tables[0].headings

    def rows(self, records):
        """The cells of each record of a queryset, in its order."""
        table = self.tables[0]
        for row in records.values_list("pk", "number", "regency_id", *table.lookups).iterator(chunk_size=CHUNK):
            yield table.cells(row[3:], number=row[1], regency=row[2])

    def lines(self, part, records):
        """The cells of each open row of a part (its place among the parts, from 1) of these records."""
        table = self.tables[part]
        model = table.form_class._meta.model
        parent = model.parent
        rows = model.objects.filter(closed_on=None, **{f"{parent}__in": records.order_by().values("pk")})
        rows = rows.order_by(f"{parent}__number", "position", "id")
        told = rows.values_list(f"{parent}__number", f"{parent}__regency_id", "key", *table.lookups)
        for row in told.iterator(chunk_size=CHUNK):
            yield table.cells(row[3:], number=row[0], regency=row[1], key=str(row[2]))

    def csv_lines(self, records):
        """The lines of a CSV file (UTF-8 with its mark, commas) as texts. Parts have no place in it."""
        line = _Line()
        yield "\ufeff" + line.of(self.headings)
        for cells in self.rows(records):
            yield line.of([_as_text(cell) for cell in cells])

    def write_xlsx(self, records, target):
        """Write a workbook with a sheet of the records and one for each part to `target`, a path or binary file."""
        with sheets.a_file(target) as file:
            for place, table in enumerate(self.tables):
                if not table.headings:
                    continue
                sheet = file.sheet(table.title, table.headings, required=table.required)
                rows = self.lines(place, records) if place else self.rows(records)
                for at, cells in enumerate(rows, start=1):
                    for column, cell in enumerate(cells):
                        file.write(sheet, at, column, cell)


class _Table:
    """One table with the columns that somebody may see, and how the cells of each are made."""

    def __init__(self, table, options, by):
        self.title, self.part, self.form_class, self.by = table.title, table.part, table.form, by
        audience = table.form._meta.model.audience
        inside = by.is_authenticated
        seen = [one for one in table.columns if one.field is None or inside or one.name in audience.public]
        has_fields = any(one.field is not None for one in seen)
        self.columns = seen if has_fields else []
        self.headings = [one.label for one in self.columns]
        self.required = {at for at, one in enumerate(self.columns) if one.required}
        fields = [one for one in self.columns if one.field is not None]
        self.lookups = [_lookup(table.form._meta.model, one) for one in fields]
        self._inside = {one.name for one in fields if one.name not in audience.public}
        self._masked = set(audience.masked)
        self._options = options

    def cells(self, values, *, number, regency, key=None):
        """The cells of one row; `values` in the order of `lookups`."""
        told = {ROW: number, NUMBER: number, KEY: key}
        reaches = self.by.is_authenticated and (self.by.sees_all or self.by.regency_id == regency)
        values = iter(values)
        cells = []
        for column in self.columns:
            if column.field is None:
                cells.append(told[column.name])
                continue
            value = canonical(column.field, next(values))
            hidden = column.name in self._inside and not reaches
            cells.append(None if hidden else self._cell(column, value))
        return cells

    def _cell(self, column, value):
        field, options = column.field, self._options.get(column.name)
        if value in (None, "", []):
            return None
        if column.name in self._masked:
            return mask(value)
        if isinstance(value, list):
            return _joined([options.text_of(one) if options else str(one) for one in value])
        if isinstance(field, forms.BooleanField):
            return _("yes") if value else _("no")
        if isinstance(field, forms.DateField):
            return {"date": value}
        return options.text_of(value) if options else value


def _joined(texts):
    """Several in one cell; a semicolon at the end says that commas belong to the texts."""
    return "; ".join(texts) + (";" if len(texts) == 1 and "," in texts[0] else "")


def _lookup(model, column):
    """The column of the database that holds a field's canonical value."""
    to_field = getattr(column.field, "to_field_name", None)
    return f"{column.name}__{to_field}" if to_field else model._meta.get_field(column.name).attname


class _Line:
    """Writes one line of CSV at a time."""

    def __init__(self):
        self._buffer = io.StringIO()
        self._writer = csv.writer(self._buffer)

    def of(self, cells):
        self._writer.writerow(cells)
        text = self._buffer.getvalue()
        self._buffer.seek(0)
        self._buffer.truncate()
        return text


def _as_text(cell):
    """A cell of a CSV file. What a spreadsheet would take for a formula gets a ' before it, which import removes."""
    if cell is None:
        return ""
    if isinstance(cell, dict):
        return cell["date"]
    if isinstance(cell, float):
        text = format(decimal.Decimal(repr(cell)), "f")
        whole, _dot, fraction = text.partition(".")
        return f"{text}0" if len(fraction) == 3 and len(whole) < 4 else text  # 1.234 would be read as a thousand
    return quoted(cell) if isinstance(cell, str) else str(cell)
