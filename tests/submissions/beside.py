"""Two transactions at the same time, one beside the other."""

import time
from concurrent.futures import ThreadPoolExecutor

from django.db import connection, connections, transaction

from tests.clock import PATIENCE


def beside(first, second, then=lambda: None):
    """Do `first` in a transaction; before it ends, `second` on another connection has ended, or waits for it.

    `then` is done in the transaction of `first` while `second` waits.
    """

    def do():
        try:
            return second()
        finally:
            connections.close_all()

    with ThreadPoolExecutor(1) as pool:
        with transaction.atomic():
            first()
            doing, until = pool.submit(do), time.monotonic() + PATIENCE
            while not (doing.done() or waits_for_us()) and time.monotonic() < until:
                time.sleep(0.01)
            then()
        return doing.result(PATIENCE)


def waits_for_us():
    """Is any session waiting for what this one holds?"""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT count(*) FROM pg_locks WHERE NOT granted AND pg_backend_pid() = ANY(pg_blocking_pids(pid))"
        )
        return cursor.fetchone()[0] > 0
