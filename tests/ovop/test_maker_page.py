"""What stars and readiness add to the page of a maker, which knows nothing of them."""

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from tests.factories import an_award, an_establishment, ovop_reference, published

pytestmark = pytest.mark.django_db


def maker_page(maker, client=None):
    return (client or Client()).get(f"/industri/{maker.number}/").content.decode()


def test_the_makers_page_shows_the_star_of_each_product_with_its_scheme():
    maker = an_establishment(products=[{"name": "Kain"}, {"name": "Syal"}])
    award = an_award(establishment=maker)

    text = maker_page(maker)

    assert text.count("Bintang 2 dari 3 (skema 2021)") == 1
    assert f'href="/ovop/{award.number}/"' in text


def test_a_revoked_or_lapsed_star_is_not_shown_and_a_new_one_is_seen_at_once():
    maker = an_establishment(products=[{"name": "Kain"}])
    assert "Bintang " not in maker_page(maker).partition("<main")[2]

    an_award(establishment=maker, state="dicabut", state_on="2025-01-01", state_reason="Mutu turun")
    an_award(establishment=maker, round="2022", decree_on="2022-10-12", valid_until="2023-10-12")
    assert "Bintang " not in maker_page(maker).partition("<main")[2]

    an_award(establishment=maker, round="2018", stars=4, decree_on="2018-09-05")
    assert "Bintang 4 dari 5 (skema lama)" in maker_page(maker)


def test_the_newest_round_is_shown_never_the_most_stars():
    maker = an_establishment(products=[{"name": "Kain"}])
    an_award(establishment=maker, round="2018", stars=5, decree_on="2018-09-05")
    an_award(establishment=maker, stars=1)

    text = maker_page(maker)

    assert "Bintang 1 dari 3 (skema 2021)" in text
    assert "Bintang 5 dari 5" not in text


def test_the_stars_of_three_products_cost_as_many_queries_as_of_one():
    def asked(products):
        maker = an_establishment(products=[{"name": f"Kain {at}"} for at in range(products)])
        for product in maker.products.all():
            published("awards", award_of(maker, product))
        with CaptureQueriesContext(connection) as queries:
            maker_page(maker)
        return len(queries)

    assert asked(1) == asked(3)


def award_of(maker, product):
    ovop_reference()
    return {
        "establishment": maker.number, "product": str(product.key), "group": "batik", "round": "2024", "stars": 2,
        "decree_number": "SK CONTOH/1/2024", "decree_on": "2024-11-20",
    }  # fmt: skip


def test_only_those_within_reach_are_led_to_the_readiness(officer, officer_there, signed_in):
    maker = an_establishment(products=[{"name": "Kain"}])
    path = reverse("ovop:product-readiness", args=[maker.products.get().key])

    assert path in maker_page(maker, signed_in(officer))
    assert path not in maker_page(maker, signed_in(officer_there))
    assert path not in maker_page(maker)
