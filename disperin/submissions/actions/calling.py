"""What submissions are called: their titles are set anew once something that they are called by is hidden or shown."""

from collections.abc import Iterable, Sequence
from contextlib import suppress
from copy import copy
from itertools import groupby
from operator import attrgetter
from typing import Any, cast

from django.core.exceptions import ValidationError
from django.db.models import Q
from django.urls import reverse

from disperin.notices.actions import call_otherwise
from disperin.registers.models import Part
from disperin.registers.record import directory
from disperin.registers.record.directory import Register
from disperin.registers.record.names import kept_name
from disperin.registers.record.numbers import NUMBER
from disperin.registers.record.withholding import Hideable, named_by
from disperin.registers.values.fields import Reference
from disperin.submissions.models import Submission, SubmissionRound


def submissions_called_by(model: type[Hideable], keys: Iterable[Any]) -> list[Submission]:
    """Every submission of a record that is, was or would be called by one of these rows, or by a row of theirs.

    They are held until the transaction ends.
    """
    found = set()
    for other, name in named_by(model):
        if issubclass(other, Part) and name in (other.parent, *other.called_by):
            rows = other._base_manager.filter(**{f"{name}__in": keys})
            found |= {one.pk for one in submissions_called_by(other, rows.values("pk"))}
        elif name in other.called_by:
            found |= _naming(directory.of(other), name, model, keys)
    held = Submission.objects.select_for_update(of=["self"], no_key=True).filter(pk__in=found)
    return list(held.order_by("pk")) if found else []


def _naming(register: Register, name: str, model: type[Hideable], keys: Iterable[Any]) -> set[int]:
    key = cast(Reference, register.form.base_fields[name]).key_name
    named = [str(one) for one in model._base_manager.filter(pk__in=keys).values_list(key, flat=True)]
    of_register = Submission.objects.filter(register=register.slug)
    earlier = SubmissionRound.objects.filter(submission__register=register.slug, **{f"values__{name}__in": named})
    naming = of_register.filter(
        Q(**{f"values__{name}__in": named}) | Q(**{f"base__{name}__in": named}) | Q(pk__in=earlier.values("submission"))
    )
    told = list(naming.values_list("pk", "record_id"))
    records = {record for _pk, record in told if record}
    records |= set(register.model._base_manager.filter(**{f"{name}__in": keys}).values_list("pk", flat=True))
    of_them = of_register.filter(record_id__in=records).values_list("pk", flat=True)
    return {pk for pk, _record in told} | set(of_them)


def call_anew(submissions: Sequence[Submission]) -> None:
    """Give these the titles that they would be given now; what was not called yet stays so."""
    called = [one for one in submissions if one.title]
    before = {one.pk: one.title for one in called}
    for slug, some in groupby(sorted(called, key=attrgetter("register")), attrgetter("register")):
        _call(directory.get(slug), list(some))
    Submission.objects.bulk_update(called, ["title"])
    for one in called:
        if one.title != before[one.pk] and not NUMBER.fullmatch(before[one.pk]):
            call_otherwise(reverse("submissions:detail", args=[one.number]), before[one.pk], one.title)


def _call(register: Register, submissions: Sequence[Submission]) -> None:
    model = register.model
    fields = {name: copy(cast(Reference, register.form.base_fields[name])) for name in model.called_by}
    for name, field in fields.items():
        field.look_up(one.values.get(name) for one in submissions)
    records = model._base_manager.select_related(*model.called_by).in_bulk([one.record_id for one in submissions])
    for one in submissions:
        record = records.get(one.record_id, "")
        if one.is_about_content:
            with suppress(ValidationError):  # what is not known is called by nothing: as its record, if there is one
                record = model(**{name: field.to_python(one.values.get(name)) for name, field in fields.items()})
        one.title = kept_name(record)
