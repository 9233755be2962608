"""What a record holds, in words and as its page shows it: section by section, each part as a table."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django import forms
from django.utils.text import capfirst

from disperin.attachments.forms import AttachmentField
from disperin.registers.gate.forms import PartForm
from disperin.registers.models import Record
from disperin.registers.record.directory import Register
from disperin.registers.values.fields import canonical
from disperin.ui.texts import Text

from .words import Words, is_empty, sections_of


@dataclass(frozen=True)
class Section:
    """Some fields under a heading: `[(label, text)]`."""

    title: Text
    lines: list[tuple[Text, str]]


@dataclass(frozen=True)
class Table:
    """The open rows of a part: what its columns are called, and the texts of each row."""

    title: Text
    headings: list[Text]
    rows: list[list[str]]

    @property
    def labelled(self) -> list[list[tuple[Text, str]]]:
        """The same rows, each text with the heading of its column: telephones show them one below the other."""
        return [list(zip(self.headings, row, strict=True)) for row in self.rows]


class Shown:
    """A record of a register as `reader` reads it; `inside`: its reach includes the record."""

    def __init__(self, register: Register, record: Record, *, reader: Any, inside: bool) -> None:
        self.form, self.inside = register.form(), inside
        audience = register.model.audience
        self._first = {*(audience.public or audience.inside)}
        self._parts = {name: _rows(part, record) for name, part in self.form.parts.items()}
        self.state = _state(self.form, record) | {
            name: [_state(self.form.parts[name], row) | {"key": str(row.key)} for row in rows]
            for name, rows in self._parts.items()
        }
        self.words = Words(self.form, self.state, reader=reader)

    @property
    def sections(self) -> list[Section]:
        """What everybody reads who may read this register."""
        return self._sections(lambda name: name in self._first)

    @property
    def inside_sections(self) -> list[Section]:
        """What else those read whose reach includes the record; masked values stay masked."""
        return self._sections(lambda name: name not in self._first) if self.inside else []

    @property
    def tables(self) -> list[Table]:
        """The parts that have rows, with the columns that the reader may see."""
        return [table for name in self._parts if (table := self._table(name))]

    def _sections(self, is_asked: Callable[[str], bool]) -> list[Section]:
        sections = []
        for _key, title, names in sections_of(self.form):
            lines = [
                (self.words.label_of(name), self.words.say(name, self.state[name]))
                for name in names
                if is_asked(name) and self._is_told(self.form.fields[name], self.state[name])
            ]
            sections += [Section(title, lines)] if lines else []
        return sections

    def _table(self, part: str) -> Table | None:
        form = self.form.parts[part]
        model = form._meta.model
        seen = {*(model.audience.public or ())} | ({*model.audience.inside} if self.inside else set())
        rows = self.state[part]
        names = [
            name
            for name, field in form.base_fields.items()
            if name in seen and any(self._is_told(field, row[name]) for row in rows)
        ]
        if not names:
            return None
        said = [[self.words.say(f"{part}.{row['key']}.{name}", row[name]) for name in names] for row in rows]
        headings = [self.words.label_of(f"{part}.{rows[0]['key']}.{name}") for name in names]
        return Table(capfirst(model._meta.verbose_name_plural), headings, said)

    def _is_told(self, field: forms.Field, value: Any) -> bool:
        """Files have an address that asks who somebody is."""
        return not is_empty(value) and (self.inside or not isinstance(field, AttachmentField))


def _rows(part: type[PartForm], record: Record) -> list[Any]:
    named = [name for name, field in part.base_fields.items() if getattr(field, "to_field_name", None)]
    rows = part._meta.model.open_of(record)
    return list(rows.select_related(*named) if named else rows)


def _state(form: Any, row: Any) -> dict[str, Any]:
    """The values that the columns of a row hold, as the form keeps them; what is hidden stays hidden."""
    fields, model = form.base_fields, type(row)
    values = {name: getattr(row, model._meta.get_field(name).attname) for name in fields}
    for name, field in fields.items():
        if getattr(field, "to_field_name", None) and values[name]:
            values[name] = getattr(row, name)
    return {name: canonical(field, values[name]) for name, field in fields.items()}
