"""A close while others work: two close at once, others store makers. One close, of one moment; nobody waits."""

from concurrent.futures import ThreadPoolExecutor
from threading import Barrier, Event

import pytest
from django.db import connections, transaction
from django.utils import timezone

from disperin.closes import reading
from disperin.closes.actions import close_quarter, closing, faults
from disperin.closes.models import Close
from disperin.closes.tables import Stored
from disperin.desk.refusals import NotNow
from disperin.registers.dated.quarters import Quarter
from disperin.registers.record import directory
from disperin.registers.record.versions import events_of
from disperin.submissions.actions import publish
from industries.models import Establishment
from tests import factories
from tests.clock import PATIENCE


@pytest.mark.django_db(transaction=True)
def test_two_at_once_give_one_close(verifier, second_verifier):
    maker = factories.an_establishment(workers_male=3)
    by, quarter = factories.an_administrator(), Quarter.last_over(timezone.localdate())
    deeds = [
        lambda: close_quarter(quarter, by=verifier),
        lambda: publish(directory.get("establishments"), {"workers_male": 900}, by=by, record=maker),
        lambda: close_quarter(quarter, by=second_verifier),
    ]
    barrier = Barrier(len(deeds))

    def run(deed):
        try:
            barrier.wait(PATIENCE)
            return deed()
        finally:
            connections.close_all()

    with ThreadPoolExecutor(len(deeds)) as pool:
        first, _maker, second = pool.map(run, deeds)

    assert first == second == Close.objects.get()
    assert list(faults()) == []
    # what is newer than the close is exactly what it did not count
    newer = events_of(Establishment).objects.filter(pgh_id__gt=first.told["last_event"])
    assert Stored.of(first, inside=True).total.values["workers_male"] == (3 if newer.exists() else 900)


def in_a_thread(pool, deed):
    """Run something with a connection of its own; gives what will be its answer."""

    def run():
        try:
            return deed()
        finally:
            connections.close_all()

    return pool.submit(run)


@pytest.mark.django_db(transaction=True)
def test_who_stores_while_a_close_is_made_does_not_wait_and_does_not_count(verifier, monkeypatch):
    """After the moment of the close and before it is read, a maker is changed, one comes and one is hidden."""
    register, by = directory.get("establishments"), factories.an_administrator()
    changed, leaving = factories.an_establishment(workers_male=3), factories.an_establishment(workers_male=5)

    def stores():
        publish(register, {"workers_male": 900}, by=by, record=changed)
        factories.an_establishment(workers_male=70)
        Establishment.objects.filter(pk=leaving.pk).update(hidden=True)

    def read_later(*asked):
        with ThreadPoolExecutor(1) as pool:
            in_a_thread(pool, stores).result(timeout=PATIENCE)
        return reading.read(*asked)

    monkeypatch.setattr(closing, "read", read_later)
    close = close_quarter(Quarter.last_over(timezone.localdate()), by=verifier)

    assert sorted(Establishment.objects.current().values_list("workers_male", flat=True)) == [70, 900]
    told = Stored.of(close, inside=True)
    assert (told.total.values["units"], told.total.values["workers_male"]) == (2, 8)
    assert told.row("regency", changed.regency_id).values["units"] == 2


@pytest.mark.django_db(transaction=True)
def test_a_close_gives_up_where_somebody_stores_without_a_pause_and_lets_go_of_the_table(verifier, monkeypatch):
    for name, value in (("WAITED", 0.05), ("PAUSE", 0), ("PATIENCE", 0.3)):
        monkeypatch.setattr(reading, name, value)
    maker, begun, over = factories.an_establishment(), Event(), Event()
    quarter = Quarter.last_over(timezone.localdate())

    def stores():
        with transaction.atomic():
            Establishment.objects.filter(pk=maker.pk).update(workers_male=1)
            begun.set()
            over.wait(PATIENCE)

    with ThreadPoolExecutor(2) as pool:
        storing = in_a_thread(pool, stores)
        assert begun.wait(PATIENCE)
        try:
            with pytest.raises(NotNow):
                close_quarter(quarter, by=verifier)
        finally:
            over.set()
        storing.result(timeout=PATIENCE)
        with transaction.atomic():
            reading.quiet_marks()  # the transaction goes on, and holds the table no more
            in_a_thread(pool, lambda: factories.an_establishment(name="Lain")).result(timeout=PATIENCE)
    assert close_quarter(quarter, by=verifier)
