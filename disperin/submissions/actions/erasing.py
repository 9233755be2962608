"""Submissions of a record say of a person no more than the record says now."""

from collections.abc import Iterable, Mapping
from typing import Any

from django.db.models import F

from disperin.registers.hiding.hidden import part_and_field
from disperin.registers.models import Record
from disperin.registers.record.directory import Register
from disperin.registers.values.changes import differences, same
from disperin.registers.values.terms import Path, Values
from disperin.submissions.models import Submission
from disperin.submissions.workflow import OPEN

Erased = Mapping[str, tuple[str, ...]]  # part ("" the record) -> fields


def hold_submissions(register: Register, record: Record) -> list[Submission]:
    """Every submission of a record, held until the transaction ends: verbs hold them before their record."""
    submissions = Submission.objects.of_record(register.slug, record.pk)
    return list(submissions.select_for_update(of=["self"]).order_by("pk"))


def blank_submissions(submissions: Iterable[Submission], erased: Erased, now: Values, *, title: str = "") -> None:
    """Blank what is `erased` (`{part: fields}`, "" the record) in submissions and their rounds, unless it is said now.

    `now` are the canonical values of the record; `title` is what they are called from now on, "" for as before.
    """
    for submission in submissions:
        form_class = submission.form_class
        for values in (submission.values, submission.base):
            _blank(values, erased, now)
        submission.typed = {path: text for path, text in submission.typed.items() if not _is_erased(path, erased)}
        submission.fields_changed = [
            change.path for change in differences(submission.base, submission.values, form_class.parts)
        ][:500]
        submission.title = title or submission.title
        submission.save(update_fields=["values", "base", "typed", "fields_changed", "title"])
        for round_of in submission.rounds.all():
            _blank(round_of.values, erased, now)
            round_of.save(update_fields=["values"])
    begun = Submission.objects.filter(pk__in=[submission.pk for submission in submissions], status__in=OPEN)
    begun.update(revision=F("revision") + 1)  # so that no page which is open brings it back


def _blank(values: Values, erased: Erased, now: Values) -> None:
    for part, fields in erased.items():
        if not part:
            _blank_in(values, fields, now)
            continue
        known = {row["key"]: row for row in now.get(part) or []}
        for row in values.get(part) or []:
            _blank_in(row, fields, known.get(row["key"], {}))


def _blank_in(values: Values, fields: Iterable[str], now: Values) -> None:
    for name in fields:
        if name in values and not same(values[name], now.get(name)):
            values[name] = _empty(values[name])


def _empty(value: Any) -> Any:
    if isinstance(value, bool):
        return False
    return [] if isinstance(value, list) else "" if isinstance(value, str) else None


def _is_erased(path: Path, erased: Erased) -> bool:
    part, field = part_and_field(path)
    return field in erased.get(part, ())
