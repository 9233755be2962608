"""The form of visitors: where it is linked, what it asks, what it refuses, and that nothing typed is ever lost."""

import re
from html import escape

import pytest
from django.core.cache import caches
from django.test import Client

from disperin.inquiries.forms import VisitorForm
from disperin.inquiries.models import Inquiry
from disperin.registers.lists.addresses import record_address
from disperin.registers.record import directory
from tests.factories import RECORDS, a_halal_certificate
from tests.inquiries.conftest import MESSAGE, SECRETS

REPORT, ASK = "/lapor/", "/tanya/"
TYPED = {"message": MESSAGE, **SECRETS, "consented": "on", "topic": "contact"}
NOTHING = dict.fromkeys(("sender_name", "email", "phone", "consented"), "")


@pytest.fixture
def visitor(monday):
    """Open the form, wait, and send it: `visitor(REPORT, message="…")`, all else being right."""
    client = Client(enforce_csrf_checks=True)

    def send(address=REPORT, *, after=10, **values):
        page = client.get(address)
        opened = dict(re.findall(r'<input type="hidden" name="(\w+)" value="([^"]*)"', page.content.decode()))
        monday.shift(after)
        return client.post(address, {**opened, **TYPED, **values})

    return send


def codes(answer):
    return {one.code for errors in answer.context["form"].errors.as_data().values() for one in errors}


@pytest.mark.parametrize("slug", [slug for slug in RECORDS if "number" in directory.get(slug).model.audience.public])
def test_every_public_record_page_leads_to_the_form(client, slug, db):
    record = RECORDS[slug]()
    link = f"/lapor/?register={slug}&amp;record={record.number}"

    assert link in client.get(record_address(directory.get(slug), record.number), follow=True).content.decode()
    assert client.get(link.replace("&amp;", "&")).status_code == 200


def test_a_report_is_stored_and_leads_to_its_state(visitor, record):
    answer = visitor(f"{REPORT}?register=establishments&record={record.number}")

    inquiry = Inquiry.objects.get()
    assert (answer.status_code, answer["Location"]) == (302, f"/lacak/{inquiry.number}/")
    assert (inquiry.record_number, inquiry.topic, inquiry.message) == (record.number, "contact", MESSAGE)
    assert {name: getattr(inquiry, name) for name in SECRETS} == SECRETS


def test_a_report_needs_nobodys_name(visitor, db):
    answer = visitor(**NOTHING)

    assert answer.status_code == 302
    assert (Inquiry.objects.get().regency, Inquiry.objects.get().record_number) == (None, "")


def test_the_page_is_never_kept_for_others(client, db):
    assert "no-store" in client.get(REPORT)["Cache-Control"]
    assert client.get(REPORT).context["form"]["stamp"].value() != client.get(REPORT).context["form"]["stamp"].value()


@pytest.mark.parametrize(
    ("address", "values", "code"),
    [
        (REPORT, {"message": " "}, "required"),
        (REPORT, {"message": "x" * 2001}, "max_length"),
        (REPORT, {"message": "a\x00b"}, "characters"),
        (REPORT, {"message": "http://a http://b http://c"}, "too_many_links"),
        (REPORT, {"message": "NIK saya 6307054107900001"}, "personal_number"),
        (REPORT, {"topic": "tidak-ada"}, "invalid_choice"),
        (REPORT, {"email": "bukan surel"}, "invalid"),
        (REPORT, {"email": "a@b.example\nBcc: c@d.example"}, "invalid"),
        (REPORT, {"email": "a" * 250 + "@b.example"}, "max_length"),
        (REPORT, {"phone": "telepon"}, "phone"),
        (REPORT, {"phone": "0812\n7777"}, "phone"),
        (REPORT, {"consented": ""}, "consent"),
        (REPORT, {"website": "https://iklan.example"}, "trap"),
        (REPORT, {"stamp": "dibuat-sendiri"}, "stale"),
        (REPORT, {"stamp": ""}, "stale"),
        (REPORT, {"after": 2}, "too_fast"),
        (REPORT, {"after": 60 * 60 * 24 + 1}, "stale"),
        (ASK, {"email": "", "phone": ""}, "required"),
        (ASK, {"consented": ""}, "consent"),
    ],
)
def test_a_refusal_says_why_and_keeps_what_was_typed(visitor, db, address, values, code):
    answer = visitor(address, **values)

    page = answer.content.decode()
    assert (answer.status_code, codes(answer)) == (400, {code})
    assert not Inquiry.objects.exists()
    kept = {**TYPED, **values}
    assert all(escape(kept[name]) in page for name in ("message", "sender_name", "phone") if kept[name].isprintable())


def test_a_person_who_was_too_fast_or_too_slow_just_sends_again(visitor, db, monday):
    early = visitor(after=1)
    monday.shift(5)
    again = Client().post(REPORT, early.context["form"].data)
    late = visitor(after=60 * 60 * 25, message="Nama juga keliru.")
    monday.shift(5)
    later = Client().post(REPORT, late.context["form"].data)

    assert [one.status_code for one in (early, again, late, later)] == [400, 302, 400, 302]


def test_blanks_around_a_stamp_do_no_harm(db, monday):
    stamp = VisitorForm(kind="report")["stamp"].value()
    monday.shift(10)

    assert Client().post(REPORT, {**TYPED, "stamp": f" {stamp} "}).status_code == 302


def test_pressing_the_button_twice_makes_one_inquiry(db, monday):
    stamp = VisitorForm(kind="report")["stamp"].value()
    monday.shift(10)

    answers = [Client().post(REPORT, {**TYPED, "stamp": stamp}) for _ in range(2)]

    assert answers[0]["Location"] == answers[1]["Location"]
    assert Inquiry.objects.count() == 1


def test_the_same_text_again_is_told_and_kept(visitor, db):
    visitor()

    answer = visitor()

    assert (answer.status_code, codes(answer)) == (400, {"duplicate"})
    assert MESSAGE in answer.content.decode()


def test_too_many_from_one_address_are_a_429_that_says_when_and_keeps_the_text(visitor, db, settings):
    settings.REST_FRAMEWORK = {**settings.REST_FRAMEWORK, "DEFAULT_THROTTLE_RATES": {"inquiries": "2/hour"}}
    caches["default"].clear()

    refused = visitor(message=" ")  # what would not be stored is not counted
    answers = [visitor(message=f"Keliru nomor {at}.") for at in range(3)]

    assert [refused.status_code, *(one.status_code for one in answers)] == [400, 302, 302, 429]
    assert int(answers[2]["Retry-After"]) > 3000
    assert codes(answers[2]) == {"throttled"}
    assert "Keliru nomor 2." in answers[2].content.decode()


@pytest.mark.parametrize(
    "query",
    ["register=x&record=IKM-6307-000001", "register=establishments", "record=IKM-6307-000001",
     "register=establishments&record=IKM-6307-999999", "register=establishments&record=%00", "register=%00&record=1"],
)  # fmt: skip
@pytest.mark.parametrize("address", [REPORT, ASK])
def test_what_is_no_public_record_has_no_form(client, db, query, address):
    assert client.get(f"{address}?{query}").status_code == 404
    assert client.post(f"{address}?{query}", TYPED).status_code == 404


def test_an_application_for_halal_is_nobodys_business(client, signed_in, officer):
    applied = a_halal_certificate(stage="sidang_fatwa")

    assert client.get(f"{REPORT}?register=halal&record={applied.number}").status_code == 404
    assert "/lapor/?register" not in signed_in(officer).get(f"/halal/cek/{applied.number}/").content.decode()


def test_the_form_speaks_the_language_of_its_address(visitor, db):
    visitor("/en/tanya/")

    assert (Inquiry.objects.get().language, Inquiry.objects.get().kind) == ("en", "question")
