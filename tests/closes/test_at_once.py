"""Two verifiers close a quarter at the same time, while somebody stores a maker: there is one close, of one moment."""

from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest
from django.db import connections
from django.utils import timezone

from disperin.closes.actions import close_quarter, faults
from disperin.closes.models import Close
from disperin.closes.quarters import Quarter
from disperin.closes.tables import Stored
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
