"""Every refusal of the API has one shape, whatever went wrong; nothing that a program can send is a 500."""

import json
import re

import pytest
from django.core.cache import caches
from rest_framework.test import APIClient

from disperin.accounts import actions
from tests.api.steps import begin
from tests.factories import an_establishment

PLACE = "/api/v1/submissions/"
MEMBERS = {"type", "title", "status", "detail", "code"}


def told(answer):
    return answer.status_code, answer["Content-Type"]


def test_an_unknown_address_is_a_problem_too(api, db):
    addresses = [
        "/api/v1/nothing/", "/api/v1/nothing", "/api/v1/establishments/x/", "/api/v1/establishments/IKM-6307-000001/",
        "/api/v1/establishments//", "/api/v1/establishments/%00/", "/api/v1/establishments/a%0Ab/",
        "/api/v1/products/x/", "/api/v1/kbli/x/", "/api/v1/registers/%F0%9F%98%80/", "/api/v1/%FF/",
    ]  # fmt: skip

    answers = {address: api().get(address) for address in addresses}

    assert {address: told(one) for address, one in answers.items()} == dict.fromkeys(
        addresses, (404, "application/problem+json")
    )
    said = {address: one.json() for address, one in answers.items()}
    assert {address: one for address, one in said.items() if (set(one), one["code"]) != (MEMBERS, "not_found")} == {}


def test_an_address_without_its_last_slash_leads_to_the_one_with_it(api, db):
    answer = api().get("/api/v1/establishments?regency=63.07")

    assert (answer.status_code, answer["Location"]) == (301, "/api/v1/establishments/?regency=63.07")


def test_registers_are_read_only(api, administrator):
    record, client = an_establishment(), api(administrator)
    addresses = ("/api/v1/establishments/", f"/api/v1/establishments/{record.number}/")
    asked = [(method, address) for method in ("post", "put", "delete", "patch", "options") for address in addresses]

    answers = {one: getattr(client, one[0])(one[1]) for one in asked}

    found = {one: (*told(answer), answer["Allow"]) for one, answer in answers.items()}
    assert found == dict.fromkeys(asked, (405, "application/problem+json", "GET, HEAD"))


def test_a_body_that_is_no_plain_object_is_a_400(api, officer):
    client = api(officer)
    bodies = [
        b"", b"{", b"[]", b"1", b'"x"', b"null", b"NaN", b'{"values": {"a": NaN}}', b'{"values": {"a": 1e999}}',
        b"\xff", b'{"values": {"a": "\\ud800"}}', b'{"\\ud800": 1}', b"[" * 100_000, b'{"a":' * 100_000,
        b'{"values":' * 60 + b"1" + b"}" * 60, b'{"values": {"a": ' + b"9" * 5000 + b"}}",
        "{\"a\": \"ü\"}".encode("utf-16"),
    ]  # fmt: skip

    answers = [(body[:40], client.post(PLACE, body, content_type="application/json")) for body in bodies]

    found = [(body, *told(answer)) for body, answer in answers]
    assert found == [(body, 400, "application/problem+json") for body, _answer in answers]
    assert [body for body, answer in answers if not set(answer.json()) >= MEMBERS] == []


def test_a_name_that_stands_twice_is_refused_since_one_value_would_be_lost(api, officer):
    bodies = {
        "name": '{"register": "establishments", "values": {"name": "Pertama", "name": "Kedua"}}',
        "register": '{"register": "awards", "values": {"name": "\\ud83d\\ude00"}, "register": "zones"}',
        "unit": '{"values": {"products": [{"unit": "kg"}, {"unit": "kg", "\\u0075nit": "kg"}]}}',
    }

    for name, body in bodies.items():
        answer = api(officer).post(PLACE, body, content_type="application/json")
        assert told(answer) == (400, "application/problem+json")
        assert f"“{name}”" in answer.json()["detail"]


def test_another_content_type_is_a_415_and_too_much_a_413(api, officer, settings):
    settings.DATA_UPLOAD_MAX_MEMORY_SIZE = 100
    client = api(officer)

    other = client.post(PLACE, b"a=1", content_type="application/x-www-form-urlencoded")
    large = client.post(PLACE, json.dumps({"message": "x" * 100}).encode(), content_type="application/json")

    assert [(one.status_code, one["Content-Type"]) for one in (other, large)] == [
        (415, "application/problem+json"),
        (413, "application/problem+json"),
    ]


def test_a_415_names_what_is_read_at_this_address(api, officer):
    read = {
        PLACE: ("text/xml", {"application/json"}),
        "/api/v1/attachments/": ("application/json", {"multipart/form-data"}),
        "/api/v1/workbooks/": ("text/xml", {"application/json", "multipart/form-data"}),
    }

    for address, (sent, wanted) in read.items():
        answer = api(officer).post(address, b"{}", content_type=sent)
        assert told(answer) == (415, "application/problem+json")
        named = set(re.findall(r"\w+/[\w-]+", answer.json()["detail"]))
        assert named == {sent, *wanted}


@pytest.mark.parametrize("kept", [True, False])
def test_too_many_requests_are_a_429_that_says_when(api, db, settings, time_machine, kept):
    time_machine.move_to("2026-11-22T08:00:15+08:00", tick=False)
    for cache in caches.all(initialized_only=True):
        cache.clear()
    rates = {"DEFAULT_THROTTLE_RATES": {"anon": "3/min", "user": "5/min"}}
    settings.REST_FRAMEWORK = {**settings.REST_FRAMEWORK, **rates}
    address = "/api/v1/establishments/" if kept else "/api/v1/"

    answers = [api().get(address) for _ in range(4)]

    assert [one.status_code for one in answers] == [200, 200, 200, 429]
    assert (answers[3]["Retry-After"], answers[3]["Content-Type"]) == ("45", "application/problem+json")
    assert answers[3].json()["detail"] == "Terlalu banyak permintaan. Coba lagi dalam 45 detik."
    time_machine.move_to("2026-11-22T08:01:00+08:00", tick=False)
    assert api().get(address).status_code == 200


def test_people_are_counted_by_account(api, officer, colleague, settings, time_machine):
    time_machine.move_to("2026-11-22T08:00:15+08:00", tick=False)
    rates = {"DEFAULT_THROTTLE_RATES": {"anon": "1/min", "user": "2/min"}}
    settings.REST_FRAMEWORK = {**settings.REST_FRAMEWORK, **rates}
    client = api(officer)

    assert [client.get(PLACE).status_code for _ in range(3)] == [200, 200, 429]
    assert api(colleague).get(PLACE).status_code == 200


def test_a_program_signs_in_by_token(officer):
    _key, token = actions.create_token(officer, name="Ekspor", scope="read", days=30, by=officer)
    client = APIClient()
    client.credentials(HTTP_AUTHORIZATION=f"Token {token}")

    assert client.get(PLACE).status_code == 200
    refused = client.post(PLACE, {"register": "establishments"})
    assert (refused.status_code, refused.json()["code"]) == (403, "read_only_token")


MOST_SAID = 30_000  # bytes of any refusal


def test_thousands_of_wrong_names_get_a_short_answer(api, officer, verifier):
    wrong = {f"salah{at}": 1 for at in range(4_000)}
    number = begin(api(officer)).json()["number"]
    asked = [
        (api(), "/api/v1/inquiries/", wrong),
        (api(officer), PLACE, wrong),
        (api(officer), PLACE, {"register": "establishments", "values": wrong}),
        (api(officer), PLACE, {"register": "establishments", "values": {"products": [{"name": "x", **wrong}] * 9}}),
        (api(officer), PLACE, {"register": "establishments", "values": {"products": [[]] * 200}}),
        (api(verifier), f"{PLACE}{number}/return/", {"round": 1, "reasons": dict.fromkeys(wrong, "x" * 1_001)}),
        (api(verifier), f"{PLACE}{number}/verify/", {"round": 1, "choices": dict.fromkeys(wrong, "y")}),
        (api(), "/api/v1/inquiries/", {"kind": "x" * 400_000, "message": "x", "n" * 400_000: 1}),
        (api(verifier), f"{PLACE}{number}/verify/", {"round": 1, "choices": {"n" * 400_000: "y" * 400_000}}),
    ]
    for client, place, body in asked:
        answer = client.post(place, body)
        assert (answer.status_code, answer["Content-Type"]) == (400, "application/problem+json"), place
        assert len(answer.content) < MOST_SAID, place

    parameters = "&".join(f"salah{at}=1" for at in range(1_000))
    assert len(api().get(f"/api/v1/establishments/?{parameters}").content) < MOST_SAID


def test_a_body_of_more_members_than_any_record_has_is_not_even_looked_through(api, officer):
    for values in (
        dict.fromkeys(map(str, range(30_000)), 1),
        {"marketplaces": ["x"] * 30_000},
        {"products": [{}] * 30_000},
        {"name": [["x"] * 30_000]},
    ):
        answer = api(officer).post(PLACE, {"register": "establishments", "values": values})

        assert (answer.status_code, answer.json()["code"]) == (400, "parse_error")
