"""Days of versions: tests work within one transaction, at whose moment the database would put all of them."""

import datetime

import pgtrigger
from django.db import connection
from django.db.models import F, Max

from disperin.registers.record import past_rows

_last = {}


def _events():
    return [table.model.pgh_event_models["update"] for table in past_rows.tables().values()]


def put_on(moment):
    """Let every version that came since this was last called be of this moment."""
    for events in _events():
        last = events.objects.aggregate(last=Max("pgh_id"))["last"] or 0
        since = _last.get(events, 0)
        if last > since:
            with pgtrigger.ignore(f"{events._meta.label}:append_only"):
                events.objects.filter(pgh_id__gt=since).update(pgh_created_at=moment)
                _end_anew(events, since)
        _last[events] = last or since


def put_back(days):
    """Let every version that there is be so many days older."""
    earlier = datetime.timedelta(days=days)
    for events in _events():
        with pgtrigger.ignore(f"{events._meta.label}:append_only"):
            events.objects.update(
                pgh_created_at=F("pgh_created_at") - earlier, pgh_ended_at=F("pgh_ended_at") - earlier
            )


def _end_anew(events, since):
    """Where a version has another moment, the one before it ends at that."""
    table = events._meta.db_table
    with connection.cursor() as cursor:
        cursor.execute(
            f"UPDATE {table} AS version SET pgh_ended_at = following.at "  # noqa: S608 -- our own names
            f"FROM (SELECT pgh_id, lead(pgh_created_at) OVER (PARTITION BY pgh_obj_id ORDER BY pgh_id) AS at "
            f"FROM {table} WHERE pgh_obj_id IN (SELECT pgh_obj_id FROM {table} WHERE pgh_id > %s)) AS following "
            f"WHERE version.pgh_id = following.pgh_id AND version.pgh_ended_at IS DISTINCT FROM following.at",
            [since],
        )
