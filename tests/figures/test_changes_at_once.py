"""Why a number changed is told of one moment, whatever is stored while it is found out."""

import threading

import pytest
from django.db import connection
from django.test import Client
from django.utils import timezone

from disperin.figures.changes import Between
from tests.factories import an_administrator, an_establishment

pytestmark = pytest.mark.django_db(transaction=True)


def test_the_sum_adds_up_though_a_record_comes_while_it_is_read(monkeypatch):
    an_administrator()
    an_establishment(name="Sudah ada")
    changes, today = Between.changes, timezone.localdate().isoformat()

    def store():
        try:
            an_establishment(name="Baru saja")
        finally:
            connection.close()

    def while_somebody_stores(between, *args, **options):
        found = changes(between, *args, **options)
        other = threading.Thread(target=store)
        other.start()
        other.join()
        return found

    monkeypatch.setattr(Between, "changes", while_somebody_stores)
    told = Client().get("/statistik/establishments/perubahan/", {"dari": today, "sampai": today}).context

    assert told["before"] + told["came"] - told["left"] == told["after"] == 1
    assert (told["came"], told["changes"]) == (0, [])
