"""Blank what a record and its versions hold of a person.

Versions are append-only for everybody, and the database sees to it. This is the one hole in that guard, for the verb
that a person's right to erasure asks for (`disperin/erasure/actions.py`) and for nothing else.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

import pgtrigger
from django.db.models import BooleanField, DateField, Field
from django.utils.text import capfirst

from disperin.registers.record.directory import Register
from disperin.registers.record.withholding import Hideable, kept_value, nothing_of
from disperin.registers.values.columns import column
from disperin.registers.values.terms import Path


@dataclass(frozen=True)
class Personal:
    """What is erased together: the fields of a record, or of every row of one of its parts."""

    part: str
    fields: tuple[str, ...]
    label: str

    @property
    def path(self) -> Path:
        """How a choice names it, such as `phone` or `documents.file`."""
        return f"{self.part}.{self.fields[0]}" if self.part else self.fields[0]


def personal_of(register: Register) -> Iterator[Personal]:
    """Every Personal of a register, in the order in which its models say them."""
    for part, form in {"": register.form, **register.form.parts}.items():
        meta = form._meta.model._meta
        for fields in form._meta.model.audience.personal:
            entered = [meta.get_field(name) for name in fields if name in form.base_fields]
            columns = [
                column for column in entered if not isinstance(column, BooleanField | DateField)
            ]  # without consents
            label = ", ".join(str(column.verbose_name) for column in columns)
            yield Personal(part, fields, capfirst(f"{meta.verbose_name}: {label}" if part else label))


def blank(row: Hideable, fields: Iterable[str]) -> list[tuple[Field, Any]]:
    """Empty these fields of a record or row, what is withheld of them too; gives `[(field, value)]` of what is gone."""
    gone = []
    for name in fields:
        field, value = column(row, name), _now(row, name)
        row.withheld.pop(name, None)
        setattr(row, field.attname, nothing_of(row, field))
        gone += [(field, value)] if value != nothing_of(row, field) else []
    return gone


def blank_versions(row: Hideable, fields: Iterable[str]) -> list[tuple[Field, Any]]:
    """Empty these fields in every version of a record or row, but where they say what it says now; gives as `blank`."""
    events, gone = row.pgh_event_models["update"], []
    for event in events.objects.filter(pgh_obj_id=row.pk).order_by("pgh_id"):
        changed: dict[str, Any] = {}
        for name in fields:
            field, value = column(row, name), _now(event, name)
            if value in (nothing_of(row, field), _now(row, name)):
                continue
            gone.append((field, value))
            if name in event.withheld:
                changed["withheld"] = event.withheld = {
                    key: held for key, held in event.withheld.items() if key != name
                }
            else:
                changed[field.attname] = nothing_of(row, field)
        if "name" in fields and getattr(event, "search_text", "") != getattr(row, "search_text", ""):
            changed["search_text"] = ""
        if changed:
            with pgtrigger.ignore(f"{events._meta.label}:append_only"):
                events.objects.filter(pk=event.pk).update(**changed)
    return gone


def _now(row: Any, name: str) -> Any:
    """What a record, a row or a version of one says for the office."""
    if name in row.withheld:
        return kept_value(row, name, row.withheld[name])
    return getattr(row, column(row, name).attname)
