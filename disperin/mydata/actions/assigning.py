"""Hand what records lack to somebody, and see when it is there."""

import datetime
from collections.abc import Sequence
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from disperin.accounts.models import User
from disperin.mydata.models import LackTask
from disperin.registers.lists.lacks import Lack, lacks_of
from disperin.registers.models import RecordQuerySet
from disperin.registers.record.directory import Register
from disperin.registers.record.models import Record
from disperin.tasks import actions as tasks

MOST = 500  # records that are handed to somebody at one time


@transaction.atomic
def assign_lacks(
    register: Register,
    lacks: Sequence[Lack],
    records: RecordQuerySet,
    *,
    to: User,
    due_on: datetime.date,
    by: User,
    note: str = "",
) -> list[LackTask]:
    """Ask `to` to see to it by a day that these records (a queryset of open ones) get what they lack of `lacks`.

    Records that have it are passed over. Gives the new tasks, one for each record and lack. Raises as of every task,
    and ValidationError where nothing is left to be done, or too much.
    """
    made: list[LackTask] = []
    keys = [*records.order_by().values_list("pk", flat=True)[: MOST + 1]]
    if len(keys) > MOST:
        params = {"most": MOST}
        raise ValidationError(
            _("At most %(most)s records go to somebody at one time. Narrow the list."), "many", params
        )
    # two people at once: the second takes over from the first; all in one order, so that neither waits for the other
    held = register.model.objects.select_for_update(of=["self"]).filter(pk__in=keys).order_by("pk")
    keys = [*held.values_list("pk", flat=True)]
    for lack in lacks:
        lacking = register.model.objects.unclosed().filter(lack.is_missing, pk__in=keys).order_by("pk")
        made += [
            LackTask(register=register.slug, record_id=key, record_number=number, regency_id=regency, lack=lack.name)
            for key, number, regency in lacking.values_list("pk", "number", "regency")
        ]
    if not made:
        raise ValidationError(_("Choose at least one record that lacks it."), "required")
    stored = tasks.assign(made, to=to, due_on=due_on, by=by, note=note)

    def title() -> str:
        text = ngettext("%(number)d thing to complete", "%(number)d things to complete", len(stored))
        return text % {"number": len(stored)}

    tasks.tell_assigned(stored, title, [str(task) for task in stored], by=by)
    return stored


def end_mended(register: Register, records: Sequence[Record]) -> None:
    """End the tasks of records that were just stored, and closed, or do not lack it any more. One query if none has."""
    keys = [record.pk for record in records]
    tasks_of_them = LackTask.objects.unended().filter(register=register.slug, record_id__in=keys)
    there = list(tasks_of_them.values_list("pk", flat=True))
    if not there:  # seldom any: the wide rows are read only then
        return
    held = list(tasks_of_them.filter(pk__in=there).select_related("assigned_to"))
    known = lacks_of(register)
    lacking: dict[str, set[Any]] = {}
    for name in {task.lack for task in held} & known.keys():
        incomplete = register.model.objects.unclosed().filter(known[name].is_missing, pk__in=keys)
        lacking[name] = {*incomplete.values_list("pk", flat=True)}
    tasks.end_all([task for task in held if task.record_id not in lacking.get(task.lack, ())], by=None)


def move_lacks(register: Register, records: Sequence[Record], by: User) -> None:
    """Let the tasks about these records lie where they lie now."""
    places = {record.pk: record.regency_id for record in records}
    held = LackTask.objects.filter(register=register.slug, record_id__in=places)
    tasks.move_tasks(held, lambda task: places[task.record_id], by=by)
