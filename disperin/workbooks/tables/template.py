"""The empty workbook of a register for one regency: choices in its cells, help in its headings, an example row."""

import io
from collections.abc import Mapping, Sequence

from django import forms
from django.conf import settings
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from xlsxwriter.worksheet import Worksheet

from disperin.regions.models import Regency, Village
from disperin.registers.record.directory import Register
from disperin.registers.values.fields import Day, Degrees
from disperin.workbooks.files import sheets
from disperin.workbooks.files.cells import Cell, letters
from disperin.workbooks.tables.columns import EXAMPLE, GUIDE, KEY, LISTS, NUMBER, ORIGIN, Column, Table, tables
from disperin.workbooks.tables.options import Options, options_of

MOST_ROWS = 5_000  # rows that offer choices

Lists = list[tuple[str, Sequence[str]]]  # label of a column, and what is offered in it
Within = tuple[int, Sequence[str]] | None  # the column of the wider place, and in which one each text lies


def template(register: Register, regency: Regency) -> bytes:
    """The bytes of the template of a register for a Regency, in the active language."""
    options = options_of(register, regency=regency.pk)
    made = io.BytesIO()
    with sheets.a_file(made) as file:
        lists: Lists = []
        for table in tables(register):
            _write_table(file, table, options[table.part], lists)
        write_lists(file, lists)
        _write_guide(file, register, regency)
    return made.getvalue()


def _asked(table: Table) -> list[Column]:
    """The columns that are to be filled in; the regency is that of the template, the origin is never typed."""
    return [column for column in table.columns if column.name not in ("regency", ORIGIN)]


def _write_table(file: sheets.File, table: Table, options: Mapping[str, Options], lists: Lists) -> None:
    columns = _asked(table)
    names, required = [column.name for column in columns], {at for at, column in enumerate(columns) if column.required}
    headings = [column.label + (" *" if at in required else "") for at, column in enumerate(columns)]
    sheet = file.sheet(
        table.title,
        headings,
        required=required,
        helps=[column.help for column in columns],
        texts={at for at, column in enumerate(columns) if _is_text(column)},
    )
    for at, column in enumerate(columns):
        texts = offered(column, options)
        if texts:
            within = villages_within(names, options) if column.name == "village" else None
            offer(sheet, at, column, texts, lists, within)
        example = EXAMPLE if at == 0 else _example(table, column, options.get(column.name), texts)
        file.write(sheet, 1, at, example, style=None if isinstance(example, dict) else file.example)


def offer(sheet: Worksheet, at: int, column: Column, texts: Sequence[str], lists: Lists, within: Within = None) -> None:
    """Let the cells of a column offer these texts, from the sheet of lists. Several at once cannot be offered so.

    `within` says in which column of the sheet the wider place stands, and of which one each text is: where a cell
    names one, only its own are offered.
    """
    lists.append((column.label, texts))
    if isinstance(column.field, forms.MultipleChoiceField):
        return
    source = _listed(lists)
    if within:
        wider, places = within
        lists.append((f"{column.label} ({_('district')})", places))
        named, place = _listed(lists), f"${letters(wider)}2"
        first = f"'{LISTS}'!${letters(len(lists) - 2)}$2"
        own = f"OFFSET({first},MATCH({place},{named},0)-1,0,COUNTIF({named},{place}),1)"
        source = f"IF(COUNTIF({named},{place})=0,{source},{own})"
    validation = {
        "validate": "list",
        "source": f"={source}",
        "error_title": _("Not in the list")[:32],
        "error_message": _("Choose one of the list; the sheet “%(sheet)s” shows it whole.")[:200] % {"sheet": LISTS},
        "error_type": "warning",
    }
    sheet.data_validation(1, at, MOST_ROWS, at, validation)


def villages_within(columns: Sequence[str], options: Mapping[str, Options]) -> Within:
    """`within` of a column of villages, where the district stands in a column of its own; columns by their names."""
    if not {"district", "village"} <= {*columns} & {*options}:
        return None
    villages, districts = options["village"].labels, options["district"].labels
    of = dict(Village.objects.filter(pk__in=villages).values_list("pk", "district"))
    return columns.index("district"), [districts.get(of.get(key, ""), "") for key in villages]


def _listed(lists: Lists) -> str:
    """The cells of the sheet of lists that hold the last of these."""
    column = letters(len(lists) - 1)
    return f"'{LISTS}'!${column}$2:${column}${len(lists[-1][1]) + 1}"


def write_lists(file: sheets.File, lists: Lists) -> None:
    """The sheet that holds what cells offer."""
    sheet = file.sheet(LISTS, [label for label, _texts in lists])
    for row in range(max((len(texts) for _label, texts in lists), default=0)):
        for at, (_label, texts) in enumerate(lists):
            if row < len(texts):
                file.write(sheet, row + 1, at, texts[row])


def _write_guide(file: sheets.File, register: Register, regency: Regency) -> None:
    sheet = file.sheet(GUIDE, [_("Sheet"), _("Column"), _("Required"), _("How it is filled in")])
    rows = [
        [capfirst(str(register.label)), str(regency), "", rule]
        for rule in (
            _("One row is one record. The row “%(example)s” is an example: it is never read.") % {"example": EXAMPLE},
            _("Columns may be left out. A column that is there and empty empties the field of a record."),
            _("Never write a NIK: the portal keeps none."),
        )
    ]
    for table in tables(register):
        for column in _asked(table):
            rows.append([table.title, column.label, _("yes") if column.required else "", column.help])
    for row, cells in enumerate(rows, start=1):
        for at, text in enumerate(cells):
            file.write(sheet, row, at, text)
    sheet.set_column(3, 3, 90)


def _is_text(column: Column) -> bool:
    """Whether what is typed must stay as it is typed: leading zeros are lost otherwise."""
    return column.field is None or not isinstance(
        column.field, forms.IntegerField | forms.DecimalField | forms.BooleanField | Day
    )


def offered(column: Column, options: Mapping[str, Options]) -> list[str]:
    """What the cells of a column offer."""
    return list(options[column.name].labels.values()) if column.name in options else _yes_and_no(column)


def _yes_and_no(column: Column) -> list[str]:
    return [_("yes"), _("no")] if isinstance(column.field, forms.BooleanField) else []


def _example(table: Table, column: Column, options: Options | None, texts: Sequence[str]) -> Cell:
    """What a clerk would write in a column, as the form of the table says; the row is never read.

    Of a list that says nothing, the first choice, and to a question no, from which nothing follows; what names a
    record, how its number looks; of the rest what must be filled in has an example of its own, and the others are left
    empty.
    """
    field, given = column.field, table.form.in_files.examples.get(column.name)
    if column.name in (NUMBER, KEY):
        return None
    if given is not None and options:
        keys = options.find(str(given))
        return options.text_of(keys[0]) if keys else str(given)
    if given is not None:
        return {"date": str(given)} if isinstance(field, Day) else given
    if isinstance(field, Degrees):
        return field.example
    if texts:
        return texts[-1 if isinstance(field, forms.BooleanField) else 0]
    return settings.PROVINCE.example.number if column.required and options else None
