"""The clock of a run: no run passes midnight, when "today" becomes another day between two lines of a test.

`MOMENT="2028-02-29 12:00"` in the environment lets a run begin on another day, by the clock of the province.
"""

import datetime
import os
from zoneinfo import ZoneInfo

import time_machine

LONGEST = datetime.timedelta(minutes=40)  # of a run, on a busy machine
PATIENCE = LONGEST.total_seconds()  # of who waits for another: what takes longer hangs
BACK = datetime.timedelta(hours=1)


def begins(now, asked=""):
    """When a run that is started now begins by its own clock; None where that is the machine's."""
    if asked:
        return datetime.datetime.fromisoformat(asked).replace(tzinfo=now.tzinfo)
    passes_midnight = (now + LONGEST).date() > now.date()
    return now - BACK if passes_midnight else None


def start(zone):
    """Set the clock of this process, if it has to be; from there it goes on as ever."""
    moment = begins(datetime.datetime.now(ZoneInfo(zone)), os.environ.get("MOMENT", ""))
    if moment:
        time_machine.travel(moment).start()
