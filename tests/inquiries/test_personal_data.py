"""Requests about personal data: sent by anybody, seen to by who can erase, and telling nobody who is kept here."""

import re

import pytest
from django.core.exceptions import ValidationError
from django.test import Client

from disperin.inquiries import actions
from disperin.inquiries.models import Inquiry, Kind
from disperin.notices.models import Notice
from tests.factories import an_establishment
from tests.inquiries.conftest import SECRETS

ADDRESS = "/privasi/permintaan/"
TYPED = {"topic": "erasure", "message": "Sanggar Ulin di Barabai.", **SECRETS, "consented": "on"}


@pytest.fixture
def ask(monday, db):
    """Open the form, wait and send it: `ask(topic="access")`."""

    def send(address=ADDRESS, **values):
        client = Client()
        opened = dict(re.findall(r'type="hidden" name="(\w+)" value="([^"]*)"', client.get(address).content.decode()))
        monday.shift(10)
        return client.post(address, {**opened, **TYPED, **values})

    return send


@pytest.fixture
def request_of(db):
    """A request that was taken in: `request_of(record=…)`."""

    def receive(**values):
        return actions.receive(**{"kind": Kind.PERSONAL, **TYPED, "consented": True, **values})

    return receive


def test_a_request_becomes_work_of_the_province_by_a_day_whatever_it_names(ask, officer, administrator, verifier):
    record = an_establishment(name="Sanggar Ulin")

    answer = ask(f"{ADDRESS}?register=establishments&record={record.number}")

    inquiry = Inquiry.objects.get()
    assert (answer.status_code, answer["Location"]) == (302, f"/lacak/{inquiry.number}/")
    assert (inquiry.kind, inquiry.topic, inquiry.regency, inquiry.record_number) == (
        "personal", "erasure", None, record.number,
    )  # fmt: skip
    assert inquiry.answer_due_on.isoformat() == "2026-11-09"
    assert [one.recipient for one in Notice.objects.all()] == [administrator]


def test_verifiers_see_to_it_where_no_administrator_is(request_of, verifier):
    request_of()

    assert [one.recipient for one in Notice.objects.all()] == [verifier]


def test_bad_input_keeps_what_was_typed(ask):
    for wrong, field in (
        ({"topic": ""}, "topic"),
        ({"topic": "contact"}, "topic"),
        ({"sender_name": ""}, "sender_name"),
        ({"email": "", "phone": ""}, "email"),
        ({"consented": ""}, "consented"),
        ({"message": " "}, "message"),
    ):
        answer = ask(**wrong)
        assert (answer.status_code, field in answer.context["form"].errors) == (400, True), wrong
        for name, value in {**TYPED, **wrong}.items():
            if name in ("sender_name", "email", "phone", "message") and value.strip():
                assert value in answer.content.decode()

    assert not Inquiry.objects.exists()


def test_the_answer_tells_nobody_whether_somebody_is_kept_or_has_asked(ask):
    known = an_establishment(name="Sanggar Ulin", owner_name=SECRETS["sender_name"])
    first, same_words = ask(), ask(sender_name="Orang Lain", email="lain@contoh.example")

    pages = [Client().get(one["Location"]).content.decode() for one in (first, same_words)]
    assert (first.status_code, same_words.status_code) == (302, 302)
    numbers = Inquiry.objects.order_by("id").values_list("number", flat=True)
    bare = [page.replace(number, "") for page, number in zip(pages, numbers, strict=True)]
    assert bare[0] == bare[1]
    assert known.owner_name not in pages[0]


def test_the_same_request_of_the_same_person_is_taken_once(request_of):
    request_of()

    with pytest.raises(ValidationError):
        request_of()


def test_the_administrator_is_led_from_the_request_to_the_erasure(request_of, signed_in, administrator, verifier):
    record = an_establishment(name="Sanggar Ulin")
    inquiry = request_of(record=record)
    link = f'href="/usulan/data/establishments/{record.number}/data-pribadi/"'

    pages = {
        who: signed_in(who).get(f"/pertanyaan/{inquiry.number}/").content.decode() for who in (administrator, verifier)
    }

    assert [link in page for page in pages.values()] == [True, False]
    assert all("Pastikan siapa yang meminta" in page for page in pages.values())
    assert signed_in(administrator).get(link.split('"')[1]).status_code == 200


def test_the_api_takes_the_same_request(api, db):
    sent = {**TYPED, "kind": "personal", "consented": True}

    assert api().post("/api/v1/inquiries/", sent).status_code == 201
    refused = api().post("/api/v1/inquiries/", {**sent, "topic": "contact"})
    assert (refused.status_code, [*refused.json()["errors"]]) == (400, ["topic"])
