"""The table of tasks: what is ordered, what a dead worker has left, and what is done long since."""

import contextlib
import datetime
from collections.abc import Callable, Iterator
from typing import Any

from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone
from django_tasks import TaskResultStatus
from django_tasks.base import Task, TaskContext, TaskResult
from django_tasks_db.models import DBTaskResult

from disperin.jobs.locks import place_of, workers_present

MOST_ATTEMPTS = 5  # a task whose workers keep dying is given up: from the fifth on they only tell that
MOST_DEATHS = MOST_ATTEMPTS + 3  # over one task, then it has failed: some may die before they have told
SOON, LATER = datetime.timedelta(seconds=5), datetime.timedelta(minutes=1)
KEPT_FOR = datetime.timedelta(days=30)


class WorkersDied(Exception):
    """So many workers died over this task that no other is to try it."""


def order_later(task: Task, *args: Any, wait: datetime.timedelta = SOON) -> None:
    """Order a task again: another worker is at its subject just now, or something failed that may go better then."""
    task.using(run_after=timezone.now() + wait).enqueue(*args)


def is_ordered(task: Task, *args: Any) -> bool:
    """Is this task waiting, or being done?"""
    return _live(task).filter(args_kwargs__args=list(args)).exists()


def subjects_of(task: Task) -> set[Any]:
    """The first argument of every order of this task that is waiting or being done."""
    return {order["args"][0] for order in _live(task).values_list("args_kwargs", flat=True)}


def order_given_up(task: Task) -> int:
    """Order again whatever of this task has failed and is remembered yet; gives how many. It may be done twice."""
    failed = _of(task).filter(status=TaskResultStatus.FAILED)
    lost = {tuple(order["args"]) for order in failed.values_list("args_kwargs", flat=True)}
    return len([task.enqueue(*arguments) for arguments in sorted(lost) if not is_ordered(task, *arguments)])


@contextlib.contextmanager
def told_if_given_up(context: TaskContext, tell: Callable[[], object]) -> Iterator[None]:
    """Where what is done within breaks, or workers have died over it, `tell` whoever waits for it; the task has failed.

    From `MOST_ATTEMPTS` on no worker tries it any more, so that some are left who can tell. Where telling breaks, too,
    it is ordered again: nobody would hear of it else before the night.
    """
    try:
        if context.attempt >= MOST_ATTEMPTS:
            raise WorkersDied(f"{MOST_ATTEMPTS - 1} workers died over it.")
        yield
    except Exception:
        try:
            tell()
        except Exception:
            _begin_anew(context.task_result)
            raise
        raise


def _begin_anew(broken: TaskResult) -> None:
    """Order it once more in a minute, unless it has failed too often: then it is left to `housekeeping`."""
    failed = _of(broken.task).filter(status=TaskResultStatus.FAILED, args_kwargs__args=list(broken.args))
    if failed.count() < MOST_ATTEMPTS:
        order_later(broken.task, *broken.args, wait=LATER)


@transaction.atomic
def take_up_left() -> int:
    """Let the tasks of workers that are gone be done by others; gives how many.

    The tasks are read before the workers: whoever has begun one was present before.
    """
    running = list(DBTaskResult.objects.running().select_for_update(skip_locked=True).order_by("pk"))
    present = workers_present() if running else set()
    left = [task for task in running if not task.worker_ids or place_of(task.worker_ids[-1]) not in present]
    for task in left:
        if len(task.worker_ids) >= MOST_DEATHS:
            task.set_failed(WorkersDied(f"{len(task.worker_ids)} workers died over it."))
        else:
            task.status = TaskResultStatus.READY
            task.save(update_fields=["status"])
    return len(left)


def forget_done(*, now: datetime.datetime | None = None) -> int:
    """Remove tasks that ended more than 30 days ago; gives how many."""
    ended = DBTaskResult.objects.finished().filter(finished_at__lt=(now or timezone.now()) - KEPT_FOR)
    return ended.delete()[0]


def forget_failures() -> int:
    """Blank what tasks that failed have left of it: PostgreSQL tells whole rows there; gives how many."""
    return DBTaskResult.objects.exclude(traceback="").update(traceback="")


def _live(task: Task) -> QuerySet[DBTaskResult]:
    return _of(task).filter(status__in=[TaskResultStatus.READY, TaskResultStatus.RUNNING])


def _of(task: Task) -> QuerySet[DBTaskResult]:
    return DBTaskResult.objects.filter(task_path=task.module_path)
