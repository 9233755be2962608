"""The tables that a register has in a file, told by its form: one of records, one for each part, and their columns."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from django import forms
from django.forms import Field
from django.utils.text import capfirst
from django.utils.translation import gettext as _

from disperin.attachments.forms import AttachmentField
from disperin.attachments.models import Attachment
from disperin.registers.gate.forms import PartForm, RecordForm
from disperin.registers.gate.values_form import ValuesForm
from disperin.registers.record.directory import Register
from disperin.registers.values.fields import Day, Degrees, TextList
from disperin.registers.values.outline_field import OutlineField
from disperin.registers.values.written import is_year
from disperin.ui.abilities import HasVersions
from disperin.ui.forms import choices_of
from disperin.ui.texts import Text

# Columns that are no field of a form
ROW, NUMBER, KEY, ORIGIN, ERRORS, NOT_READ = "#row", "#number", "#key", "#origin", "#errors", "#none"
ERRORS_HEADING = "KESALAHAN"  # of the error workbook, in every language, so that it is known again
EXAMPLE = "CONTOH"  # the row key of a template's example row, in every language
LISTS, GUIDE, ABOUT = OUR_LISTS = ("Pilihan", "Petunjuk", "Keterangan")  # our sheets without rows, in every language
MOST_LISTED = 5_000  # choices of one field that a file lists
IN_CELL = "."  # `products.name` in a mapping: a column of records whose cells hold lines of a part, by that field
NAMED = "="  # `documents.answer=slf`: a column of records, named by a choice, whose cells say a field of its line
OF_VERSION = "@"  # `kbli@2020` in a mapping: a column whose digits are all of one version


@dataclass(frozen=True)
class Column:
    """One column: its name (that of the field, or one of the above), heading, help, and form field."""

    name: str
    label: str
    help: str
    field: Any = None  # of whichever kind

    @property
    def required(self) -> bool:
        return bool(self.field is not None and self.field.required)

    @property
    def is_photo(self) -> bool:
        """Whether its cells name pictures that are sent beside the file: such a column is read, never written."""
        return isinstance(self.field, AttachmentField)


@dataclass(frozen=True)
class Table:
    """The records of a register (`part` is "") or one of its parts, with the form that reads a row."""

    part: str
    title: str
    form: type[RecordForm] | type[PartForm]
    columns: tuple[Column, ...]
    in_cells: tuple[Column, ...] = ()  # what cells of a record's own row may hold of its parts

    @property
    def fields(self) -> dict[str, Field]:
        """`{name: form field}` of the columns that are fields."""
        return {column.name: column.field for column in self.columns if column.field is not None}

    @property
    def named(self) -> Iterator[tuple[str, Text]]:
        """What a column of a file may be: `[(name, label)]`, also those whose digits are all of one version.

        Also lines of a part that stand in one cell.
        """
        for column in self.columns:
            yield column.name, column.label
            for version, text in column.field.versions().items() if isinstance(column.field, HasVersions) else ():
                yield f"{column.name}{OF_VERSION}{version}", _("%(column)s, all of %(version)s") % {
                    "column": column.label, "version": text,
                }  # fmt: skip
        yield from ((column.name, column.label) for column in self.in_cells)


def tables(register: Register) -> list[Table]:
    """Every Table of a register, records first, in the active language.

    Documents and outlines cannot stand in a cell: they are left out, and stay as they are when a record is changed. Of
    a photograph its file's name can.
    """
    form = register.form()
    columns, in_cells = tuple(_columns_of_records(register.form, form)), tuple(_in_cells(register.form))
    record = Table("", capfirst(str(register.label)), register.form, columns, in_cells)
    return [record, *(_part(name, part) for name, part in register.form.parts.items())]


def photo_places(register: Register, mapping: Sequence[dict[str, Any]]) -> list[tuple[int, int]]:
    """`[(sheet, column)]` of the columns of a file (`mapping` as of `Workbook`) whose cells name pictures."""
    photos = {table.part: {column.name for column in table.columns if column.is_photo} for table in tables(register)}
    return [
        (sheet, int(at))
        for sheet, mapped in enumerate(mapping)
        if mapped["part"] is not None
        for at, name in mapped["columns"].items()
        if name in photos[mapped["part"]]
    ]


def _columns_of_records(form_class: type[RecordForm], form: RecordForm) -> Iterator[Column]:
    if form_class.parts:
        yield Column(ROW, _("Row key"), _row_key_help())
    number_help = _("Of a record that stands in the register already. Leave it empty for a new one.")
    yield Column(NUMBER, _("Register number"), number_help)
    names = [name for _section, names in form_class.sections for name in names] or list(form.fields)
    yield from _fields(form, names)
    yield Column(ORIGIN, _("Origin of the data"), _("Whether the record was verified. It is told, never read."))


def _in_cells(form_class: type[RecordForm]) -> Iterator[Column]:
    """The columns of records whose cells hold lines of a part; their own field is that of the part, so none here."""
    for part, name in form_class.in_files.in_cell.items():
        lines = capfirst(str(form_class.parts[part]._meta.model._meta.verbose_name_plural))
        label = _("%(lines)s, several in one cell") % {"lines": lines}
        yield Column(f"{part}{IN_CELL}{name}", label, _("By their names, separated by commas, semicolons or lines."))
    for part, (named, answered) in form_class.in_files.by_heading.items():
        lines, fields = form_class.parts[part]._meta.model._meta, form_class.parts[part].base_fields
        for key, text in choices_of(fields[named]).items():
            if key:
                label = f"{capfirst(str(lines.verbose_name_plural))}: {text}"
                yield Column(f"{part}{IN_CELL}{answered}{NAMED}{key}", label, how_to_write(fields[answered]))


def _part(name: str, part: type[PartForm]) -> Table:
    form = part(key="")
    key_help = _("Of a line that stands in the register already. Leave it empty for a new one, and never change it.")
    columns = (
        Column(ROW, _("Row key"), _row_key_help()),
        *_fields(form, form.fields),
        Column(KEY, _("Line key"), key_help),
    )
    return Table(name, capfirst(str(part._meta.model._meta.verbose_name_plural)), part, columns)


def _row_key_help() -> str:
    return _("Any word or number of yours, once per record: it ties the lines of the other sheets to their record.")


def _fields(form: ValuesForm, names: Iterable[str]) -> Iterator[Column]:
    for name in names:
        field = form.fields[name]
        is_document = isinstance(field, AttachmentField) and field.kind != Attachment.Kind.PHOTO
        if not is_document and not isinstance(field, OutlineField):
            label = capfirst(str(field.label or name))
            yield Column(name, label, " ".join(filter(None, (str(field.help_text), how_to_write(field)))), field)


def are_figures(field: Field) -> bool:
    """Whether a field holds amounts, which may be told in thousands: no degrees, no years."""
    is_number = isinstance(field, forms.IntegerField | forms.DecimalField)
    return is_number and not isinstance(field, Degrees) and not is_year(field)


def field_and_version(name: str) -> tuple[str, str]:
    """The name of the field that a column is, and the version of its digits or ""."""
    field, _at, version = name.partition(OF_VERSION)
    return field, version


def how_to_write(field: Field) -> str:
    """How a value of this field is written in a cell."""
    if isinstance(field, AttachmentField):
        return _("The name of its file, such as kain.jpg. Send the pictures as one ZIP beside the table.")
    if isinstance(field, TextList | forms.MultipleChoiceField):
        return _("Several are separated by a semicolon.")
    if isinstance(field, forms.ModelChoiceField | forms.ChoiceField):
        return _("One of the list.")
    if isinstance(field, forms.BooleanField):
        return _("Write yes or no.")
    if isinstance(field, Day):
        return _("A date, such as 31/12/2025.")
    if isinstance(field, forms.IntegerField | forms.DecimalField):
        unit = str(field.widget.attrs.get("data-unit") or field.widget.attrs.get("data-prefix") or "")
        return _("A number, in %(unit)s.") % {"unit": unit} if unit else _("A number.")
    return ""
