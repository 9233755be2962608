"""What submissions are called: their titles are set anew once something that they are called by is hidden or shown."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from contextlib import suppress
from copy import copy
from itertools import groupby, product
from operator import attrgetter
from typing import Any, cast

from django.apps import apps
from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Case, F, Q, When
from django.urls import reverse
from django_tasks import task

from disperin.jobs.locks import alone
from disperin.jobs.tasks import order_later
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

MOST = 500  # submissions that are called otherwise while somebody waits, and in one transaction of a job


def hold_called_by(model: type[Hideable], keys: Iterable[Any]) -> list[int]:
    """The keys of all submissions of a record that is, was or would be called by one of these rows, or a row of theirs.

    They are held until the transaction ends.
    """
    held = Submission.objects.select_for_update(of=["self"], no_key=True).filter(pk__in=_called_by(model, keys))
    return list(held.order_by("pk").values_list("pk", flat=True))


def _called_by(model: type[Hideable], keys: Iterable[Any]) -> set[int]:
    called = set()
    for other, name in named_by(model):
        if issubclass(other, Part) and name in (other.parent, *other.called_by):
            called |= _called_by(other, other._base_manager.filter(**{f"{name}__in": keys}).values("pk"))
        elif name in other.called_by:
            called |= _naming(directory.of(other), name, model, keys)
    return called


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


def call_anew(rows: Sequence[Hideable], keys: Sequence[int]) -> None:
    """Give these submissions (`hold_called_by` the rows) the titles that they would be given now, and their notices.

    Where they are many, a job does, and until then each is called by its number: a hidden name is in no title from the
    first moment on, and in no notice once that is done. What was not called yet stays so.
    """
    if len(keys) <= MOST:
        _call_anew(keys)
        return
    called = Submission.objects.filter(pk__in=keys).exclude(title="")
    called.update(title=Case(When(record_number="", then=F("number")), default=F("record_number")))
    for row in rows:
        call_submissions.enqueue(row._meta.label_lower, row.pk)


@task()
def call_submissions(label: str, key: int) -> None:
    """Call the submissions that are called by this row what they would be called now, some in each transaction."""
    model = apps.get_model(label)
    with alone("called", label, key) as mine:
        if not mine:
            order_later(call_submissions, label, key)
            return
        keys = sorted(_called_by(model, [key]))
        for at in range(0, len(keys), MOST):
            with transaction.atomic():
                held = Submission.objects.select_for_update(of=["self"], no_key=True).filter(
                    pk__in=keys[at : at + MOST]
                )
                _call_anew(list(held.order_by("pk").values_list("pk", flat=True)))


def _call_anew(keys: Sequence[int]) -> None:
    """A few queries for each register and each row by which these are called, however many they are."""
    called = list(Submission.objects.filter(pk__in=keys).exclude(title="").order_by("register", "pk"))
    rounds = defaultdict(list)
    for pk, values in SubmissionRound.objects.filter(submission__in=called).values_list("submission", "values"):
        rounds[pk].append(values)
    before = {submission.pk: submission.title for submission in called}
    renamed: dict[str, list[tuple[str, str]]] = {}
    for slug, some in groupby(called, attrgetter("register")):
        submissions, naming = list(some), _Naming(directory.get(slug))
        states = {
            submission.pk: [submission.base, submission.values, *rounds[submission.pk]] for submission in submissions
        }
        naming.look_up(values for said in states.values() for values in said)
        naming.call(submissions)
        for submission in submissions:
            titles = {before[submission.pk]: submission.title, **naming.titles(states[submission.pk])}
            path = reverse("submissions:detail", args=[submission.number])
            renamed[path] = [(old, new) for old, new in titles.items() if old != new and not NUMBER.fullmatch(old)]
    Submission.objects.bulk_update(called, ["title"])
    call_otherwise({path: titles for path, titles in renamed.items() if titles})


class _Naming:
    """What submissions of one register name, found for all of them at once."""

    def __init__(self, register: Register) -> None:
        self.model = register.model
        self.fields = {name: copy(cast(Reference, register.form.base_fields[name])) for name in self.model.called_by}
        self.spelled: dict[tuple[Any, Any], list[Any]] = {}

    def look_up(self, said: Iterable[Values]) -> None:
        """Find what all of these values name; one query for each field."""
        states = list(said)
        for name, field in self.fields.items():
            field.look_up(values.get(name) for values in states)

    def call(self, submissions: Sequence[Submission]) -> None:
        """Give each the title that it would be given now."""
        records = self.model._base_manager.select_related(*self.model.called_by).in_bulk(
            [submission.record_id for submission in submissions]
        )
        for submission in submissions:
            record: Any = records.get(submission.record_id, "")
            if submission.is_about_content:
                with suppress(ValidationError):  # what is not known is called by nothing: as its record, if any
                    record = self.model(**self._named(submission.values))
            submission.title = kept_name(record)

    def titles(self, said: Iterable[Values]) -> dict[str, str]:
        """`{what it was or would be called: what it is called now}` by what any of these name, however spelled then.

        What is not hidden any more goes by its number only where it went by that.
        """
        titles = {}
        for values in said:
            with suppress(ValidationError):
                named = self._named(values)
                for spelling in product(*map(self._spelled, named.values())):
                    then = self.model(**dict(zip(named, spelling, strict=True)))
                    titles[kept_name(then)] = kept_name(self.model(**named))
        return titles

    def _named(self, values: Values) -> dict[str, Any]:
        return {name: field.to_python(values.get(name)) for name, field in self.fields.items()}

    def _spelled(self, row: Any) -> list[Any]:
        key = (type(row), getattr(row, "pk", None))
        if key not in self.spelled:
            self.spelled[key] = _spellings(row)
        return self.spelled[key]


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
