"""The first page: what this is, how much of it there is, and the way to the makers."""

import re

import pytest
import time_machine
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from disperin.registers.record import reference
from tests import factories
from tests.attachments.photographs import a_photo

pytestmark = pytest.mark.django_db


def home(path="/"):
    answer = Client().get(path)
    assert answer.status_code == 200
    return answer.content.decode()


def photographed(award):
    """The award, its product with a published photograph."""
    type(award.product).objects.filter(pk=award.product_id).update(photo=a_photo(award.regency))
    return award


def test_an_empty_portal_still_has_a_home():
    text = home()

    assert 'method="get" action="/cari/"' in text.split('class="hero-search"')[1].split(">")[0]
    assert "empty-state" in text


def test_the_figure_of_the_home_leads_to_just_the_list_that_it_counts():
    factories.RegencyFactory(code="63.06")
    for name in ("Satu", "Dua", "Tiga"):
        factories.an_establishment(name=name)

    figure = home().split('class="hero-figure"')[1].split("</p>")[0]

    assert 'href="/industri/"' in figure
    assert "<strong>3</strong>" in figure
    assert "di 1 dari 2 kabupaten/kota" in figure
    assert Client().get("/industri/").context["counts"].total == 3


def test_each_regency_is_a_link_of_the_map_to_its_page_with_name_and_count():
    factories.an_establishment()
    reference.forget()

    drawn = home().split('<svg class="region-map"')[1].split("</svg>")[0]
    place = drawn.split('<a href="/daerah/6307/">')[1].split("</a>")[0]

    assert "Kabupaten 63.07: 1 pembuat" in " ".join(place.split())
    assert re.findall(r'<text x="(\d+)" y="(\d+)">([^<]+)</text>', place)[0][2] == "Hulu Sungai "
    assert drawn.count("#r63.07") == 1


def test_a_product_with_stars_and_a_photograph_leads_and_changes_with_the_day():
    first, other = photographed(factories.an_award()), photographed(factories.an_award(name="Anyaman", group="anyaman"))
    bare = factories.an_award(name="Tanpa Foto")

    with time_machine.travel("2026-11-30T12:00:00+08:00"):
        today, again = home(), home()
    with time_machine.travel("2026-12-01T12:00:00+08:00"):
        tomorrow = home()

    led = [re.search(r"/ovop/(OVP-[\d-]+)/", page.split("hero-star")[1])[1] for page in (today, again, tomorrow)]
    assert led[0] == led[1] != led[2]
    assert {*led} == {first.number, other.number}
    shelf = today.split('<ul class="shelf">')[1].split("</ul>")[0]
    assert shelf.index(led[0]) < shelf.index(led[2])
    assert bare.number not in shelf


def test_the_home_leads_to_makers_commodities_and_regencies():
    key = factories.CommodityFactory().pk
    record = factories.an_establishment(commodities=[key])

    text = home()

    for address in (
        "/industri/",
        "/sentra/",
        f"/industri/{record.number}/",
        f"/industri/?commodity={key}",
        "/daerah/",
    ):
        assert f'href="{address}"' in text, address


def test_the_newest_maker_comes_first():
    names = ["Pertama", "Kedua", "Ketiga"]
    for name in names:
        factories.an_establishment(name=name)

    text = home().split('<ul class="card-grid')[1].split("</ul>")[0]

    assert sorted(names, key=text.index) == names[::-1]


def test_the_home_speaks_english_under_its_own_address():
    key = factories.CommodityFactory().pk
    factories.an_establishment(commodities=[key])

    text = home("/en/")

    assert '<html lang="en">' in text
    assert "Sasirangan cloth" in text
    assert f'href="/en/industri/?commodity={key}"' in text


def test_the_home_asks_as_often_for_three_makers_as_for_one():
    def asked():
        with CaptureQueriesContext(connection) as queries:
            home()
        return len(queries)

    factories.an_establishment(name="Satu")
    with_one = asked()
    factories.an_establishment(name="Dua"), factories.an_establishment(name="Tiga")

    assert asked() == with_one <= 9
    assert asked() == 1
