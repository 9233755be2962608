"""Each version of a row ends where the next one begins, and nothing else of it ever changes."""

import datetime
from itertools import pairwise

import pgtrigger
import pytest
from django.db import InternalError, connection, transaction
from django.utils import timezone

from disperin.history.versions import ENDED
from disperin.registers.record import directory, past, past_rows
from disperin.registers.record.versions import events_of
from disperin.submissions import actions
from industries.models import Establishment
from tests.factories import an_administrator, an_establishment

MAKERS = directory.get("establishments")


def changed(record, **given):
    return actions.publish(MAKERS, given, by=an_administrator(), record=record)


def of(record):
    return events_of(type(record)).objects.filter(pgh_obj_id=record.pk)


def test_each_version_ends_where_the_next_begins_and_the_last_one_holds(db):
    record = an_establishment(products=[{"name": "Kain"}])
    row = record.products.get()
    changed(record, name="Kedua", products=[{"key": str(row.key), "name": "Kain alam"}])
    changed(record, name="Ketiga", products=[{"name": "Kemeja"}])

    for kept in (record, row):
        versions = list(of(kept).order_by("pgh_id").values("pgh_created_at", ENDED))
        assert len(versions) == 3, type(kept)
        assert [before[ENDED] for before, _next in pairwise(versions)] == [
            one["pgh_created_at"] for one in versions[1:]
        ]
        assert versions[-1][ENDED] is None


def test_every_table_of_versions_ends_them_by_an_index_and_lets_nobody_delete_them(db):
    wanted = {"append_only", "never_deleted", "ends_the_one_before"}
    for table in past_rows.tables().values():
        events = events_of(table.model)
        assert {trigger.name for trigger in events._meta.triggers} >= wanted, table.events
        assert f"ended_{events._meta.model_name}" in {index.name for index in events._meta.indexes}, table.events


def test_a_version_that_waited_for_another_begins_no_earlier_than_that(db):
    record = an_establishment(name="Pertama")
    later = timezone.now() + datetime.timedelta(hours=30)
    with pgtrigger.ignore("industries.EstablishmentEvent:append_only"):
        of(record).update(pgh_created_at=timezone.now() - datetime.timedelta(days=9))
        changed(record, name="Kedua")
        of(record).filter(version=2).update(pgh_created_at=later)
        of(record).filter(version=1).update(pgh_ended_at=later)
    changed(record, name="Ketiga")  # of an earlier moment by its transaction

    assert of(record).get(version=3).pgh_created_at == later
    for ago, name in ((5, "Pertama"), (-2, "Ketiga")):
        with past.reading(timezone.localdate() - datetime.timedelta(days=ago)):
            assert [one.name for one in Establishment.objects.filter(pk=record.pk)] == [name], ago


def test_an_end_is_told_once_and_nothing_else_is_ever_changed(db):
    record = an_establishment()
    changed(record, name="Kedua")
    now = timezone.now()
    for change in ({ENDED: now}, {ENDED: None}, {"name": "Lain"}, {"name": "Lain", ENDED: now}):
        with pytest.raises(InternalError, match="Cannot update"), transaction.atomic():
            of(record).filter(version=1).update(**change)
    with pytest.raises(InternalError, match="Cannot update"), transaction.atomic():
        of(record).filter(version=2).update(name="Lain")
    with pytest.raises(InternalError, match="Cannot delete"), transaction.atomic():
        of(record).delete()


def test_what_changed_since_a_day_is_found_by_one_indexed_condition(db):
    """Neither a version for each record that changed nor a sort of its versions is looked for."""
    with past.reading(timezone.localdate()):
        asked = past.asked_then('SELECT "name" FROM "industries_establishment"')
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL enable_seqscan = off")
        cursor.execute(f"EXPLAIN {asked}")
        plan = "\n".join(line for (line,) in cursor.fetchall())
    assert "ended_establishmentevent" in plan
    assert "DISTINCT" not in asked
