"""The clock of a run: no run passes midnight, when "today" becomes another day between two lines of a test.

`MOMENT="2028-02-29 12:00"` in the environment lets a run begin on another day, by the clock of the province.
"""

import datetime
import os
from zoneinfo import ZoneInfo

import time_machine

# Found before those of PostgreSQL where `public` comes first; triggers date versions by `now()`.
_OF_DATABASE = """
    CREATE OR REPLACE FUNCTION public.now() RETURNS timestamptz LANGUAGE sql STABLE AS $$
        SELECT pg_catalog.now() + interval '{0} seconds' $$;
    CREATE OR REPLACE FUNCTION public.statement_timestamp() RETURNS timestamptz LANGUAGE sql STABLE AS $$
        SELECT pg_catalog.statement_timestamp() + interval '{0} seconds' $$;
    SET search_path = public, pg_catalog;
"""
LONGEST = datetime.timedelta(minutes=40)  # of a run, on a busy machine
PATIENCE = LONGEST.total_seconds()  # of who waits for another: what takes longer hangs
BACK = datetime.timedelta(hours=1)
_ahead = datetime.timedelta()  # of the machine: below zero where a run was set back


def begins(now, asked=""):
    """When a run that is started now begins by its own clock; None where that is the machine's."""
    if asked:
        return datetime.datetime.fromisoformat(asked).replace(tzinfo=now.tzinfo)
    passes_midnight = (now + LONGEST).date() > now.date()
    return now - BACK if passes_midnight else None


def start(zone):
    """Set the clock of this process, if it has to be; from there it goes on as ever."""
    global _ahead
    now = datetime.datetime.now(ZoneInfo(zone))
    moment = begins(now, os.environ.get("MOMENT", ""))
    if moment:
        _ahead = moment - now
        time_machine.travel(moment).start()


def set_database(cursor):
    """Let the database of the tests keep the time of this process, for every session of it."""
    if _ahead:
        move_database(cursor, _ahead)
        cursor.execute("SELECT current_database()")
        (name,) = cursor.fetchone()
        cursor.execute(f'ALTER DATABASE "{name}" SET search_path = public, pg_catalog')


def move_database(cursor, by):
    """Let a database say a time that differs by so much from its machine's, in this session."""
    cursor.execute(_OF_DATABASE.format(by.total_seconds()))
