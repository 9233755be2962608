"""What records of a register can lack: every field that may be left empty, and every part that may have no rows."""

from collections.abc import Collection, Iterator
from dataclasses import dataclass
from functools import cache
from typing import Any

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Case, Exists, OuterRef, Q, Value, When
from django.utils.text import capfirst, format_lazy

from disperin.registers.record.directory import Register
from disperin.registers.record.models import Part, Record
from disperin.registers.values.wanted_fields import Wanted
from disperin.ui.texts import Text


@dataclass(frozen=True)
class Lack:
    """A thing that can be missing: its name in addresses (`nib`, `products`, `products.brand`), and what says so."""

    name: str
    field: Text
    part: Text  # what the rows are called that lack it; "" for the record itself
    is_missing: Q

    @property
    def label(self) -> Text:
        """What is missing, in words."""
        return format_lazy("{} ({})", self.field, self.part) if self.part else self.field


@cache
def lacks_of(register: Register) -> dict[str, Lack]:
    """`{name: Lack}` of everything that a record of this register can lack, in the order of its form."""
    form = register.form
    own = {
        name: _lack(name, capfirst(field.label or ""), "", _empty(register.model, name), form.wanted.get(name))
        for name, field in form.base_fields.items()
        if _may_be_empty(register.model, name)
    }
    return own | {lack.name: lack for part in form.parts for lack in _of_part(register, part)}


@cache
def wanted_of(register: Register) -> tuple[Lack, ...]:
    """What the office goes after where it is missing, as the form says; nothing said: every field of the record."""
    known = lacks_of(register)
    return tuple(
        known[name] for name in register.form.wanted or [name for name, lack in known.items() if not lack.part]
    )


def lacked(register: Register, keys: Collection[int]) -> dict[int, list[Lack]]:
    """`{key: [Lack]}`: what records lack of that which is wanted. One query."""
    wanted = wanted_of(register)
    if not keys or not wanted:
        return {}
    cases = [Case(When(lack.is_missing, then=Value(True)), default=Value(False)) for lack in wanted]
    rows = register.model.objects.filter(pk__in=keys).values_list("pk", *cases)
    return {key: [lack for lack, missing in zip(wanted, some, strict=True) if missing] for key, *some in rows}


def _lack(name: str, field: Text, part: Text, is_missing: Q, wanted: Wanted | None) -> Lack:
    own = wanted.label if wanted else ""
    return Lack(name, own or field, "" if own else part, is_missing)


def _of_part(register: Register, name: str) -> Iterator[Lack]:
    """That a record has no row of the part, and that rows which are in use lack one of its fields."""
    form, wanted = register.form.parts[name], register.form.wanted
    model: type[Part] = form._meta.model
    rows = model._default_manager.filter(model.in_use, **{model.parent: OuterRef("pk")})
    called = capfirst(model._meta.verbose_name_plural or "")
    yield _lack(name, called, "", Q(~Exists(rows)), wanted.get(name))
    for field_name, field in form.base_fields.items():
        if _may_be_empty(model, field_name):
            path = f"{name}.{field_name}"
            asked = wanted.get(path) or Wanted()
            lacking = rows.filter(asked.of, _empty(model, field_name))
            yield _lack(path, capfirst(field.label or ""), called, Q(Exists(lacking)), asked)


def _may_be_empty(model: type[Record] | type[Part], name: str) -> bool:
    column: Any = model._meta.get_field(name)
    return (column.blank or column.null) and not isinstance(column, models.BooleanField)


def _empty(model: type[Record] | type[Part], name: str) -> Q:
    """That a column holds nothing, and nothing that is hidden from the public either."""
    column: Any = model._meta.get_field(name)
    nothing = Q()
    if column.null:
        nothing |= Q(**{f"{name}__isnull": True})
    if isinstance(column, ArrayField):
        nothing |= Q(**{name: []})
    elif isinstance(column, models.CharField | models.TextField):
        nothing |= Q(**{name: ""})
    return nothing & ~Q(withheld__has_key=name) if name in model.audience.public else nothing
