"""What the API hides from visitors and shows to those within reach."""

import json

import pytest
import time_machine

from disperin.history.models import Entry
from disperin.registers.record import directory
from industries.models import Product
from tests.factories import an_establishment

pytestmark = pytest.mark.django_db

PLACE = "/api/v1/establishments/"

SECRETS = {
    "nib": "1234567890123",
    "npwp": "012345678012000",
    "owner_name": "Rahasia Pemilik",
    "address": "Jalan Rahasia 1",
    "postal_code": "71399",
    "phone": "+6281250001234",
    "email": "rahasia@example.com",
    "website": "https://rahasia.example.com",
    "siinas_account": "siinas-rahasia",
    "workers_male": 98_765,
    "investment": 987654321,
    "annual_sales": 876543219,
    "latitude": -2.581237,
    "longitude": 115.381237,
}


@pytest.fixture(scope="module")
def secret_record(once):
    products = [{"name": "Kain", "yearly_capacity": 7654321, "export_share": 12.34}]
    documents = [{"kind": "nib", "number": "DOKUMEN-RAHASIA"}]
    # on the full second: no fraction of one looks like a secret
    with time_machine.travel("2026-11-22 08:00 +0800", tick=False):
        return once(lambda: an_establishment(legal_form="pt", products=products, documents=documents, **SECRETS))


@pytest.fixture
def hidden():
    """Every text that no visitor may ever meet."""
    return [*(str(value) for value in SECRETS.values()), "7654321", "12.34", "DOKUMEN-RAHASIA", "0123•••••••2000"]


def test_a_visitor_meets_no_inside_or_masked_value_anywhere(api, secret_record, hidden):
    key = Product.objects.get().key
    addresses = [
        PLACE,
        f"{PLACE}?q=sasirngan",
        f"{PLACE}{secret_record.number}/",
        "/api/v1/products/",
        f"/api/v1/products/{key}/",
        "/api/v1/clusters/",
    ]

    for address in addresses:
        text = api().get(address).content.decode()
        assert [one for one in hidden if one in text] == []


@pytest.mark.parametrize("slug", ["establishments", "clusters"])
def test_nobody_filters_or_orders_by_what_is_not_public(api, db, slug):
    audience = directory.get(slug).model.audience

    for field in [*audience.inside, *audience.masked]:
        filtered = api().get(f"/api/v1/{slug}/", {field: "1"})
        ordered = [api().get(f"/api/v1/{slug}/", {"order": f"{sign}{field}"}) for sign in ("", "-")]

        assert [one.status_code for one in (filtered, *ordered)] == [400, 400, 400]
        assert field in filtered.json()["errors"]


def test_the_search_looks_at_public_words_only(api, secret_record):
    for value in ("rahasia", "1234567890123", "71399", "dokumen"):
        answer = api().get(PLACE, {"q": value}).json()

        assert answer["results"] == []


def test_those_within_reach_see_inside_with_the_npwp_masked(api, secret_record, officer, head):
    for user in (officer, head):
        inside = api(user).get(f"{PLACE}{secret_record.number}/").json()["inside"]

        assert (inside["nib"], inside["npwp"]) == ("1234567890123", "0123•••••••2000")
        assert inside["latitude"] == -2.581237
        assert inside["products"][0]["yearly_capacity"] == 7654321
        assert inside["documents"][0]["number"] == "DOKUMEN-RAHASIA"
    key = Product.objects.get().key
    assert api(officer).get(f"/api/v1/products/{key}/").json()["inside"]["export_share"] == 12.34


def test_an_officer_of_another_regency_sees_what_a_visitor_sees(api, secret_record, officer_there, hidden):
    answer = api(officer_there).get(f"{PLACE}{secret_record.number}/")

    assert answer.json() == api().get(f"{PLACE}{secret_record.number}/").json()
    assert [one for one in hidden if one in answer.content.decode()] == []


# --- Reveal ----------------------------------------------------------------------------------------------------------


def test_revealing_shows_the_value_and_is_remembered(api, secret_record, officer):
    answer = api(officer).post(f"{PLACE}{secret_record.number}/reveal/", {"field": "npwp"})

    assert (answer.status_code, answer.json()) == (200, {"field": "npwp", "value": "012345678012000"})
    entry = Entry.objects.about(secret_record).filter(verb="reveal").get()
    assert (entry.actor, entry.detail) == (officer, {"field": "npwp"})
    assert "012345678012000" not in json.dumps(entry.detail)


def test_revealing_is_refused_to_everybody_else(api, secret_record, officer, officer_there):
    address = f"{PLACE}{secret_record.number}/reveal/"

    visitor = api().post(address, {"field": "npwp"})
    there = api(officer_there).post(address, {"field": "npwp"})
    unmasked = api(officer).post(address, {"field": "nib"})
    missing = api(officer).post(address, {})
    nowhere = api(officer).post(f"{PLACE}IKM-6307-000999/reveal/", {"field": "npwp"})

    answers = (visitor, there, unmasked, missing, nowhere)
    assert [one.status_code for one in answers] == [401, 403, 400, 400, 404]
    assert unmasked.json()["errors"]["field"][0]["code"] == "unknown"
