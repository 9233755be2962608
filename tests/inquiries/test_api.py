"""Inquiries over the API: send one, read how it stands; refusals by field, and nothing of the sender."""

import json

import pytest
from django.core.cache import caches

from disperin.inquiries import actions
from disperin.inquiries.models import Inquiry
from tests.inquiries.conftest import MESSAGE, SECRETS

PLACE = "/api/v1/inquiries/"
BODY = {"kind": "report", "message": MESSAGE}
MEMBERS = [
    "number", "url", "kind", "register", "record_number", "state", "received_at", "reply_due_on", "answer_due_on",
    "replied_at", "mended_at", "ended_at", "answer",
]  # fmt: skip


def test_a_visitor_sends_a_report_and_follows_it(api, record, officer, monday):
    sent = api().post(
        PLACE, {**BODY, **SECRETS, "consented": True, "register": "establishments", "record": record.number}
    )
    actions.answer(Inquiry.objects.get(), text="Sudah diperbaiki.", by=officer)
    found = api().get(sent["Location"])

    assert (sent.status_code, list(sent.json())) == (201, MEMBERS)
    assert (sent.json()["state"], sent.json()["reply_due_on"], sent.json()["answer_due_on"]) == (
        "received", "2026-11-05", "2026-11-09"
    )  # fmt: skip
    assert (found.json()["state"], found.json()["answer"]) == ("answered", "Sudah diperbaiki.")
    assert "no-store" in found["Cache-Control"]
    told = json.dumps([sent.json(), found.json()])
    assert not any(word in told for word in (*SECRETS.values(), MESSAGE, officer.full_name))


@pytest.mark.parametrize(
    ("body", "path", "code"),
    [
        ({"kind": "x"}, "kind", "invalid_choice"),
        ({"kind": None}, "kind", "null"),
        ({"message": ""}, "message", "required"),
        ({"message": ["a"]}, "message", "invalid"),
        ({"message": "x" * 2001}, "message", "max_length"),
        ({"message": "http://a http://b http://c"}, "message", "too_many_links"),
        ({"message": "NIK 6307054107900001"}, "message", "personal_number"),
        ({"email": "x"}, "email", "invalid"),
        ({"phone": "x"}, "phone", "phone"),
        ({"sender_name": "Rahmah"}, "consented", "consent"),
        ({"consented": "mungkin"}, "consented", "invalid"),
        ({"kind": "question"}, "email", "required"),
        ({"kind": "question", "topic": "name"}, "topic", "invalid"),
        ({"topic": "x"}, "topic", "invalid_choice"),
        ({"land_ha": "5"}, "land_ha", "invalid"),
        ({"port": "mungkin"}, "port", "invalid_choice"),
        ({"register": "x", "record": "IKM-6307-000001"}, "record", "unknown"),
        ({"register": "establishments"}, "record", "unknown"),
        ({"register": "establishments", "record": "IKM-6307-999999"}, "record", "unknown"),
        ({"state": "answered"}, "state", "unknown"),
    ],
)
def test_a_refusal_names_the_field(api, db, body, path, code):
    answer = api().post(PLACE, {**BODY, **body})

    assert (answer.status_code, answer["Content-Type"]) == (400, "application/problem+json")
    assert [one["code"] for one in answer.json()["errors"][path]] == [code]
    assert not Inquiry.objects.exists()


def test_the_same_report_again_is_refused_and_names_no_other(api, db):
    first = api().post(PLACE, BODY).json()

    again = api().post(PLACE, BODY)

    assert again.json()["errors"]["message"][0]["code"] == "duplicate"
    assert first["number"] not in json.dumps(again.json())


@pytest.mark.parametrize("number", ["x", "TNY-6307-AAAAAAAAAA", "%00", "1"])
def test_an_unknown_number_is_a_404(api, db, number):
    answer = api().get(f"{PLACE}{number}/")

    assert (answer.status_code, answer["Content-Type"]) == (404, "application/problem+json")


def test_nobody_lists_or_changes_inquiries(api, report, officer, administrator, trying):
    address, verbs = f"{PLACE}{report().number}/", ("put", "patch", "delete", "post")

    for who in (None, officer, administrator):
        with trying(who):
            client = api(who)
            assert client.get(PLACE).status_code == 405
            assert [getattr(client, one)(address, {}).status_code for one in verbs] == [405] * 4
            assert client.get(address, {"email": "x"}).status_code == 400


def test_page_and_api_share_one_limit(api, db, settings):
    rates = {"anon": "", "user": "", "inquiries": "2/hour"}
    settings.REST_FRAMEWORK = {**settings.REST_FRAMEWORK, "DEFAULT_THROTTLE_RATES": rates}
    caches["default"].clear()

    answers = [api().post(PLACE, {**BODY, "message": f"Nomor {at}."}) for at in range(3)]

    assert [one.status_code for one in answers] == [201, 201, 429]
    assert (answers[2].json()["code"], int(answers[2]["Retry-After"]) > 0) == ("throttled", True)
    assert api().get(answers[0]["Location"]).status_code == 200
