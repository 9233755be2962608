"""Answers of the API that are kept: by whom, for how long, and what they cost."""

import pytest
from django.core.cache import caches

from disperin.registers.record import directory
from disperin.submissions import actions
from tests.factories import a_cluster, an_administrator, an_establishment

PLACE = "/api/v1/establishments/"


@pytest.fixture(autouse=True)
def _nothing_kept():
    caches["pages"].clear()


def changed(record, **values):
    """The record after an administrator's change."""
    return actions.publish(directory.of(type(record)), values, by=an_administrator(), record=record)


def test_an_unchanged_list_costs_one_query_and_may_be_a_304(api, django_assert_num_queries, db):
    an_establishment()
    first = api().get(PLACE)

    with django_assert_num_queries(1):
        again = api().get(PLACE)
    with django_assert_num_queries(1):
        known = api().get(PLACE, headers={"If-None-Match": first["ETag"]})

    assert (again.content, again["ETag"], again["Content-Type"]) == (first.content, first["ETag"], "application/json")
    assert (known.status_code, known.content, known["ETag"]) == (304, b"", first["ETag"])


def test_a_change_makes_every_kept_answer_old(api, db):
    record = an_establishment()
    first, detail = api().get(PLACE), api().get(f"{PLACE}{record.number}/")

    changed(record, name="Nama Baru")

    again = api().get(PLACE, headers={"If-None-Match": first["ETag"]})
    assert (again.status_code, again.json()["results"][0]["name"]) == (200, "Nama Baru")
    assert (
        api().get(f"{PLACE}{record.number}/", headers={"If-None-Match": detail["ETag"]}).json()["name"] == "Nama Baru"
    )


def test_each_language_day_and_query_has_its_own_answer(api, db, time_machine):
    an_establishment()
    time_machine.move_to("2026-11-22T12:00:00+08:00")
    asked = [
        api().get(PLACE),
        api().get(PLACE, headers={"Accept-Language": "en"}),
        api().get(PLACE, {"page_size": 2}),
    ]
    time_machine.move_to("2026-11-23T00:00:00+08:00")
    asked.append(api().get(PLACE))

    assert len({answer["ETag"] for answer in asked}) == 4
    assert (
        api().get(PLACE, {"order": "name", "page_size": 2})["ETag"]
        == api().get(f"{PLACE}?page_size=2&order=name")["ETag"]
    )


def test_whoever_is_signed_in_gets_nothing_that_was_kept(signed_in, api, officer, django_assert_max_num_queries):
    record = an_establishment(nib="1234567890123")
    visitor = api().get(f"{PLACE}{record.number}/")

    answer = signed_in(officer).get(f"{PLACE}{record.number}/", headers={"If-None-Match": visitor["ETag"]})

    assert (answer.status_code, answer.json()["inside"]["nib"]) == (200, "1234567890123")
    assert answer["Cache-Control"] == "private, no-store"
    assert "inside" not in api().get(f"{PLACE}{record.number}/").json()


def test_a_bad_token_is_refused_though_the_answer_is_kept(api, db):
    api().get(PLACE)

    answer = api().get(PLACE, headers={"Authorization": "Token nonsense"})

    assert (answer.status_code, answer["WWW-Authenticate"]) == (401, "Token")


@pytest.mark.parametrize(
    "place", [PLACE, "/api/v1/products/", "/api/v1/clusters/", "/api/v1/villages/", "/api/v1/kbli/"]
)
def test_one_row_and_three_cost_the_same_number_of_queries(api, db, django_assert_num_queries, place):
    from_one = []
    for regency in (["63.07"], ["63.06", "63.05"]):
        for one in regency:
            a_cluster(regency=one)
            an_establishment(regency=one, products=[{"name": "Kain"}])
        caches["pages"].clear()
        with django_assert_num_queries(2):  # the revisions, the rows
            from_one.append(len(api().get(place).json()["results"]))

    assert from_one[0] < from_one[1] or place.endswith("kbli/")


def test_one_product_and_three_cost_the_same_number_of_queries(api, officer, django_assert_num_queries):
    record = an_establishment(products=[{"name": "Kain"}], documents=[{"kind": "nib"}])
    inside = api(officer)
    for count in (1, 3):
        changed(record, products=[{"name": f"Kain {at}"} for at in range(count)])
        with django_assert_num_queries(3):  # the revisions, the record, its products
            api().get(f"{PLACE}{record.number}/")
        # session, user, the record, the revision of what it names, its products, their inside, its papers
        with django_assert_num_queries(7):
            inside.get(f"{PLACE}{record.number}/")
