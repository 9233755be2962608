"""Every version of a record, as the history library kept it: when, by which submission, and what it held.

A version is one pass through the gate: the row of the record with its parts as they stood then. Rows of one pass share
a context of the history library, which also names the submission and the person.
"""

import datetime
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.db.models import F
from django.forms import ModelChoiceField

from disperin.registers.record.directory import Register
from disperin.registers.record.models import Record
from disperin.registers.record.withholding import Hideable, unveil
from disperin.registers.values.columns import column
from disperin.registers.values.fields import canonical
from disperin.registers.values.terms import Values
from disperin.ui.forms import offered_model

if TYPE_CHECKING:
    from disperin.registers.gate.forms import PartForm
    from disperin.registers.gate.values_form import ValuesForm


class NoSuchVersion(LookupError):
    """The record has no version of this number."""


@dataclass(frozen=True)
class Version:
    """One version: its number, when it began, the submission's number ("" for bulk loads), the person's key or None."""

    number: int
    at: datetime.datetime
    submission: str
    user_id: int | None
    closed_on: datetime.date | None
    closed_reason: str
    event_id: int
    context_ids: frozenset


def versions_of(record: Record) -> list[Version]:
    """Every version of a record as `Version`s, newest first. One query."""
    model = events_of(type(record))
    rows = (
        model.objects.filter(pgh_obj_id=record.pk)
        .order_by("-pgh_id")
        .values(
            "pgh_id",
            "version",
            "pgh_created_at",
            "closed_on",
            "closed_reason",
            "pgh_context_id",
            metadata=F("pgh_context__metadata"),
        )
    )
    versions: dict[int, Version] = {}
    for row in rows:  # the last state that a version had is what it was; it came with its first
        metadata, last = row["metadata"] or {}, versions.get(row["version"])
        versions[row["version"]] = Version(
            row["version"],
            row["pgh_created_at"],
            metadata.get("submission", ""),
            metadata.get("user"),
            last.closed_on if last else row["closed_on"],
            last.closed_reason if last else row["closed_reason"],
            last.event_id if last else row["pgh_id"],
            (last.context_ids if last else frozenset()) | {row["pgh_context_id"]},
        )
    return sorted(versions.values(), key=lambda version: version.number, reverse=True)


def version_of(versions: Iterable[Version], number: int) -> Version:
    """The version of this number among `versions`; raises NoSuchVersion."""
    for version in versions:
        if version.number == number:
            return version
    raise NoSuchVersion(number)


def values_at(register: Register, record: Record, version: Version, versions: Iterable[Version]) -> Values:
    """The canonical values of a record at one of its `versions`, parts as they were then. One query per model."""
    event = events_of(register.model).objects.get(pgh_id=version.event_id)
    unveil(event)
    keys = _natural_keys(register.form, [event])
    values = _values_of(register.form, event, keys)
    later = {key for other in versions if other.number > version.number for key in other.context_ids} - {None}
    for name, part in register.form.parts.items():
        rows = _rows_at(part, record, later)
        keys = _natural_keys(part, rows)
        values[name] = [{"key": str(row.key), **_values_of(part, row, keys)} for row in rows]
    return values


def events_of(model: type[Hideable]) -> Any:
    """The model in which the history library keeps the rows of this one."""
    return model.pgh_event_models["update"]


def _rows_at(part: "type[PartForm]", record: Record, later: set[Any]) -> list[Any]:
    """The open rows of a part as they were before the contexts in `later`, in their order."""
    model = part._meta.model
    events = events_of(model).objects.filter(**{f"{model.parent}_id": record.pk})
    if later:
        events = events.exclude(pgh_context_id__in=later) | events.filter(pgh_context_id=None)
    last = {event.pgh_obj_id: event for event in events.order_by("pgh_id")}
    for event in last.values():
        unveil(event)
    return sorted(
        (event for event in last.values() if event.closed_on is None),
        key=lambda event: (event.position, event.pgh_obj_id),
    )


def _natural_keys(form_class: "type[ValuesForm]", rows: Sequence[Any]) -> dict[str, dict[Any, Any]]:
    """Of references that values keep by another key than the database's: `{field: {pk: key}}`."""
    keys = {}
    for name, field in form_class.base_fields.items():
        to_field = getattr(field, "to_field_name", None)
        if isinstance(field, ModelChoiceField) and to_field:
            wanted = {getattr(row, f"{name}_id") for row in rows} - {None}
            pairs = offered_model(field)._default_manager.filter(pk__in=wanted).values_list("pk", to_field)
            keys[name] = dict(pairs) if wanted else {}
    return keys


def _values_of(form_class: "type[ValuesForm]", row: Any, keys: Mapping[str, Mapping[Any, Any]]) -> Values:
    model = form_class._meta.model
    values = {}
    for name, field in form_class.base_fields.items():
        value = getattr(row, column(model, name).attname)
        values[name] = keys[name].get(value) if name in keys else canonical(field, value)
    return values
