"""A run of the tests keeps to one day, whenever it is started."""

import datetime
from zoneinfo import ZoneInfo

import pytest
import time_machine
from django.db import connection
from django.utils import timezone

from tests import factories
from tests.clock import LONGEST, begins, move_database

ZONE = ZoneInfo("Asia/Makassar")


def at(text):
    return datetime.datetime.fromisoformat(text).replace(tzinfo=ZONE)


def test_no_run_passes_midnight_and_none_begins_the_day_before():
    days = ("2026-12-31", "2028-02-29", "2026-08-17")
    moments = [at(f"{day} {hour:02}:{minute:02}:59") for day in days for hour in range(24) for minute in range(60)]

    own = {now: begins(now) or now for now in moments}

    assert [now for now, begun in own.items() if {now.date()} != {begun.date(), (begun + LONGEST).date()}] == []
    assert [now for now in moments if now.hour < 23 and begins(now)] == []  # else it is the machine's own


def test_a_run_begins_at_the_moment_that_is_asked_for():
    assert begins(at("2026-11-30 10:00"), "2028-02-29 23:30") == at("2028-02-29 23:30")


@pytest.mark.django_db
def test_the_database_dates_what_it_keeps_by_the_same_clock():
    back = datetime.timedelta(days=-400)
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_catalog.now()")
        (machine,) = cursor.fetchone()
        move_database(cursor, back)
    with time_machine.travel(machine + back):
        record = factories.RECORDS["news"]()

        (version,) = record.events.all()
        assert timezone.localdate(version.pgh_created_at) == timezone.localdate()
