"""Records that may be one, over the API: found, named, read side by side, decided and made two again."""

import pytest
from django.utils import timezone

from disperin.registers.models import DuplicatePair
from industries.models import Establishment
from tests.factories import a_pair, an_establishment

PLACE = "/api/v1/pairs/"
NIB, NPWP = "1234567890123", "013456789012345"


@pytest.fixture
def pair(db):
    first = an_establishment(name="Dodol Mawar", legal_form="cv", products=[{"name": "Dodol"}])
    products = [{"name": "Dodol"}, {"name": "Wajik"}]
    return a_pair(
        first, an_establishment(name="CV Mawar Dodol", legal_form="cv", nib=NIB, npwp=NPWP, products=products)
    )


def keys_of(number):
    return {one.name: str(one.key) for one in Establishment.objects.get(number=number).products.all()}


def merging(pair, **told):
    return {"keep": pair.first_number, "first_version": 1, "second_version": 1} | told


def test_pairs_are_listed_by_page_within_reach_in_constant_queries(
    pair, officer, officer_there, verifier, api, django_assert_max_num_queries, django_assert_num_queries
):
    client, away = api(verifier), an_establishment(name="Tahu", regency="63.06")
    with django_assert_max_num_queries(8) as one_row:
        client.get(PLACE)
    first = Establishment.objects.get(pk=pair.first_id)
    across = a_pair(first, away, score=90)
    third = an_establishment(name="Lain")
    gone = a_pair(first, third, score=70, state="dismissed", decided_by=verifier, decided_at=timezone.now())

    with django_assert_num_queries(len(one_row)):
        listed = client.get(PLACE).json()["results"]
    page = client.get(PLACE, {"page_size": 1}).json()

    assert [one["id"] for one in listed] == [across.pk, pair.pk]
    assert listed[1]["reasons"] == ["like_name", "same_phone"]
    assert [one["id"] for one in client.get(page["next"]).json()["results"]] == [pair.pk]
    found = {
        query: [one["id"] for one in client.get(f"{PLACE}?{query}").json()["results"]]
        for query in ("state=open", "state=dismissed", "regency=63.06", "register=clusters", "q=tahu")
    }
    assert found == {
        "state=open": [across.pk, pair.pk], "state=dismissed": [gone.pk], "regency=63.06": [across.pk],
        "register=clusters": [], "q=tahu": [across.pk],
    }  # fmt: skip
    assert [one["id"] for one in api(officer).get(PLACE).json()["results"]] == [pair.pk]
    assert api(officer).get(f"{PLACE}{across.pk}/").status_code == 404
    assert api(officer_there).get(PLACE).json()["results"] == []
    for query in ("state=x", "regency=99", "colour=red", "order=name", "cursor=x"):
        assert client.get(f"{PLACE}?{query}").status_code == 400
    assert {client.get(f"{PLACE}{key}/").status_code for key in ("0", "x", "9" * 18, "9" * 30)} == {404}


def test_a_pair_says_both_sides_masked_and_what_may_be_done(pair, officer, verifier, api):
    answer = api(officer).get(f"{PLACE}{pair.pk}/")

    said = answer.json()
    sides = {one["name"]: one for one in said["fields_of_both"]}
    assert (said["first_version"], said["second_version"], said["merge"], said["steps"]) == (1, 1, None, [])
    assert (sides["nib"]["first"], sides["nib"]["second"], sides["nib"]["differs"]) == ("", NIB, True)
    assert not sides["legal_form"]["differs"]
    assert [row["name"] for row in sides["products"]["second"]] == ["Dodol", "Wajik"]
    assert NPWP not in answer.content.decode()
    assert answer["Cache-Control"] == "private, no-store"
    assert api(verifier).get(f"{PLACE}{pair.pk}/").json()["steps"] == ["merge", "dismiss"]


def test_a_pair_is_merged_by_choice_and_made_two_again(pair, officer, verifier, api):
    client, address = api(verifier), f"{PLACE}{pair.pk}/"
    dodol = {keys_of(pair.second_number)["Dodol"]: keys_of(pair.first_number)["Dodol"]}
    body = merging(pair, choices=["nib", "npwp", "nib"], same_rows=dodol)
    bad = {
        "keep": body | {"keep": "IKM-6307-999999"},
        "colour": body | {"choices": ["colour"]},
        "first_version": {"keep": pair.first_number, "second_version": 1},
        "choices": body | {"choices": "nib"},
        "shade": body | {"shade": 1},
    }

    refused = {path: client.post(f"{address}merge/", told, format="json") for path, told in bad.items()}
    stale = client.post(f"{address}merge/", body | {"second_version": 2}, format="json")
    early = client.post(f"{address}unmerge/", {}, format="json")
    done = client.post(f"{address}merge/", body, format="json")
    twice = client.post(f"{address}merge/", body, format="json")

    assert {path: answer.status_code for path, answer in refused.items()} == dict.fromkeys(bad, 400)
    assert all(path in answer.json()["errors"] for path, answer in refused.items())
    assert [one.status_code for one in (stale, early, done, twice)] == [409, 409, 200, 409]
    said = done.json()
    assert (said["state"], said["decided_by"], said["steps"]) == ("merged", verifier.full_name, ["unmerge"])
    assert (said["merge"]["kept_number"], said["merge"]["choices"]) == (pair.first_number, ["nib", "npwp"])
    assert [one["rows"] for one in said["merge"]["carried"]] == [1]
    kept = Establishment.objects.get(pk=pair.first_id)
    assert (kept.nib, sorted(keys_of(kept.number))) == (NIB, ["Dodol", "Wajik"])

    assert api(officer).post(f"{address}unmerge/", {}, format="json").status_code == 403
    undone = client.post(f"{address}unmerge/", {}, format="json")
    again = client.post(f"{address}unmerge/", {}, format="json")
    assert (undone.status_code, undone.json()["merge"]["undone_by"], again.status_code) == (
        200, verifier.full_name, 409,
    )  # fmt: skip
    assert (undone.json()["state"], undone.json()["steps"]) == ("open", ["merge", "dismiss"])


def test_either_may_stand_and_two_are_two_for_a_reason(pair, officer, administrator, api):
    client, address = api(administrator), f"{PLACE}{pair.pk}/"

    silent = client.post(f"{address}dismiss/", {"note": " "}, format="json")
    refused = api(officer).post(f"{address}dismiss/", {"note": "Dua"}, format="json")
    dismissed = client.post(f"{address}dismiss/", {"note": "Dua dapur"}, format="json")
    named = client.post(
        PLACE, {"first": pair.second_number, "second": pair.first_number, "why": "Dapur satu"}, format="json"
    )
    turned = client.post(f"{address}merge/", merging(pair, keep=pair.second_number), format="json")

    assert (silent.status_code, list(silent.json()["errors"])) == (400, ["note"])
    assert (refused.status_code, dismissed.status_code) == (403, 200)
    assert (dismissed.json()["state"], dismissed.json()["note"]) == ("dismissed", "Dua dapur")
    assert (named.status_code, named["Location"], named.json()["id"]) == (201, named.json()["url"], pair.pk)
    assert (named.json()["named_why"], named.json()["state"]) == ("Dapur satu", "open")
    assert turned.json()["merge"]["kept_number"] == pair.second_number


def test_what_cannot_be_named_is_said_at_its_field(pair, officer, verifier, api):
    body = {"first": pair.first_number, "second": "IKM-6307-999999", "why": "Dapur satu"}

    unknown = api(verifier).post(PLACE, body, format="json")
    null = api(verifier).post(PLACE, body | {"second": "a\x00"}, format="json")
    forbidden = api(officer).post(PLACE, body | {"second": pair.second_number}, format="json")

    assert (unknown.status_code, unknown.json()["errors"]["second"][0]["code"]) == (400, "unknown_number")
    assert (null.status_code, list(null.json()["errors"])) == (400, ["second"])
    assert forbidden.status_code == 403
    assert DuplicatePair.objects.get().named_by is None
