"""The rows of a table in words: the same words as on the page of a record."""

import datetime
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from django.utils.html import format_html
from django.utils.translation import gettext as _

from disperin.accounts.models import User
from disperin.attachments.forms import AttachmentField
from disperin.attachments.models import Attachment
from disperin.mydata.models import LackTask
from disperin.registers.lists.columns import MISSING, Column, title_lookup
from disperin.registers.lists.lacks import Lack, lacked
from disperin.registers.lists.tables import RegisterTable
from disperin.registers.record.directory import Register
from disperin.registers.values.fields import canonical
from disperin.submissions.presentation import Words
from disperin.ui import formats
from disperin.ui.addresses import addresses

Read = dict[str, Any]  # the look-ups of a record, as they were read


@dataclass(frozen=True)
class Cell:
    """What stands in one place of a table; `is_hidden`: everybody else does not see it."""

    column: Column
    text: str
    is_hidden: bool = False


@dataclass
class Row:
    """One record of a table."""

    key: int
    number: str
    name: str
    url: str
    is_hidden: bool
    closed_on: datetime.date | None
    cells: list[Cell] = field(default_factory=list)
    tasks: list[LackTask] = field(default_factory=list)  # of what the list is narrowed to lack

    @property
    def tick(self) -> str:
        """Its key as the page sends it."""
        return str(self.key)


def rows_of(table: RegisterTable, read: Sequence[Read], reader: User) -> list[Row]:
    """These records in the columns of their table. The number of queries does not depend on how many there are."""
    entered = [(column, column.field) for column in table.chosen if column.field is not None]
    states = [{column.name: canonical(field, _held(column, row)) for column, field in entered} for row in read]
    words = Words(table.register.form(), *states, reader=reader)
    missing = _missing(table, read)
    page = addresses(f"{table.model._meta.app_label}:{table.model._meta.model_name}-detail")
    rows = []
    for row, state in zip(read, states, strict=True):
        cells = [
            Cell(column, _say(words, column, row, state, missing.get(row["id"], ())), column.name in row["withheld"])
            for column in table.chosen
        ]
        title = row[title_lookup(table.model)] or row["number"]
        url = page(row[table.model.named_by])
        rows.append(Row(row["id"], row["number"], title, url, row["hidden"], row["closed_on"], cells))
    return rows


def add_tasks(rows: Sequence[Row], register: Register, lacks: Sequence[Lack]) -> None:
    """Add to each row who sees to it that it gets what the list is narrowed to lack. One query."""
    names, by_key = [lack.name for lack in lacks], {row.key: row for row in rows}
    held = LackTask.objects.unended().filter(register=register.slug, record_id__in=by_key, lack__in=names)
    for task in held.select_related("assigned_to"):
        by_key[task.record_id].tasks.append(task)


def _missing(table: RegisterTable, read: Sequence[Read]) -> dict[int, list[Lack]]:
    is_shown = any(column.name == MISSING for column in table.chosen)
    return lacked(table.register, [row["id"] for row in read]) if is_shown else {}


def _held(column: Column, row: Read) -> Any:
    """The value of a column for the office: what is hidden from the public is kept beside it."""
    is_key = not getattr(column.field, "to_field_name", None)
    return row["withheld"].get(column.name, row[column.lookup]) if is_key else row[column.lookup]


def _say(words: Words, column: Column, row: Read, state: Read, missing: Sequence[Lack]) -> str:
    if column.name == MISSING:
        return ", ".join(str(lack.label) for lack in missing)
    if column.field is None:
        return _say_kept(column, row[column.lookup])
    value = state[column.name]
    if isinstance(column.field, AttachmentField):
        file = words.names.get((Attachment, str(value)))
        return format_html('<a href="{}">{}</a>', file.get_absolute_url(), _("Open")) if file else ""
    return words.say(column.name, value).replace("\n", ", ")


def _say_kept(column: Column, value: Any) -> str:
    """What no form asks, in words."""
    if value in (None, ""):
        return ""
    if column.column.choices:
        return str(dict(column.column.flatchoices).get(value, value))
    if isinstance(value, bool):
        return _("Yes") if value else _("No")
    if isinstance(value, datetime.date):
        return formats.day(value)
    return formats.number(value) if column.is_figure else str(value)
