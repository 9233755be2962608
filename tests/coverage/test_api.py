"""Lists of other offices and their lines over the API: within reach, as their pages tell them, at a constant cost."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from rest_framework.test import APIClient

from disperin.coverage.models import OutsideList
from tests.coverage.conftest import NIBS, ROWS
from tests.factories import a_line_of_a_list

pytestmark = pytest.mark.django_db


def asked(user, path, status=200):
    client = APIClient()
    client.force_authenticate(user)
    answer = client.get(path)
    assert answer.status_code == status, path
    assert status != 200 or answer["Cache-Control"] == "private, no-store"
    return answer.json()


def test_a_list_and_its_lines_are_told_as_on_their_pages(makers, officer, bring):
    brought = bring(officer, ROWS)

    (told,) = asked(officer, "/api/v1/lists/?kind=siinas")["results"]
    lines = asked(officer, f"/api/v1/lines/?list={brought.pk}")["results"]

    assert (told["regency"], told["listed_on"], told["counts"]["found"]) == ("63.07", "2026-01-31", 2)
    assert told["counts"] == {key: number for key, number in brought.counted(officer).items() if number}
    assert sorted(line["outcome"] for line in lines) == sorted(brought.lines.values_list("outcome", flat=True))
    assert asked(officer, told["url"].partition("testserver")[2]) == told
    (contradicting,) = asked(officer, f"/api/v1/lines/?list={brought.pk}&q={NIBS.budi}")["results"]
    assert (contradicting["record_number"], contradicting["differs"]) == (makers.budi.number, ["name"])
    assert asked(officer, contradicting["url"].partition("testserver")[2]) == contradicting


def test_of_what_lies_elsewhere_neither_a_line_nor_a_record_nor_a_number_is_told(
    makers, officer, officer_there, verifier, bring
):
    brought = bring(verifier, ROWS, regency=None)
    (line,) = asked(officer, f"/api/v1/lines/?list={brought.pk}&q={NIBS.there}")["results"]
    assert (line["record_number"], line["matched_by"], line["differs"]) == ("", "", [])
    (line,) = asked(verifier, f"/api/v1/lines/?list={brought.pk}&q={NIBS.there}")["results"]
    assert line["record_number"] == makers.there.number
    assert asked(officer, f"/api/v1/lines/?list={brought.pk}&q={makers.there.number}")["results"] == []

    counts = {user: sum(asked(user, f"/api/v1/lists/{brought.pk}/")["counts"].values()) for user in (officer, verifier)}
    assert 0 < counts[officer] < counts[verifier]
    own = a_line_of_a_list(officer)
    for path in (f"/api/v1/lists/{own.outside_list_id}/", f"/api/v1/lines/{own.pk}/"):
        asked(officer_there, path, 404)
        asked(None, path, 401)
    assert own.pk not in [row["id"] for row in asked(officer_there, "/api/v1/lines/")["results"]]


def test_what_is_not_understood_is_named_and_nothing_is_written(officer):
    line = a_line_of_a_list(officer)
    assert "outcome" in str(asked(officer, "/api/v1/lines/?outcome=entah", 400))
    client = APIClient()
    client.force_authenticate(officer)
    assert {client.post(path, {}).status_code for path in ("/api/v1/lists/", f"/api/v1/lines/{line.pk}/")} == {405}


def test_pages_cost_the_same_with_one_and_with_three(officer):
    def cost(path):
        with CaptureQueriesContext(connection) as queries:
            asked(officer, path)
        return len(queries)

    line = a_line_of_a_list(officer)
    one = [cost(path) for path in ("/api/v1/lists/", "/api/v1/lines/")]
    for at in (3, 4):
        line.outside_list.lines.create(regency=officer.regency, position=at, number=at, outcome="new", name=f"B{at}")
        a_line_of_a_list(officer)

    assert [cost(path) for path in ("/api/v1/lists/", "/api/v1/lines/")] == one
    assert OutsideList.objects.count() == 3
