"""What an older system brought and nobody has checked is told apart wherever a register is counted."""

from importlib import import_module

import pytest
from django.db import connection
from django.urls import reverse

from disperin.registers.lists import facets
from disperin.registers.models import FacetCount, Origin
from disperin.registers.record import directory, rollup
from disperin.submissions import actions
from industries.models import Establishment
from tests import factories
from tests.factories import an_administrator, an_establishment, establishment_values

pytestmark = [pytest.mark.django_db, pytest.mark.thorough]
OLD = Origin.OLDER_SYSTEM


def an_old_one(**values):
    """A maker that was brought from an older system."""
    given = establishment_values(**values)
    return actions.publish(directory.get("establishments"), given, by=an_administrator(), origin=OLD)


def test_list_and_home_say_how_many_were_never_checked_and_lead_to_them(client):
    an_establishment(name="Baru")
    an_old_one(name="Lama")

    for address in ("/industri/", "/industri/?branch=sandang_kulit"):
        page = client.get(address)
        assert page.context["counts"].unchecked == 1
        assert "1 belum diperiksa" in page.text
    narrowed = client.get("/industri/?origin=older_system")
    home = client.get("/").text

    assert [one["name"] for one in narrowed.context["records"]] == ["Lama"]
    assert [(one["label"], one["value"]) for one in narrowed.context["chips"]] == [("Asal data", OLD.label)]
    assert "1 belum diperiksa" in home
    assert "/industri/?origin=older_system" in home
    assert "1 pembuat dibawa dari sistem lama" in client.get(reverse("industries:green-figures")).text
    assert client.get("/industri/?origin=verified").context["counts"].unchecked == 0


def test_nothing_is_said_where_everything_was_checked(client):
    an_establishment()

    assert "belum diperiksa</a>" not in client.get("/industri/").text
    assert "belum diperiksa" not in client.get("/").text.split("<footer")[0]


def test_many_are_counted_as_far_as_the_others(monkeypatch, trying):
    monkeypatch.setattr(facets, "MOST_COUNTED", 1)
    for name in ("Satu", "Dua", "Tiga"):
        an_old_one(name=f"Usaha {name}")
    an_establishment(name="Baru")
    found = Establishment.objects.current()
    for active, filters, expected in (
        ({}, {}, "3"),
        ({"origin": OLD}, {"origin": OLD}, "3"),
        ({"branch": "sandang_kulit"}, {"branch": "sandang_kulit"}, "1+"),
        ({"origin": OLD, "branch": "sandang_kulit"}, {"origin": OLD}, "1+"),
        ({"origin": Origin.DIRECT}, {"origin": Origin.DIRECT}, "0"),
    ):
        with trying(active):
            kept = rollup.counts_of("establishments")
            counts = facets.count(kept, Establishment, found.filter(**filters), active, (facets.ORIGIN,))
            assert counts.unchecked_text == expected


def test_the_api_is_narrowed_by_origin_too(client):
    an_establishment(name="Baru")
    an_old_one(name="Lama")

    found = client.get("/api/v1/establishments/?origin=older_system").json()["results"]

    assert [(one["name"], one["origin"]) for one in found] == [("Lama", "older_system")]
    assert client.get("/api/v1/establishments/?origin=dulu").status_code == 400
    assert client.get("/api/v1/products/?origin=older_system").status_code == 400  # products have none of their own


def test_what_was_there_before_is_counted_as_the_verbs_count():
    """Of every register that there was, by the migrations that began to count origins."""
    for make in factories.RECORDS.values():
        make()
    an_old_one(name="Lama")
    migrations = [
        import_module(f"{app}.migrations.{number}_counts_by_origin").Migration
        for app, number in (("industries", "0015"), ("ovop", "0005"), ("zones", "0008"))
    ]
    statements = [operation.sql for one in migrations for operation in one.operations]
    there = [slug for slug in factories.RECORDS if any(f"'{slug}'" in sql for sql in statements)]
    kept = {slug: rollup.counts_of(slug)["origin"] for slug in there}
    FacetCount.objects.filter(facet="origin").delete()

    with connection.cursor() as cursor:
        for sql in statements:
            cursor.execute(sql)

    assert len(there) == 10
    assert {slug: rollup.counts_of(slug)["origin"] for slug in there} == kept
