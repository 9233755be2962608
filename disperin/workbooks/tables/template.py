"""The empty workbook of a register for one regency: choices in its cells, help in its headings, an example row."""

import io
from collections.abc import Mapping, Sequence

from django import forms
from django.utils import timezone
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from xlsxwriter.worksheet import Worksheet

from disperin.regions.models import Regency
from disperin.registers.record.directory import Register
from disperin.registers.values.fields import Day, TextList
from disperin.workbooks.files import sheets
from disperin.workbooks.files.cells import Cell, letters
from disperin.workbooks.tables.columns import EXAMPLE, GUIDE, KEY, LISTS, NUMBER, ORIGIN, Column, Table, tables
from disperin.workbooks.tables.options import Options, options_of

MOST_ROWS = 5_000  # rows that offer choices

Lists = list[tuple[str, Sequence[str]]]  # label of a column, and what is offered in it


def template(register: Register, regency: Regency) -> bytes:
    """The bytes of the template of a register for a Regency, in the active language."""
    options = options_of(register, regency=regency.pk)
    made = io.BytesIO()
    with sheets.a_file(made) as file:
        lists: Lists = []
        for table in tables(register):
            _write_table(file, table, options[table.part], lists)
        _write_lists(file, lists)
        _write_guide(file, register, regency)
    return made.getvalue()


def _asked(table: Table) -> list[Column]:
    """The columns that are to be filled in; the regency is that of the template, the origin is never typed."""
    return [column for column in table.columns if column.name not in ("regency", ORIGIN)]


def _write_table(file: sheets.File, table: Table, options: Mapping[str, Options], lists: Lists) -> None:
    columns = _asked(table)
    required = {at for at, one in enumerate(columns) if one.required}
    headings = [one.label + (" *" if at in required else "") for at, one in enumerate(columns)]
    sheet = file.sheet(
        table.title,
        headings,
        required=required,
        helps=[one.help for one in columns],
        texts={at for at, one in enumerate(columns) if _is_text(one)},
    )
    for at, column in enumerate(columns):
        texts = list(options[column.name].labels.values()) if column.name in options else _yes_and_no(column)
        if texts:
            _offer(sheet, at, column, texts, lists)
        example = EXAMPLE if at == 0 else _example(column, texts)
        file.write(sheet, 1, at, example, style=None if isinstance(example, dict) else file.example)


def _offer(sheet: Worksheet, at: int, column: Column, texts: Sequence[str], lists: Lists) -> None:
    """Let the cells of a column offer these texts, from the sheet of lists. Several at once cannot be offered so."""
    lists.append((column.label, texts))
    if isinstance(column.field, forms.MultipleChoiceField):
        return
    source = f"='{LISTS}'!${letters(len(lists) - 1)}$2:${letters(len(lists) - 1)}${len(texts) + 1}"
    told = {
        "validate": "list",
        "source": source,
        "error_title": _("Not in the list")[:32],
        "error_message": _("Choose one of the list; the sheet “%(sheet)s” shows it whole.")[:200] % {"sheet": LISTS},
        "error_type": "warning",
    }
    sheet.data_validation(1, at, MOST_ROWS, at, told)


def _write_lists(file: sheets.File, lists: Lists) -> None:
    sheet = file.sheet(LISTS, [label for label, _texts in lists])
    for row in range(max((len(texts) for _label, texts in lists), default=0)):
        for at, (_label, texts) in enumerate(lists):
            if row < len(texts):
                file.write(sheet, row + 1, at, texts[row])


def _write_guide(file: sheets.File, register: Register, regency: Regency) -> None:
    sheet = file.sheet(GUIDE, [_("Sheet"), _("Column"), _("Required"), _("How it is filled in")])
    told = [
        [capfirst(str(register.label)), str(regency), "", rule]
        for rule in (
            _("One row is one record. The row “%(example)s” is an example: it is never read.") % {"example": EXAMPLE},
            _("Columns may be left out. A column that is there and empty empties the field of a record."),
            _("Never write a NIK: the portal keeps none."),
        )
    ]
    for table in tables(register):
        for column in _asked(table):
            told.append([table.title, column.label, _("yes") if column.required else "", column.help])
    for row, cells in enumerate(told, start=1):
        for at, text in enumerate(cells):
            file.write(sheet, row, at, text)
    sheet.set_column(3, 3, 90)


def _is_text(column: Column) -> bool:
    """Whether what is typed must stay as it is typed: leading zeros are lost otherwise."""
    return column.field is None or not isinstance(
        column.field, forms.IntegerField | forms.DecimalField | forms.BooleanField | Day
    )


def _yes_and_no(column: Column) -> list[str]:
    return [_("yes"), _("no")] if isinstance(column.field, forms.BooleanField) else []


def _example(column: Column, texts: Sequence[str]) -> Cell:
    """A value that shows the form of a column; the row is never read."""
    field = column.field
    if column.name in (NUMBER, KEY):
        return None
    if texts:
        return texts[0]
    if isinstance(field, Day):
        return {"date": timezone.localdate().replace(month=1, day=1).isoformat()}
    if isinstance(field, forms.IntegerField | forms.DecimalField):
        return 10
    if isinstance(field, TextList):
        return _("One; Two")
    return _("Example") if column.required else None
