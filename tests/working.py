"""The tests' queue of tasks: orders as the portal does, and works as its job worker does."""

import contextlib
from functools import partial

from django.db import connection, transaction
from django_tasks_db.backend import DatabaseBackend
from django_tasks_db.models import DBTaskResult

from disperin.jobs import locks
from disperin.jobs.tasks import take_up_left
from disperin.jobs.worker import Worker


@contextlib.contextmanager
def a_worker_present(name="a worker"):
    """A worker in the test's own session, which outlasts the test."""
    locks.be_present(name)
    try:
        yield
    finally:
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_unlock_all()")


class WorksOnceThrough(DatabaseBackend):
    """What is ordered is done, in this process, as soon as its transaction is through; in a test's own it never is.

    A test that wants it done asks for it (`django_capture_on_commit_callbacks(execute=True)`).
    """

    def enqueue(self, task, args, kwargs):
        ordered = super().enqueue(task, args, kwargs)
        transaction.on_commit(partial(do, ordered.id))
        return ordered


def do(key):
    """Do one task, if its time has come."""
    task = DBTaskResult.objects.ready().filter(pk=key).first()
    if task:
        task.claim("tests")
        Worker().run_task(task)


def died_just_then(times=1):
    """The worker that did all of this died before it could say so, as others had before: it is done again."""
    DBTaskResult.objects.update(status="RUNNING", worker_ids=["dead"] * times, finished_at=None)


def work():
    """Do all that is ordered for now, as a worker that has just begun."""
    take_up_left()
    while task := DBTaskResult.objects.ready().first():
        do(task.pk)
