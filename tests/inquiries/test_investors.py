"""What an investor is asked about a zone: in words of the form and of the API, for the office alone, and erased."""

import datetime
import re
from decimal import Decimal

import pytest
from django.conf import settings
from django.test import Client
from django.urls import reverse
from django.utils.html import strip_tags

from disperin.inquiries import actions
from disperin.inquiries.forms import InquiryForm
from disperin.inquiries.models import Inquiry, Investment, Kind
from disperin.notices.models import Notice
from tests.factories import a_zone

SENDER = {"email": "investor@rahasia.example", "consented": "on"}
NEEDED = {
    "plot": "a-1", "company": "PT Karet Rahasia", "sector": "Sarung tangan karet 22122", "land_ha": "2,5",
    "power_mw": "3", "water_m3_day": "1.200", "port": "yes", "start": "1_3_years",
}  # fmt: skip
API = {"kind": "question", "register": "zones", **SENDER, "consented": True}


@pytest.fixture
def zone(db):
    return a_zone(name="Kawasan Barabai", plots=[{"code": "A-1", "hectares": 5, "state": "tersedia"}])


@pytest.fixture
def investor(monday, zone):
    """Open the form about the zone, wait, and send it with these values; gives the form's page and the answer."""

    def send(query="", **values):
        client, address = Client(), f"/tanya/?register=zones&record={zone.number}{query}"
        page = client.get(address).content.decode()
        opened = dict(re.findall(r'<input type="hidden" name="(\w+)" value="([^"]*)"', page))
        monday.shift(10)
        return page, client.post(address, {**opened, **SENDER, **values})

    return send


def test_the_office_reads_in_order_what_an_investor_needs(investor, zone, officer):
    page, sent = investor("&kaveling=A-1", **NEEDED)
    inquiry = Inquiry.objects.get()
    office = Client()
    office.force_login(officer, backend="django.contrib.auth.backends.ModelBackend")
    answer = office.get(f"/pertanyaan/{inquiry.number}/").content.decode()
    read = " ".join(strip_tags(answer[answer.index("<main") :]).split())  # the keys of its forms may hold any letters

    assert 'name="plot" value="A-1"' in page
    assert sent.status_code == 302
    told = ["A-1", "PT Karet Rahasia", "Sarung tangan karet 22122", "2,5 ha", "3 MW", "1.200 m³", "Ya", "satu sampai"]
    assert [read.index(one) for one in told] == sorted(read.index(one) for one in told)
    notice = Notice.objects.get(path=reverse("inquiries:detail", args=[inquiry.number]))
    assert all(said in notice.body for said in ("A-1", "2,5 ha", "3 MW", "Ya"))
    assert not any(word in notice.body for word in ("Rahasia", "Sarung", "rahasia"))
    state = Client().get(f"/lacak/{inquiry.number}/").content.decode()
    assert not any(word in state for word in ("Rahasia", "2,5 ha", "Sarung"))


def test_a_plot_that_the_address_makes_up_is_left_out(zone):
    for code in ("Z-9", "%00", "%3Cscript%3E", "x" * 400):
        page = Client().get(f"/tanya/?register=zones&record={zone.number}&kaveling={code}")

        assert page.status_code == 200
        assert 'name="plot" value' not in page.content.decode()


def test_only_a_question_about_a_zone_asks_what_is_needed(zone):
    assert InquiryForm(kind=Kind.QUESTION, record=zone).asks_investors
    assert not InquiryForm(kind=Kind.REPORT, record=zone).asks_investors
    assert not InquiryForm(kind=Kind.QUESTION).asks_investors
    assert "land_ha" not in Client().get("/tanya/").content.decode()


def test_what_is_out_of_bounds_or_no_plot_is_named(zone):
    for values, field, code in (
        ({"land_ha": "0"}, "land_ha", "min_value"),
        ({"land_ha": "-1"}, "land_ha", "min_value"),
        ({"land_ha": "100000.01"}, "land_ha", "max_value"),
        ({"power_mw": "10001"}, "power_mw", "max_value"),
        ({"water_m3_day": "1000001"}, "water_m3_day", "max_value"),
        ({"land_ha": "banyak"}, "land_ha", "invalid"),
        ({"land_ha": "NaN"}, "land_ha", "invalid"),
        ({"power_mw": "1e400"}, "power_mw", "max_value"),
        ({"port": "mungkin"}, "port", "invalid_choice"),
        ({"plot": "Z-9"}, "plot", "unknown"),
        ({"company": "PT 6307054107900001"}, "company", "personal_number"),
        ({"sector": "x" * 151}, "sector", "max_length"),
        ({}, "message", "required"),
        ({"plot": "A-1"}, "message", "required"),
    ):
        form = InquiryForm({**SENDER, **values}, kind=Kind.QUESTION, record=zone)
        assert code in [one.code for one in form.errors.as_data().get(field, [])], (values, form.errors)
    for values in ({"land_ha": "0.01"}, {"land_ha": "100000"}, {"message": "Berapa?"}, {"start": "later"}):
        assert InquiryForm({**SENDER, **values}, kind=Kind.QUESTION, record=zone).is_valid()


def test_the_api_takes_the_same(api, zone, trying):
    for body, status, field in (
        ({"land_ha": 2.5, "plot": "A-1"}, 201, None),
        ({"land_ha": "2.5", "power_mw": None, "message": "Berapa?"}, 201, None),
        ({"land_ha": 0}, 400, "land_ha"),
        ({"land_ha": "2,5"}, 400, "land_ha"),
        ({"plot": "Z-9", "message": "x"}, 400, "plot"),
        ({"kind": "report", "land_ha": 2, "message": "x"}, 400, "land_ha"),
        ({}, 400, "message"),
    ):
        with trying(body):
            answer = api().post("/api/v1/inquiries/", {**API, "record": zone.number, **body})
            assert answer.status_code == status, answer.content
            if field:
                assert [*answer.json()["errors"]] == [field]
            else:
                assert Investment.objects.get().land_ha == Decimal("2.5")


def test_a_figure_is_read_as_the_page_writes_it_and_stays_as_it_was_typed(investor):
    _page, unclear = investor(land_ha="2 sampai 3", water_m3_day="1.200,5")

    assert unclear.status_code == 400
    text = unclear.content.decode()
    assert ('value="2 sampai 3"' in text, 'value="1.200,5"' in text) == (True, True)


def test_two_who_need_different_things_are_no_repetition(investor):
    for hectares in ("2", "3"):
        assert investor(land_ha=hectares)[1].status_code == 302

    assert investor(land_ha="3")[1].status_code == 400
    assert Investment.objects.count() == 2


def test_two_who_need_the_same_are_both_answered(investor):
    for email in ("satu@contoh.example", "dua@contoh.example"):
        assert investor(land_ha="2", email=email)[1].status_code == 302
        assert investor(message="Apakah ada listrik?", email=email)[1].status_code == 302

    assert Inquiry.objects.count() == 4


def test_what_an_investor_needs_is_erased_with_the_message(investor, officer, monday):
    investor(**NEEDED)
    actions.close(Inquiry.objects.get(), reason="Sudah dijawab lewat telepon.", by=officer)
    monday.shift(settings.INQUIRY_SENDERS_KEPT_FOR + datetime.timedelta(days=1))

    assert actions.forget_senders() == 1
    assert not Investment.objects.exists()
