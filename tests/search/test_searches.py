"""What people look for, and what is right for it: written down before the search was."""

import hashlib
import re

import pytest
from django.utils import translation

from disperin.registers.lists.understood import understood
from disperin.registers.lists.whole_words import may_be_whole
from disperin.search import looking
from disperin.search.looking import look_for
from disperin.search.sources import SOURCES, OfRegister
from tests.search import worlds


def is_held_out(text):
    """Whether a search is kept for judging alone: which of these fail is no guide to mending the search."""
    return hashlib.sha256(text.encode()).digest()[0] % 2 == 1


@pytest.fixture(scope="module")
def world(once):
    """The sample's makers, clusters, zones, stars and certificates, published."""
    return once(worlds.publish)


@pytest.fixture
def as_long_as_it_takes(monkeypatch):
    """What is judged here is what was found, on a machine however busy."""
    monkeypatch.setattr(looking, "LONGEST_WAIT", 60_000)


def test_each_search_has_a_right_answer_in_the_world_and_half_of_them_are_held_out(world, db):
    searches = worlds.searches()
    for text, language, right in searches:
        with translation.override(language):
            assert worlds.right_addresses(right), text

    held_out = [text for text, _language, _right in searches if is_held_out(text)]
    assert len(searches) >= 200
    assert 0.45 < len(held_out) / len(searches) < 0.55
    assert len({text.lower() for text, _language, _right in searches}) == len(searches)


def reciprocal_rank(text, language, right):
    """1 where the first result answers a search rightly, 1/2 where the second does, 0 where none does."""
    with translation.override(language):
        answers = worlds.right_addresses(right)
        found = [hit.url for hit in look_for(text).hits]
    return next((1 / rank for rank, url in enumerate(found, start=1) if url in answers), 0)


@pytest.mark.parametrize("held_out", [False, True])
def test_what_people_look_for_stands_first(world, db, as_long_as_it_takes, held_out):
    ranks = {one[0]: reciprocal_rank(*one) for one in worlds.searches() if is_held_out(one[0]) == held_out}

    behind = {text: rank for text, rank in ranks.items() if rank < 1}
    assert sum(ranks.values()) / len(ranks) >= 0.9, len(behind) if held_out else behind


def test_the_ways_in_which_a_row_holds_a_place_are_all_there_are(world, db):
    """Asked by itself each has an index; together they find what one question for all of them finds."""
    texts = ("sasirangan banjarmasin", "banjarmasin", "kain tapin rantau", "kain", "kelompok kerajinan barabai")
    for text in texts:
        terms = understood(text)
        for asked in (one._asked() for one in SOURCES if isinstance(one, OfRegister)):
            ways = asked.ways_to_hold(asked.queryset, terms)
            found = [set(way.order_by().values_list("pk", flat=True)) for way in ways]
            held = asked.holding(asked.queryset, terms).order_by().values_list("pk", flat=True)

            assert set.union(*found) == {*held}, (text, asked)
            assert (len(ways) > 1) == any(term.places for term in terms), text


def test_several_things_are_looked_for_as_whole_words_first_and_as_parts_where_few_hold_them(world, db):
    """Whole words find no row that parts would not."""
    makers = next(one for one in SOURCES if one.slug == "establishments")
    for text in ("kain sasirangan", "kain sasirangan banjarmasin", "kerupuk ikan", "anyaman purun marabahan"):
        asked, terms = makers._asked(), understood(text)
        whole = [one.pk for way in asked.ways_to_hold(asked.queryset, terms, whole=True) for one in way]
        held = {one.pk for one in asked.holding(asked.queryset, terms)}
        words = [term.text.split() for term in terms if not term.places]
        by_eye = {
            one.pk
            for one in asked.queryset.filter(pk__in=held)
            if all({*some} <= {*re.findall(r"[^\W_]+", one.search_text)} for some in words)
        }

        assert may_be_whole(terms), text
        assert {*whole} <= held, text
        assert by_eye <= {*whole}, text

    for text in ("kain", "kain banjarmasin", "oleh-oleh kain", "kain \u3007\u3007", "kain songkét"):
        assert not may_be_whole(understood(text)), text
    in_parts = {hit.number for hit in makers.find(understood("sasirang kai"))}
    assert {hit.number for hit in makers.find(understood("kain sasirangan"))} & in_parts


def listed(client, path, **asked):
    return " ".join(client.get(path, asked).content.decode().split())


def test_lists_know_places_at_every_level_and_offer_them_as_filters(world, db, client, api):
    page = listed(client, "/industri/", q="sasirangan banjarmasin")
    assert "9 pembuat" in page
    assert 'href="/industri/?q=sasirangan&amp;regency=63.71"' in page
    assert "Hanya di Kota Banjarmasin (9)" in page
    assert "Hanya di" not in listed(client, "/industri/", q="sasirangan banjarmasin", regency="63.71")
    assert 'href="/industri/?regency=63.06&amp;district=63.06.10"' in listed(client, "/industri/", q="loksado")

    for path, text, least in (
        ("/api/v1/establishments/", "Banjarmasin", 25),
        ("/api/v1/establishments/", "Batulicin", 1),
        ("/api/v1/establishments/", "Hulu Sungai Tengah", 25),
        ("/api/v1/products/", "kain sasirangan banjarmasin", 5),
        ("/api/v1/clusters/", "banjarmasin selatan", 2),
        ("/api/v1/awards/", "anyaman barito kuala", 2),
        ("/api/v1/zones/", "tanah bumbu", 2),
        ("/api/v1/halal/", "kotabaru", 5),
    ):
        answer = api().get(path, {"q": text}).json()
        assert not answer["similar"], (path, text)
        assert len(answer["results"]) >= least, (path, text)


def test_a_place_where_nothing_is_finds_no_makers_of_elsewhere(world, db, api):
    answer = api().get("/api/v1/establishments/", {"q": "batubara tabalong"}).json()

    assert (answer["similar"], answer["left_out"]) == (True, ["batubara"])
    assert {row["regency"] for row in answer["results"]} == {"63.09"}
