"""Plans are looked at on a day in August 2026."""

import datetime

import pytest


@pytest.fixture(autouse=True)
def _a_day_in_august(time_machine):
    time_machine.move_to(datetime.datetime(2026, 8, 10, 2, tzinfo=datetime.UTC))
