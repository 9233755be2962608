"""The table of a register as a file: its number, its name, and the columns that were chosen, in their order."""

from collections.abc import Iterator, Sequence
from typing import IO, Any

from django.db import models
from django.db.models import Case, F, TextField, Value, When
from django.db.models.functions import Cast, NullIf, TruncDate
from django.utils.text import capfirst
from django.utils.translation import gettext as _

from disperin.registers.lists.columns import Column, title_lookup
from disperin.registers.models import RecordQuerySet
from disperin.workbooks.exporting.expressions import Cell, NoFormula
from disperin.workbooks.exporting.open_columns import OpenColumn
from disperin.workbooks.exporting.writing import Writer
from disperin.workbooks.models import Kind


def write(writer: Writer, columns: Sequence[Column], records: RecordQuerySet, kind: str, target: IO[bytes]) -> None:
    """Write these columns of records to a binary file: for people as a workbook, for programs as CSV."""
    model = writer.register.model
    number, name = F("number"), F(title_lookup(model))
    told = [OpenColumn("number", _("Register number"), Cell(number, number))]
    if title_lookup(model) not in {"number", *(one.name for one in columns)}:
        told.append(OpenColumn("called", _("Name"), Cell(name, NoFormula(name))))
    told += [one for column in columns for one in _told(writer, column, kind)]
    if kind == Kind.CSV:
        writer.write_rows(records, told, target)
    else:
        writer.write_sheet(records, told, target)


def _told(writer: Writer, column: Column, kind: str) -> Iterator[OpenColumn]:
    """A column as one cell for people, as key and words for programs; files, and what is missing, are not told."""
    found = writer.tables[0].of_field.get(column.name)
    if found:
        cell, openly = found
        yield from openly if kind == Kind.CSV else [OpenColumn(column.name, str(column.label), cell)]
    elif column.field is None and column.column is not None:
        yield OpenColumn(column.name, capfirst(str(column.label)), _plain(column))


def _plain(column: Column) -> Cell:
    """What no form asks: choices in words, moments as their days."""
    of: Any = column.column
    if of.choices:
        words = Case(*(When(**{of.attname: key}, then=Value(str(text))) for key, text in of.flatchoices))
        return Cell(words, words)
    if isinstance(of, models.DateTimeField):
        day = TruncDate(of.attname)
        return Cell(day, day)
    if isinstance(of, models.DateField | models.IntegerField | models.DecimalField):
        value = F(of.attname)
        return Cell(value, value)
    text = Cast(F(column.lookup), TextField())
    return Cell(NullIf(text, Value("", TextField())), NoFormula(text))
