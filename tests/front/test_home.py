"""The first page: what this is, how much of it there is, and the way to the makers."""

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from tests import factories

pytestmark = pytest.mark.django_db


def home(path="/"):
    answer = Client().get(path)
    assert answer.status_code == 200
    return answer.content.decode()


def test_an_empty_portal_still_has_a_home():
    text = home()

    assert 'action="/industri/"' in text
    assert "empty-state" in text


def test_the_home_counts_makers_clusters_and_regencies():
    factories.RegencyFactory(code="63.06")
    for name in ("Satu", "Dua", "Tiga"):
        factories.an_establishment(name=name)
    factories.a_cluster()

    figures = home().split("hero-figures")[1].split("</dl>")[0]

    assert [part.split("</dd>")[0] for part in figures.split("<dd>")[1:]] == ["3", "1", "1"]


def test_the_home_leads_to_makers_commodities_and_regencies():
    key = factories.CommodityFactory().pk
    record = factories.an_establishment(commodities=[key])

    text = home()

    for address in (
        "/industri/",
        "/sentra/",
        f"/industri/{record.number}/",
        f"/industri/?commodity={key}",
        "/industri/?regency=63.07",
    ):
        assert f'href="{address}"' in text, address


def test_the_newest_maker_comes_first():
    names = ["Pertama", "Kedua", "Ketiga"]
    for name in names:
        factories.an_establishment(name=name)

    text = home().split("card-grid")[1]

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

    assert asked() == with_one <= 6
    assert asked() == 1
