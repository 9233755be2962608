"""Counts beside a list: exact while they can be, "at least" beyond a thousand matches."""

import pytest
from django.test import RequestFactory

from disperin.registers.lists import facets
from disperin.registers.record import rollup
from industries.models import Establishment
from industries.views.establishments import FACETS
from tests import factories

pytestmark = pytest.mark.django_db


@pytest.fixture(scope="module", autouse=True)
def _makers(once):
    """Three makers here (two of food), one there."""
    once(publish)


def publish():
    factories.CommodityFactory(key="amplang")
    factories.an_establishment(name="Satu", branch="pangan", commodities=["amplang"])
    factories.an_establishment(name="Dua", branch="pangan", commodities=["amplang", factories.CommodityFactory().pk])
    factories.an_establishment(name="Tiga", branch="sandang_kulit")
    factories.an_establishment(name="Empat", branch="sandang_kulit", regency="63.06")


def counted(active, **filters):
    """The counts of the establishments that fit."""
    matches = Establishment.objects.current().filter(**filters)
    return facets.count(rollup.counts_of("establishments"), Establishment, matches, active, FACETS)


def shown(counts, active, query=""):
    """The options of each facet that the page shows, by value."""
    request = RequestFactory().get("/industri/" + query)
    names = facets.names_of(FACETS, active)
    listed = facets.shown(request, Establishment, FACETS, counts, names, active)
    return [{option["value"]: option for option in one["options"]} for one in listed]


def test_an_unfiltered_list_reads_the_kept_counts(django_assert_num_queries):
    with django_assert_num_queries(1):
        counts = counted({})

    assert (counts.total, counts.exact, counts.total_text) == (4, True, "4")
    assert counts.of["branch"] == {"pangan": 2, "sandang_kulit": 2}
    assert counts.of["commodities"] == {"amplang": 2, "sasirangan": 1}


def test_a_filtered_list_counts_its_matches_in_two_queries(django_assert_num_queries):
    with django_assert_num_queries(2):
        counts = counted({"branch": "pangan", "regency": "63.07"}, branch="pangan", regency="63.07")

    assert (counts.total, counts.exact) == (2, True)
    assert counts.of["commodities"] == {"amplang": 2, "sasirangan": 1}
    assert counts.of["regency"] == {"63.07": 2}
    assert len(counts.few) == 2


def test_a_single_filter_still_shows_its_neighbours():
    counts = counted({"branch": "pangan"}, branch="pangan")

    assert counts.of["branch"] == {"pangan": 2, "sandang_kulit": 2}
    assert counts.of["regency"] == {"63.07": 2}


@pytest.mark.parametrize(
    ("most", "total", "exact", "text"), [(3, 3, True, "3"), (2, 3, False, "2+"), (1, 2, False, "1+")]
)
def test_beyond_the_limit_counts_say_at_least(monkeypatch, most, total, exact, text):
    monkeypatch.setattr(facets, "MOST_COUNTED", most)

    counts = counted({"regency": "63.07", "q": "x"}, regency="63.07")

    assert (counts.total, counts.exact, counts.total_text) == (total, exact, text)
    assert (counts.few is None) == (not exact)


def test_beyond_the_limit_no_choice_is_hidden(monkeypatch):
    monkeypatch.setattr(facets, "MOST_COUNTED", 1)
    active = {"regency": "63.07", "q": "x"}

    found = shown(counted(active, regency="63.07"), active)

    assert {"pangan", "sandang_kulit"} in [set(options) for options in found]


def test_one_filter_alone_keeps_its_exact_number(monkeypatch):
    monkeypatch.setattr(facets, "MOST_COUNTED", 1)

    counts = counted({"regency": "63.07"}, regency="63.07")

    assert (counts.total, counts.exact, counts.few) == (3, True, None)


def test_districts_are_offered_once_a_regency_is_chosen():
    without, within = shown(counted({}), {}), {"regency": "63.07"}
    chosen = shown(counted(within, regency="63.07"), within, "?regency=63.07")

    assert not any("63.07.01" in options for options in without)
    assert any("63.07.01" in options for options in chosen)


def test_a_choice_leads_to_the_list_with_it_and_drops_what_depends_on_it():
    active = {"regency": "63.07", "district": "63.07.01"}

    found = shown(counted(active, regency="63.07"), active, "?regency=63.07&district=63.07.01&cursor=x&order=-name")

    regency = next(options["63.07"] for options in found if "63.07" in options)
    branch = next(options["pangan"] for options in found if "pangan" in options)
    assert (regency["active"], regency["url"]) == (True, "/industri/?order=-name")
    assert branch["url"] == "/industri/?regency=63.07&district=63.07.01&order=-name&branch=pangan"
