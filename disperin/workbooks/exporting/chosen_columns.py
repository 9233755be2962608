"""The table of a register as a file: its number, its name, and the columns that were chosen, in their order."""

from collections.abc import Iterator, Mapping, Sequence
from typing import IO, Any
from uuid import UUID

from django.conf import settings
from django.db import models
from django.db.models import Case, F, Func, TextField, Value, When
from django.db.models.functions import Cast, Concat, NullIf, TruncDate
from django.urls import reverse
from django.utils.text import capfirst
from django.utils.translation import gettext as _

from disperin.attachments.forms import AttachmentField
from disperin.registers.lists.columns import MISSING, Column, title_lookup
from disperin.registers.lists.lacks import Lack, wanted_of
from disperin.registers.models import RecordQuerySet
from disperin.workbooks.exporting.expressions import Cell, NoFormula
from disperin.workbooks.exporting.open_columns import OpenColumn
from disperin.workbooks.exporting.writing import Writer
from disperin.workbooks.models import Kind


def write(writer: Writer, columns: Sequence[Column], records: RecordQuerySet, kind: str, target: IO[bytes]) -> None:
    """Write these columns of records to a binary file: for people as a workbook, for programs as CSV."""
    model = writer.register.model
    number, name = F("number"), F(title_lookup(model))
    file_columns = [OpenColumn("number", _("Register number"), Cell(number, number))]
    if title_lookup(model) not in {"number", *(column.name for column in columns)}:
        file_columns.append(OpenColumn("called", _("Name"), Cell(name, NoFormula(name))))
    file_columns += [open_column for column in columns for open_column in _told(writer, column, kind)]
    if kind == Kind.CSV:
        writer.write_rows(records, file_columns, target)
    else:
        writer.write_sheet(records, file_columns, target)


def _told(writer: Writer, column: Column, kind: str) -> Iterator[OpenColumn]:
    """A column as one cell for people, as key and words for programs; a file by its address."""
    known, label = writer.tables[0].of_field.get(column.name), capfirst(str(column.label))
    if known:
        cell, openly = known
        yield from openly if kind == Kind.CSV else [OpenColumn(column.name, str(column.label), cell)]
    elif column.name == MISSING:
        wanted = wanted_of(writer.register)
        if kind == Kind.CSV:
            yield OpenColumn(column.name, label, _missing({lack: lack.name for lack in wanted}))
        name = f"{column.name}_label" if kind == Kind.CSV else column.name
        yield OpenColumn(name, label, _missing({lack: str(lack.label) for lack in wanted}))
    elif isinstance(column.field, AttachmentField):
        yield OpenColumn(column.name, label, _address(column))
    elif column.field is None:
        yield OpenColumn(column.name, label, _plain(column))


def _missing(words_by_lack: Mapping[Lack, str]) -> Cell:
    """What a record lacks of that which is wanted, as these texts, one after another."""
    texts = [Case(When(lack.is_missing, then=Value(text))) for lack, text in words_by_lack.items()]
    joined = Func(Value("; "), *texts, function="concat_ws", output_field=TextField())
    several = NullIf(joined, Value("", TextField()))
    return Cell(several, several)


def _address(column: Column) -> Cell:
    """Where those within reach open a file."""
    before, after = reverse("attachments:file", args=[UUID(int=0)]).split(str(UUID(int=0)))
    key = Cast(F(column.column.attname), TextField())
    address = Concat(Value(settings.PUBLIC_ORIGIN + before), key, Value(after), output_field=TextField())
    if_there = Case(When(**{f"{column.column.attname}__isnull": False}, then=address))
    return Cell(if_there, if_there)


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
        value = F(column.lookup)
        return Cell(value, value)
    text = Cast(F(column.lookup), TextField())
    return Cell(NullIf(text, Value("", TextField())), NoFormula(text))
