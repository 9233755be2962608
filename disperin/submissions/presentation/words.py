"""Canonical values in words, for every register alike: labels, choices, names, money, dates, files, masks."""

import datetime
import uuid
from collections.abc import Collection, Container, Iterable, Iterator
from typing import Any

from django import forms
from django.db.models import Model
from django.utils.html import format_html
from django.utils.text import capfirst
from django.utils.translation import gettext as _

from disperin.accounts.models import User
from disperin.attachments.forms import AttachmentField
from disperin.attachments.models import Attachment
from disperin.registers.gate.forms import RecordForm
from disperin.registers.record.withholding import is_kept_from
from disperin.registers.values.audience import mask
from disperin.registers.values.outline_field import OutlineField
from disperin.registers.values.terms import Path, Row, Values
from disperin.ui import formats
from disperin.ui.forms import DecimalInput, WholeNumberInput, choices_of, offered_model
from disperin.ui.texts import Text


def is_empty(value: Any) -> bool:
    """Nothing entered; an unticked box says nothing either, but a zero does."""
    return value is None or value is False or value == "" or value == []


class Words:
    """Says the values of one form. Looks up every name and file that the given states mention, once per kind.

    `revealed` names masked fields whose value was asked for, and noted in the history, just now. What is hidden from
    the `reader` (None: anybody) keeps its key for a name.
    """

    def __init__(
        self, form: RecordForm, *states: Values, revealed: Collection[str] = (), reader: User | None = None
    ) -> None:
        self.form, self._reader = form, reader
        self.masked = set(form._meta.model.audience.masked) - set(revealed)
        self.names: dict[tuple[type[Model], str], Any] = {}
        self._look_up(states)

    def field_of(self, path: Path) -> forms.Field | None:
        """The form field of a path, or None."""
        name, *rest = path.split(".")
        if rest:
            return self.form.parts[name].base_fields.get(rest[-1])
        return self.form.fields.get(name)

    def label_of(self, path: Path) -> Text:
        """The label of a field, without its row."""
        field = self.field_of(path)
        if field is None:
            return path
        if field.label is None:
            model = self.form.parts[path.split(".")[0]]._meta.model
            return capfirst(model._meta.get_field(path.split(".")[-1]).verbose_name)
        return capfirst(field.label)

    def say(self, path: Path, value: Any) -> str:
        """A value as people read it; "" for nothing."""
        if value in (None, "", []):
            return ""
        if path in self.masked:
            return mask(value)
        field = self.field_of(path)
        if isinstance(value, bool):
            return _("Yes") if value else _("No")
        if isinstance(value, dict) and isinstance(field, OutlineField):
            return field.in_words(value)
        if isinstance(value, list):
            named = dict(getattr(field, "choices", ()))
            return "\n".join(str(named.get(item, item)) for item in value)
        if isinstance(field, AttachmentField):
            return self._say_file(value)
        if isinstance(field, forms.ModelChoiceField):
            return self.names.get((offered_model(field), str(value)), str(value))
        if isinstance(field, forms.ChoiceField):
            return str(choices_of(field).get(value, value))
        return _say_plain(field, value)

    def _say_file(self, value: Any) -> str:
        file = self.names.get((Attachment, str(value)))
        if file is None:
            return _("A file that is no longer there")
        url = file.get_absolute_url()
        if file.is_photo:
            return format_html(
                '<a href="{}"><img class="evidence-photo" src="{}?width=480" alt="" width="160" loading="lazy"> {}</a>',
                url,
                url,
                file.name,
            )
        return format_html('<a href="{}">{}</a>', url, file.name)

    @property
    def files(self) -> list[Attachment]:
        """Every file that is mentioned, in no particular order."""
        return [named for named in self.names.values() if isinstance(named, Attachment)]

    def _look_up(self, states: Iterable[Values | None]) -> None:
        wanted: dict[tuple[type[Model], str], set[str]] = {}
        for path, value in (pair for state in states for pair in _leaves(state or {}, self.form.parts)):
            field = self.field_of(path)
            if is_empty(value):
                continue
            if isinstance(field, AttachmentField):
                wanted.setdefault((Attachment, "pk"), set()).add(str(value))
            elif isinstance(field, forms.ModelChoiceField):
                column = (offered_model(field), field.to_field_name or "pk")
                wanted.setdefault(column, set()).add(str(value))
        for (model, key), values in wanted.items():
            if model is Attachment:
                values = {value for value in values if _is_uuid(value)}
            for row in model._default_manager.filter(**{f"{key}__in": values}):
                if not is_kept_from(self._reader, row):
                    self.names[(model, str(getattr(row, key)))] = row if model is Attachment else str(row)


def _leaves(state: Values, parts: Container[str]) -> Iterator[tuple[Path, Any]]:
    for name, value in state.items():
        if name not in parts:
            yield name, value
            continue
        for row in value or []:
            for field_name, inner in row.items():
                if field_name != "key":
                    yield f"{name}.{row['key']}.{field_name}", inner


def _is_uuid(text: str) -> bool:
    try:
        uuid.UUID(text)
    except ValueError:
        return False
    return True


def _say_plain(field: forms.Field | None, value: Any) -> str:
    widget = getattr(field, "widget", None)
    attrs = getattr(widget, "attrs", {})
    if isinstance(widget, WholeNumberInput | DecimalInput) and isinstance(value, int | float):
        if attrs.get("data-prefix") == "Rp":
            return formats.rupiah_full(value)
        unit = str(attrs.get("data-unit", ""))
        return f"{formats.number(value)}{'' if unit in ('°', '') else ' '}{unit}"
    if isinstance(field, forms.DateField):
        try:
            return formats.day(datetime.date.fromisoformat(value))
        except (TypeError, ValueError):
            return str(value)
    return str(value)


def sections_of(form: RecordForm) -> list[tuple[str, Text, list[str]]]:
    """(id, title, names of the fields) in the order of the page; fields that no section names come last."""
    sections = [
        (key, form.section_titles.get(key) or capfirst(form._meta.model._meta.verbose_name), list(names))
        for key, names in form.sections
    ]
    named = {name for _key, _title, names in sections for name in names}
    rest = [name for name in form.fields if name not in named]
    if rest:
        sections.append(
            ("rest" if sections else "", _("More") if sections else capfirst(form._meta.model._meta.verbose_name), rest)
        )
    return [(key, title, [name for name in names if name in form.fields]) for key, title, names in sections]


def title_of_row(form: RecordForm | type[RecordForm], name: str, row: Row, place: int) -> str:
    """A row in words, such as "Product 2: Kain pewarna alam"."""
    part = form.parts[name]
    title = f"{capfirst(part._meta.model._meta.verbose_name)} {place}"
    called = next((row[key] for key in ("name", "code", "number") if row.get(key)), "")
    return f"{title}: {called}" if called else title
