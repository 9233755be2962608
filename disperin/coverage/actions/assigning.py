"""Hand lines of a list to somebody, and take off what has become clear."""

import datetime

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import QuerySet
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from disperin.accounts.models import User
from disperin.coverage.models import OutsideLine, OutsideList, OutsideTask
from disperin.coverage.rules import Outcome
from disperin.regions.reach import reaches
from disperin.tasks import actions as tasks

MOST = 500  # lines that are handed to somebody at one time


@transaction.atomic
def assign_lines(
    lines: QuerySet[OutsideLine], *, to: User, due_on: datetime.date, by: User, note: str = ""
) -> list[OutsideTask]:
    """Ask `to` to see to these lines (a queryset within the reach of `by`) by a day; gives the new tasks.

    Raises as of every task, and ValidationError where there are none, or too many.
    """
    chosen = list(lines.select_for_update(of=["self"]).order_by("pk")[: MOST + 1])
    if len(chosen) > MOST:
        values = {"most": MOST}
        raise ValidationError(_("At most %(most)s lines go to somebody at one time. Narrow the list."), "many", values)
    if not chosen:
        raise ValidationError(_("Choose at least one line."), "required")
    made = [OutsideTask(line=line, regency_id=line.regency_id) for line in chosen]
    stored = tasks.assign(made, to=to, due_on=due_on, by=by, note=note)

    def title() -> str:
        text = ngettext(
            "List of another office: %(number)d line", "List of another office: %(number)d lines", len(chosen)
        )
        return text % {"number": len(chosen)}

    tasks.tell_assigned(stored, title, [str(line) for line in chosen], by=by)
    return stored


def end_settled(outside_list: OutsideList) -> None:
    """End the tasks of lines that were found, and contradict nothing any more."""
    waiting = OutsideTask.objects.unended().filter(line__outside_list=outside_list, line__outcome=Outcome.FOUND)
    tasks.end_all(list(waiting.select_related("assigned_to", "line")), by=None)


def take_tasks_along(outside_list: OutsideList) -> None:
    """Let open tasks lie where their lines lie now; one of somebody who does not reach that place ends."""
    waiting = OutsideTask.objects.unended().filter(line__outside_list=outside_list)
    held = waiting.select_related("assigned_to", "line")
    moved = [task for task in held if task.regency_id != task.line.regency_id]
    for task in moved:
        task.regency_id = task.line.regency_id
    OutsideTask.objects.bulk_update(moved, ["regency"])
    tasks.end_all([task for task in moved if not reaches(task.assigned_to, task)], by=None)


@transaction.atomic
def drop(lines: QuerySet[OutsideLine], *, by: User | None) -> None:
    """Take lines away with their tasks, of which the history says that they ended."""
    held = OutsideTask.objects.filter(line__in=lines)
    tasks.end_all(list(held.unended().select_related("assigned_to", "line")), by=by)
    held.delete()
    lines._raw_delete("default")
