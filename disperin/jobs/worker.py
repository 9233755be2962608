"""The job worker: does one task after the other, and takes up what workers that died have left."""

import logging
import os
import time
from types import FrameType

import django_tasks_db.management.commands.db_worker as db_worker
from django.db import Error, connection, transaction
from django.utils.crypto import get_random_string
from django_tasks import DEFAULT_TASK_BACKEND_ALIAS, DEFAULT_TASK_QUEUE_NAME
from django_tasks_db.models import DBTaskResult

from disperin.jobs.locks import be_present
from disperin.jobs.tasks import take_up_left

LOOKS_EVERY = 10  # seconds, for what others have left
logger = logging.getLogger(__name__)


class Worker(db_worker.Worker):
    """The library's worker in one session of the database after the other, under a new name in each.

    No session is opened anew while a task is being done: where the task of a session that has ended is taken up by
    another worker, the first one cannot write any more.
    """

    running: bool
    interval: float

    def __init__(self, *, interval: float = 1, batch: bool = False) -> None:
        """`interval` is how many seconds it sleeps when there is nothing to do; with `batch` it ends instead."""
        super().__init__(
            queue_names=[DEFAULT_TASK_QUEUE_NAME],
            excluded_queue_names=[],
            interval=interval,
            batch=batch,
            backend_name=DEFAULT_TASK_BACKEND_ALIAS,
            startup_delay=False,
            max_tasks=None,
            worker_id="",
        )

    def run(self) -> None:
        """Work until told to end; a database that goes away is waited for."""
        while self.running:
            try:
                self._work_through_a_session()
            except Error as lost:  # of any kind: the driver has many for a connection that breaks
                if self.batch or _answers():
                    raise
                logger.warning("The database does not answer (%s); the worker waits for it.", type(lost).__name__)
                time.sleep(self.interval)

    def shutdown(self, signum: int, frame: FrameType | None) -> None:
        """Told to end, it ends the task at hand first; told twice, it ends as if killed: the task is taken up."""
        if not self.running:
            os._exit(1)
        super().shutdown(signum, frame)

    def _work_through_a_session(self) -> None:
        connection.close()
        self.worker_id = get_random_string(32)
        be_present(self.worker_id)
        looked_at: float = -LOOKS_EVERY
        while self.running:
            if time.monotonic() - looked_at >= LOOKS_EVERY:
                take_up_left()
                looked_at = time.monotonic()
            if task := self._claimed():
                self.run_task(task)
            elif self.batch:
                self.running = False
            elif self.running:
                time.sleep(self.interval)

    @transaction.atomic
    def _claimed(self) -> DBTaskResult | None:
        """The next task, begun under this worker's name, or None."""
        task = DBTaskResult.objects.ready().filter(backend_name=self.backend_name).get_locked()
        if task:
            task.claim(self.worker_id)
        return task


def _answers() -> bool:
    """Does this session still last?"""
    try:
        return connection.is_usable()
    except Error:
        return False
