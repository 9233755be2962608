"""What submissions are called: their titles are set anew once something that they are called by is hidden or shown."""

from collections.abc import Iterable, Sequence
from contextlib import suppress
from copy import copy
from itertools import groupby, product
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
from disperin.registers.record.versions import events_of
from disperin.registers.record.withholding import Hideable, named_by, unveil
from disperin.registers.values.fields import Reference
from disperin.registers.values.terms import Values
from disperin.submissions.models import Submission, SubmissionRound


def submissions_called_by(model: type[Hideable], keys: Iterable[Any]) -> list[Submission]:
    """Every submission of a record that is, was or would be called by one of these rows, or by a row of theirs.

    They are held until the transaction ends.
    """
    submission_pks = set()
    for other, name in named_by(model):
        if issubclass(other, Part) and name in (other.parent, *other.called_by):
            rows = other._base_manager.filter(**{f"{name}__in": keys})
            submission_pks |= {submission.pk for submission in submissions_called_by(other, rows.values("pk"))}
        elif name in other.called_by:
            submission_pks |= _naming(directory.of(other), name, model, keys)
    held = Submission.objects.select_for_update(of=["self"], no_key=True).filter(pk__in=submission_pks)
    return list(held.order_by("pk")) if submission_pks else []


def _naming(register: Register, name: str, model: type[Hideable], keys: Iterable[Any]) -> set[int]:
    key = cast(Reference, register.form.base_fields[name]).key_name
    named = [str(value) for value in model._base_manager.filter(pk__in=keys).values_list(key, flat=True)]
    of_register = Submission.objects.filter(register=register.slug)
    earlier = SubmissionRound.objects.filter(submission__register=register.slug, **{f"values__{name}__in": named})
    naming = of_register.filter(
        Q(**{f"values__{name}__in": named}) | Q(**{f"base__{name}__in": named}) | Q(pk__in=earlier.values("submission"))
    )
    pairs = list(naming.values_list("pk", "record_id"))
    records = {record for _pk, record in pairs if record}
    records |= set(register.model._base_manager.filter(**{f"{name}__in": keys}).values_list("pk", flat=True))
    of_them = of_register.filter(record_id__in=records).values_list("pk", flat=True)
    return {pk for pk, _record in pairs} | set(of_them)


def call_anew(submissions: Sequence[Submission]) -> None:
    """Give these the titles that they would be given now; what was not called yet stays so."""
    called = [submission for submission in submissions if submission.title]
    before = {submission.pk: submission.title for submission in called}
    for slug, some in groupby(sorted(called, key=attrgetter("register")), attrgetter("register")):
        _call(directory.get(slug), list(some))
    Submission.objects.bulk_update(called, ["title"])
    for submission in called:
        path = reverse("submissions:detail", args=[submission.number])
        for old, new in {before[submission.pk]: submission.title, **_earlier_titles(submission)}.items():
            if old != new and not NUMBER.fullmatch(old):
                call_otherwise(path, old, new)


def _earlier_titles(submission: Submission) -> dict[str, str]:
    """`{what it was or would be called: what it is called now}` by what any of its rounds named, however spelled then.

    What is not hidden any more goes by its number only where it went by that.
    """
    titles = {}
    model = submission.target.model
    rounds = submission.rounds.values_list("values", flat=True)
    for values in (submission.base, submission.values, *rounds):
        with suppress(ValidationError):
            named = _named_in(submission.target, values)
            spelled = [_spellings(row) for row in named.values()]
            for spelling in product(*spelled):
                titles[kept_name(model(**dict(zip(named, spelling, strict=True))))] = kept_name(model(**named))
    return titles


def _named_in(register: Register, values: Values) -> dict[str, Any]:
    form = register.form
    return {name: form.base_fields[name].to_python(values.get(name)) for name in register.model.called_by}


def _spellings(row: Any) -> list[Any]:
    """A row (or None), as each of its versions called it; for one that is shown, only as it was called while hidden."""
    if row is None:
        return [None]
    if not row.hidden:
        hidden = copy(row)
        hidden.hidden = True
        return [row, hidden]
    versions = []
    names = [field.attname for field in row._meta.concrete_fields]
    for event in events_of(type(row)).objects.filter(pgh_obj_id=row.pk).order_by("pgh_id"):
        unveil(event)
        then = type(row)(**{name: getattr(event, name) for name in names})
        then.hidden = False
        above = [_spellings(getattr(then, name)) for name in type(row).called_by]
        for spelling in product(*above):
            for name, value in zip(type(row).called_by, spelling, strict=True):
                setattr(then, name, value)
            versions.append(copy(then))
    return [row, *{str(version): version for version in versions}.values()]


def _call(register: Register, submissions: Sequence[Submission]) -> None:
    model = register.model
    fields = {name: copy(cast(Reference, register.form.base_fields[name])) for name in model.called_by}
    for name, field in fields.items():
        field.look_up(submission.values.get(name) for submission in submissions)
    records = model._base_manager.select_related(*model.called_by).in_bulk(
        [submission.record_id for submission in submissions]
    )
    for submission in submissions:
        record = records.get(submission.record_id, "")
        if submission.is_about_content:
            with suppress(ValidationError):  # what is not known is called by nothing: as its record, if there is one
                record = model(**{name: field.to_python(submission.values.get(name)) for name, field in fields.items()})
        submission.title = kept_name(record)
