"""What can be done with tasks of every kind: hand things to somebody, take them off again, end what is done."""

import datetime
from collections.abc import Callable, Iterable, Sequence
from typing import Any, TypeVar

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext, override

from disperin.accounts.holdings import DEED
from disperin.accounts.models import User
from disperin.desk.refusals import NotNow, Refused
from disperin.desk.texts import refuse_unfit_texts
from disperin.history.models import record_many
from disperin.notices.actions import mark_done, tell
from disperin.regions.reach import reaches
from disperin.tasks.models import Task
from disperin.ui import formats

NOTE_LENGTH = 250
MOST_NAMED = 50  # things that a notice names
ATask = TypeVar("ATask", bound=Task)


@transaction.atomic
def assign(tasks: Sequence[ATask], *, to: User, due_on: datetime.date, by: User, note: str = "") -> list[ATask]:
    """Store new tasks of one kind, which say what they are about; gives them.

    A thing that somebody has already is taken over. Raises Refused (no right to propose, a thing out of reach),
    ValidationError at to, due_on or note.
    """
    if not by.can_propose:
        raise Refused(_("Your role reads; it does not assign."))
    if not all(reaches(by, task) for task in tasks):
        raise Refused(_("This lies outside your reach."))
    _refuse_wrong_person(to, tasks)
    if due_on < timezone.localdate():
        text = _("This day has passed. Choose today or a later day.")
        raise ValidationError({"due_on": ValidationError(text, "past")})
    refuse_unfit_texts({"note": note}, longest=NOTE_LENGTH)
    if not tasks:
        return []
    model = type(tasks[0])
    things = {task.thing for task in tasks}
    narrowed = {f"{name}__in": {thing[at] for thing in things} for at, name in enumerate(model.about)}
    held = model.objects.unended().filter(**narrowed).select_related("assigned_to")
    end_all([task for task in held if task.thing in things], by=by)
    for task in tasks:
        task.assigned_to, task.assigned_by, task.due_on, task.note = to, by, due_on, note.strip()
    made = model.objects.bulk_create(tasks)
    detail = {"to": to.username, "due_on": due_on.isoformat()}
    record_many([("assign", task, {**detail, **task.detail()}) for task in made], by=by)
    return made


@transaction.atomic
def end_task(task: Task, *, by: User) -> Task:
    """Take a thing off somebody's list, done or not. Raises Refused (no right, out of reach), NotNow (ended)."""
    task = type(task).objects.select_for_update(of=["self"]).select_related("assigned_to").get(pk=task.pk)
    if not by.can_propose:
        raise Refused(_("Your role reads; it does not assign."))
    if not reaches(by, task):
        raise Refused(_("This task lies outside your reach."))
    if task.ended_on is not None:
        raise NotNow(_("This task has ended already."))
    end_all([task], by=by)
    return task


def end_all(tasks: Sequence[Task], *, by: User | None) -> None:
    """End tasks of one kind; `by` is None for the portal itself, which sees that something is done."""
    for task in tasks:
        task.ended_on = timezone.localdate()
    if tasks:
        type(tasks[0]).objects.filter(pk__in=[task.pk for task in tasks]).update(ended_on=timezone.localdate())
        record_many([("end_task", task, {}) for task in tasks], by=by)
        _done_by(type(tasks[0]), (task.assigned_to for task in tasks))


def move_tasks(tasks: QuerySet[Any], place_of: Callable[[Any], str], *, by: User) -> None:
    """Let these tasks (a queryset of one kind) lie where their things lie now, as `place_of` says (the regency's code).

    Whoever does not reach that place sees to it no more: that task ends, and those who had it and gave it are told.
    """
    held = list(tasks.select_for_update(of=["self"]).select_related("assigned_to", "assigned_by").order_by("pk"))
    for task in held:
        task.regency_id = place_of(task)
    tasks.model.objects.bulk_update(held, ["regency"])
    left = [task for task in held if task.ended_on is None and not reaches(task.assigned_to, task)]
    end_all(left, by=None)
    for person in {task.assigned_to for task in left} | {task.assigned_by for task in left}:
        if person != by:
            _tell_moved(person, [task for task in left if person in (task.assigned_to, task.assigned_by)])


def _tell_moved(person: User, tasks: Sequence[Any]) -> None:
    with override(person.language):
        number = len(tasks)
        title = ngettext(
            "%(number)d task has ended: what it is about moved to another regency",
            "%(number)d tasks have ended: what they are about moved to another regency",
            number,
        ) % {"number": number}
        text = _("Where it is still to be done, it is to be handed to somebody there:")
        body = "\n".join([text, *(f"- {task}" for task in tasks[:MOST_NAMED])])
        tell(person, title=title, body=body, path=tasks[0].own_path())


def hand_on_tasks(tasks: QuerySet[Any], *, to: User, by: User, told: dict[str, Any]) -> None:
    """Let `to` see to these things (a queryset of tasks of one kind); each keeps its day."""
    held = list(tasks.select_for_update(of=["self"]).select_related("assigned_to").order_by("pk"))
    tasks.model.objects.filter(pk__in=[task.pk for task in held]).update(assigned_to=to)
    record_many([(DEED, task, told) for task in held], by=by)
    _done_by(tasks.model, (task.assigned_to for task in held))


def tell_assigned(tasks: Sequence[Task], title: Callable[[], str], names: Sequence[str], *, by: User) -> None:
    """Tell whoever has these new tasks of it, unless it was they who asked; `title` is asked in their language."""
    first = tasks[0]
    if first.assigned_to == by:
        return
    with override(first.assigned_to.language):
        asked = _("%(who)s asks you to see to this by %(day)s:") % {"who": by, "day": formats.day(first.due_on)}
        body = "\n".join([asked, *(f"- {name}" for name in names[:MOST_NAMED])])
        tell(first.assigned_to, title=title(), body=body, path=first.own_path())


def _done_by(model: type[Task], people: Iterable[User]) -> None:
    """Whoever has nothing of this kind to see to any more needs no notice of it."""
    people = {*people}
    busy = {*model.objects.unended().filter(assigned_to__in=people).values_list("assigned_to", flat=True)}
    for person in people:
        if person.pk not in busy:
            mark_done(model.own_path(), of=person)


def _refuse_wrong_person(to: User, tasks: Sequence[Task]) -> None:
    params = {"person": to}
    if not to.is_active:
        text = _("The account of %(person)s is suspended. Choose somebody else.")
        raise ValidationError({"to": ValidationError(text, "suspended", params)})
    if not to.can_propose:
        text = _("%(person)s cannot work on proposals. Choose an officer or a verifier.")
        raise ValidationError({"to": ValidationError(text, "role", params)})
    outside = next((task for task in tasks if not reaches(to, task)), None)
    if outside:
        text = _("“%(thing)s” lies outside the reach of %(person)s. Choose somebody of its regency.")
        raise ValidationError({"to": ValidationError(text, "out_of_reach", params | {"thing": outside})})
