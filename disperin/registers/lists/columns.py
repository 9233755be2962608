"""The columns from which people with an account choose: every field of a record that its audience shows them inside."""

from dataclasses import dataclass
from functools import cache
from typing import Any

from django import forms
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Lower
from django.utils.functional import Promise
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _

from disperin.registers.lists.listing import Order
from disperin.registers.record.directory import Register
from disperin.registers.record.models import Part, Record
from disperin.registers.record.reference import is_reference
from disperin.registers.values.beside import Beside
from disperin.registers.values.names import name_column
from disperin.ui.texts import Text

MISSING = "missing"  # the column that names what a record lacks of what is wanted
OF_RECORD = _("The record itself")
MOST_FACTS = 4  # that a table shows before anybody has chosen


@dataclass(frozen=True)
class Column:
    """One column. `field` is that of the form, None for what is worked out or kept beside it."""

    name: str
    label: Text
    section: Text
    column: Any  # of the model; None for `MISSING`
    field: forms.Field | None = None
    sorts: str = ""  # the look-up by which a list can be sorted; "" for none
    path: str = ""  # the look-up of what stands in a row beside the record, of which `column` is

    @property
    def lookup(self) -> str:
        """What is read of each record; "" for nothing."""
        if self.column is None:
            return ""
        if self.path:
            return self.path
        if self.field is not None and (key := getattr(self.field, "to_field_name", None)):
            return f"{self.name}__{key}"
        if self.field is None and self.column.is_relation:
            return f"{self.name}__{name_column(self.column.related_model)}"
        return self.column.attname

    @property
    def is_figure(self) -> bool:
        """Whether its values stand at the right, as figures do."""
        kinds = models.IntegerField | models.DecimalField | models.FloatField
        return isinstance(self.column, kinds) and not self.column.choices

    def orders(self) -> tuple[Order, ...]:
        """The two orders by this column; none where it does not sort."""
        if not self.sorts:
            return ()
        is_named = "__" in self.sorts and not self.path
        is_text = isinstance(self.column, models.CharField) and not self.column.choices or is_named
        by = Lower(self.sorts) if is_text else F(self.sorts)
        return tuple(Order(f"{sign}{self.name}", self.label, by, nullable=self.column.null) for sign in ("", "-"))


@dataclass(frozen=True)
class Kind:
    """What a list is narrowed to, by `text` in addresses: a choice of a column (`business_scale:mikro`), or what an app
    knows of the records of another (`never_helped`).
    """

    text: str
    label: Text
    words: Text
    holds: Q


_offered: dict[type[models.Model], dict[str, Kind]] = {}


def offer_kind(model: type[models.Model], name: str, label: Text, words: Text, holds: Q) -> None:
    """Let the table of a register of a floor below be narrowed so; each app says it in `registers.py`."""
    _offered.setdefault(model, {})[name] = Kind(name, label, words, holds)


def offered_kinds(register: Register) -> list[Kind]:
    """What apps know of these records."""
    return list(_offered.get(register.model, {}).values())


def kind_of(register: Register, text: str) -> Kind | None:
    """What such a text names; None for no column that has choices, none of them, and nothing that an app knows."""
    if text in _offered.get(register.model, {}):
        return _offered[register.model][text]
    name, _colon, value = text.partition(":")
    column = columns_of(register).get(name)
    words = dict(column.column.flatchoices or ()) if column is not None and column.column is not None else {}
    if column is None or value not in words:
        return None
    return Kind(f"{name}:{value}", column.label, words[value], Q(**{name: value}))


@cache
def columns_of(register: Register) -> dict[str, Column]:
    """`{name: Column}` of a register, section by section as in its form, then what the record says of itself."""
    model, form = register.model, register.form
    sections = {name: form.section_titles.get(key) or "" for key, names in form.sections for name in names}
    of_one = capfirst(model._meta.verbose_name or "")
    seen = {*model.audience.public, *model.audience.inside, *model.audience.masked}
    entered = {
        name: _column(model, name, capfirst(field.label or ""), sections.get(name) or of_one, field)
        for name, field in form.base_fields.items()
        if name in seen and not isinstance(model._meta.get_field(name), models.JSONField)
    }
    beside = {
        field.name: _column(model, field.name, capfirst(field.verbose_name), OF_RECORD)
        for field in model._meta.concrete_fields
        if field.name in seen and field.name not in {*entered, "number"} and _is_named(field)
    }
    missing = Column(MISSING, _("Still missing"), OF_RECORD, None)
    kept = {name: _kept_beside(model, name, figure) for name, figure in model.beside_inside.items()}
    return {name: entered[name] for name in _in_order(form, entered)} | {MISSING: missing} | kept | beside


@cache
def first_columns(register: Register) -> tuple[str, ...]:
    """What a table shows before anybody has chosen: what names a record, its first facts, when it was verified."""
    model = register.model
    person = model.likened_by.person if model.likened_by else ""
    facts = [name for name, column in columns_of(register).items() if _is_fact(column)][:MOST_FACTS]
    some = dict.fromkeys((*model.found_by, person, MISSING, *facts, "verified_at"))
    return tuple(name for name in some if name in columns_of(register))


@cache
def title_lookup(model: type[Record]) -> str:
    """The look-up of what a record is called: its own name, or that of the product or record that it is always about.

    That lies where the record lies, so that whoever reaches the one may read the name of the other.
    """
    if own := name_column(model):
        return own
    keys = [field for field in model._meta.concrete_fields if field.is_relation and not field.null]
    leads: dict[str, Any] = {field.name: field.related_model for field in keys}
    parts = (name for name, to in leads.items() if issubclass(to, Part) and name_column(to))
    about = next(parts, model.regency_from)
    return f"{about}__name" if about else "number"


def _is_fact(column: Column) -> bool:
    """Whether a table first shows it: where a record is, what kind it is, the days that it names."""
    of = column.column
    if column.field is None or of is None or column.name == "regency":
        return False
    return bool(of.choices) or isinstance(of, models.DateField) or (of.is_relation and is_reference(of.related_model))


def _in_order(form: Any, entered: dict[str, Column]) -> list[str]:
    placed = [name for _key, names in form.sections for name in names if name in entered]
    return [*placed, *(name for name in entered if name not in placed)]


def _column(model: type[Record], name: str, label: Text, section: Text, field: forms.Field | None = None) -> Column:
    column = model._meta.get_field(name)
    return Column(name, label, section, column, field, _sorting(model, column))


def _kept_beside(model: type[Record], name: str, figure: Beside) -> Column:
    *steps, last = figure.lookup.split("__")
    of: Any = model
    for step in steps:
        of = of._meta.get_field(step).related_model
    return Column(name, figure.label, OF_RECORD, of._meta.get_field(last), sorts=figure.lookup, path=figure.lookup)


def _sorting(model: type[Record], column: Any) -> str:
    """What is personal or masked sorts no list: the value of a page's last row stands in the address of the next."""
    kept = {*model.audience.masked, *(name for group in model.audience.personal for name in group)}
    if column.name in kept - {name_column(model)} or isinstance(
        column, ArrayField | models.BooleanField | models.JSONField
    ):
        return ""
    if column.is_relation:
        called = name_column(column.related_model)
        return f"{column.name}__{called}" if called else ""
    return "" if isinstance(column, models.TextField) else column.attname


def _is_named(column: Any) -> bool:
    """Whether people gave a column its name; the others are kept for the machine."""
    readable = not isinstance(column, models.JSONField | models.TextField)
    return (
        isinstance(column.verbose_name, Promise)
        and readable
        and (not column.is_relation or bool(name_column(column.related_model)))
    )
