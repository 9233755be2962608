"""Runs of the tests side by side keep out of each other's way, and leave nothing behind."""

import subprocess

from django.db import connection

from tests import migrated


def test_each_process_has_a_database_and_those_of_processes_that_ended_are_dropped(db):
    ended = subprocess.Popen(["true"])
    ended.wait()
    left = [f"{migrated.OF_TESTS}{ended.pid}{more}" for more in ("", "_restored")]

    with connection.creation._nodb_cursor() as cursor:
        for name in left:
            cursor.execute(f'CREATE DATABASE "{name}"')
        migrated.drop_left(cursor)
        cursor.execute("SELECT datname FROM pg_database")
        there = {name for (name,) in cursor.fetchall()}

    assert connection.settings_dict["NAME"] == migrated.of_this_process()
    assert migrated.of_this_process() in there
    assert there.isdisjoint(left)
