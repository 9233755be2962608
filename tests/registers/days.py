"""Days of versions: tests work within one transaction, at whose moment the database would put all of them."""

import datetime

import pgtrigger
from django.db.models import F, Max

from disperin.registers.record import past_rows

_last = {}


def _events():
    return [table.model.pgh_event_models["update"] for table in past_rows.tables().values()]


def put_on(moment):
    """Let every version that came since this was last called be of this moment."""
    for events in _events():
        with pgtrigger.ignore(f"{events._meta.label}:append_only"):
            events.objects.filter(pgh_id__gt=_last.get(events, 0)).update(pgh_created_at=moment)
        _last[events] = events.objects.aggregate(last=Max("pgh_id"))["last"] or _last.get(events, 0)


def put_back(days):
    """Let every version that there is be so many days older."""
    for events in _events():
        with pgtrigger.ignore(f"{events._meta.label}:append_only"):
            events.objects.update(pgh_created_at=F("pgh_created_at") - datetime.timedelta(days=days))
