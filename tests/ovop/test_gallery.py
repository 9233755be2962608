"""The gallery of awards: halal certificates beside the stars, and no query more for more awards."""

import re

import pytest
import time_machine
from django.core.cache import caches
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from tests.factories import a_halal_certificate, an_award, an_establishment

pytestmark = [pytest.mark.django_db, pytest.mark.thorough]


def test_the_gallery_is_narrowed_to_what_is_certified_halal_today(api):
    maker = an_establishment(products=[{"name": "Dodol", "halal_category": "makanan"}])
    certified, other = an_award(establishment=maker), an_award(name="Kain")
    a_halal_certificate(establishment=maker)
    a_halal_certificate(establishment=other.establishment, valid_until="2026-01-31")

    everything = Client().get("/en/ovop/").content.decode()
    narrowed = Client().get("/en/ovop/?halal=true").content.decode()

    assert re.search(r'href="/en/ovop/\?halal=true">\s*.*?facet-count">1<', everything)
    assert certified.number in narrowed
    assert other.number not in narrowed
    assert [row["number"] for row in api().get("/api/v1/awards/?halal=true").json()["results"]] == [certified.number]
    assert api().get("/api/v1/awards/?halal=false").status_code == 400


def test_a_star_whose_last_day_has_passed_has_ended_wherever_it_is_counted_or_asked_for(api):
    stands, lapses = an_award(name="Kain"), an_award(name="Dodol", valid_until="2026-06-30")

    with time_machine.travel("2026-06-30 04:00", tick=False):
        before = _states_told(api)
    with time_machine.travel("2026-07-01 04:00", tick=False):
        after = _states_told(api)

    both = {stands.number: "berlaku", lapses.number: "berlaku"}
    assert before == ({"berlaku": {*both}, "berakhir": set()}, both, [[("berlaku", "2")]] * 2)
    assert after == (
        {"berlaku": {stands.number}, "berakhir": {lapses.number}},
        both | {lapses.number: "berakhir"},
        [[("berlaku", "1"), ("berakhir", "1")]] * 2,
    )


def _states_told(api):
    """How awards stand: by the filter, in the list of the API, and as counted, in order, by gallery and statistics."""
    asked = {state: _states(api, f"?state={state}").keys() for state in ("berlaku", "berakhir")}
    pages = [Client().get(path).content.decode() for path in ("/en/ovop/statistik/", "/en/ovop/")]
    counted = [re.findall(r'state=(\w+)"[^>]*>\s*.*?(\d+)<', page) for page in pages]
    return asked, _states(api), counted


def _states(api, query=""):
    return {row["number"]: row["stands"] for row in api().get(f"/api/v1/awards/{query}").json()["results"]}


def test_the_page_of_a_star_says_how_its_product_stands_halal():
    award = an_award()

    without = Client().get(f"/en/ovop/{award.number}/").content.decode()
    record = a_halal_certificate(establishment=award.establishment)
    with_one = Client().get(f"/en/ovop/{award.number}/").content.decode()

    assert "No halal certificate on record" in without
    assert record.certificate_number in with_one


def test_more_awards_ask_no_more_queries():
    first = an_award()
    a_halal_certificate(establishment=first.establishment)
    paths = ("/ovop/", "/ovop/?halal=true", "/ovop/?q=kain", "/ovop/statistik/", f"/ovop/{first.number}/")

    def asked(path):
        caches["pages"].clear()
        with CaptureQueriesContext(connection) as queries:
            assert Client().get(path).status_code == 200
        return len(queries)

    with_one = {path: asked(path) for path in paths}
    for number in range(2):
        a_halal_certificate(establishment=an_award(name=f"Kain {number}").establishment)

    more = {path: asked(path) for path in paths}
    assert {
        path: number for path, number in more.items() if number > with_one[path]
    } == {}  # the first reading may find reference data that no worker has yet
