"""The secret address of one's due days: made, renewed and ended on the page, and gone with the access."""

import re

import pytest
import structlog
from django.core.exceptions import PermissionDenied
from django.test import Client

from disperin.accounts import actions
from disperin.accounts.models import CalendarAddress
from disperin.history.models import Entry
from tests.overview.test_icalendar import unfolded

pytestmark = pytest.mark.thorough

PAGE = "/tenggat/kalender/"


def address_on(page):
    return re.search(r"http://testserver(/(?:en/)?tenggat/[\w-]{43}\.ics)", page.text)[1]


def titles(answer):
    return sorted(line.removeprefix("SUMMARY:") for line in unfolded(answer.content) if line.startswith("SUMMARY:"))


@pytest.fixture
def address(officer, signed_in):
    return address_on(signed_in(officer).post(PAGE))


def test_it_is_shown_once_and_read_without_signing_in(officer, signed_in, client):
    browser = signed_in(officer)
    address = address_on(browser.post(PAGE))

    answer = client.get(address)

    assert (answer.status_code, answer["Content-Type"]) == (200, "text/calendar; charset=utf-8")
    assert "no-store" in answer["Cache-Control"]
    assert address.split("/")[-1][:43] not in browser.get(PAGE).text
    assert CalendarAddress.objects.get().digest not in address
    assert Entry.objects.filter(verb="make_calendar_address", actor=officer).count() == 1


def test_it_holds_kind_number_day_and_link_and_nothing_else(officer, one_of_each, address, client, today):
    maker = one_of_each(by=officer, late=3)

    answer = client.get(address)
    lines, text = unfolded(answer.content), answer.content.decode()

    assert f"Izin dan dokumen pembuat: {maker.number}" in titles(answer)
    assert len(titles(answer)) == len(set(re.findall(r"UID:(\S+)", text))) > 15
    assert f"URL:http://testserver/industri/{maker.number}/" in lines
    for told in (maker.name, officer.full_name, officer.username, "Kawasan 3", "Kantor Pertanahan", "PLN"):
        assert told not in text, told
    assert {re.sub(r"DTSTAMP:.*", "", one) for one in lines} == {
        re.sub(r"DTSTAMP:.*", "", one) for one in unfolded(client.get(address).content)
    }  # the same events under the same names each time


def test_it_holds_what_lies_within_the_owners_reach_now(officer, officer_there, one_of_each, signed_in, client):
    one_of_each(by=officer, late=3)
    address = address_on(signed_in(officer_there).post(PAGE))

    assert titles(client.get(address)) == ["Putaran OVOP yang ditutup: 2024"]


def test_it_speaks_the_language_of_its_page(officer, one_of_each, signed_in, client):
    one_of_each(by=officer, late=3)

    address = address_on(signed_in(officer).post("/en/tenggat/kalender/"))

    assert address.startswith("/en/")
    assert "OVOP round that closes: 2024" in titles(client.get(address))


def test_a_new_one_ends_the_old_and_ending_it_leaves_none(officer, signed_in, client, address):
    browser = signed_in(officer)
    anew = address_on(browser.post(PAGE))

    assert [client.get(one).status_code for one in (address, anew)] == [404, 200]

    assert browser.post(PAGE, {"end": "1"})["Location"] == PAGE
    assert [client.get(one).status_code for one in (address, anew)] == [404, 404]
    browser.post(PAGE, {"end": "1"})
    assert Entry.objects.filter(verb="end_calendar_address").count() == 1  # what is not there is not ended


def test_it_ends_with_the_access_of_its_owner_and_does_not_come_back(officer, administrator, client, signed_in):
    ends = {
        "suspended": lambda: actions.suspend(officer, by=administrator),
        "another role": lambda: actions.change_role(officer, role="verifier", by=administrator),
        "new password": lambda: actions.set_password(officer, "kata-sandi-baru-9"),
    }
    for what, end in ends.items():
        token = actions.make_calendar_address(officer, by=officer)
        assert client.get(f"/tenggat/{token}.ics").status_code == 200
        end()
        assert client.get(f"/tenggat/{token}.ics").status_code == 404, what
        if what == "suspended":
            actions.restore(officer, by=administrator)
            assert client.get(f"/tenggat/{token}.ics").status_code == 404, "let in again"


def test_nobody_makes_one_for_another_and_administrators_can_end_it(officer, colleague, administrator):
    for other in (colleague, administrator):
        with pytest.raises(PermissionDenied):
            actions.make_calendar_address(officer, by=other)
    actions.make_calendar_address(officer, by=officer)
    with pytest.raises(PermissionDenied):
        actions.end_calendar_address(officer, by=colleague)
    actions.end_calendar_address(officer, by=administrator)

    assert not CalendarAddress.objects.exists()


def test_the_log_of_requests_does_not_tell_it(address, client):
    with structlog.testing.capture_logs() as told:
        assert client.get(address).status_code == 200

    asked = [one["request"] for one in told if one["event"].startswith("request_")]
    assert set(asked) == {"GET /tenggat/….ics"}


def test_a_foreign_page_cannot_make_one(officer):
    browser = Client(enforce_csrf_checks=True)
    browser.force_login(officer, backend="django.contrib.auth.backends.ModelBackend")

    assert browser.post(PAGE).status_code == 403
    assert not CalendarAddress.objects.exists()
