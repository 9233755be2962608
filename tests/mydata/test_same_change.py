"""The same new value for many records: read back first, then a batch that is verified like any other."""

import re

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from disperin.registers.record import directory
from disperin.submissions import actions as submissions
from disperin.submissions.models import Batch
from disperin.submissions.workflow import Status
from tests import factories
from tests.factories import an_establishment

TABLE = "/data/establishments/"
pytestmark = [pytest.mark.django_db, pytest.mark.thorough]


def asked(client, field, *records, more="", **given):
    """The page that asks for the value, as the table leads to it."""
    chosen = {"which": "ticked", "records": [one.pk for one in records]} if records else {"which": "all"}
    answer = client.post(f"{TABLE}?{more}", {"change": "1", "field": field, **chosen, **given})
    assert answer.status_code == 302
    return answer["Location"]


def read_on(page):
    """The names under each heading of the page that reads back."""
    names = re.compile(r'<a href="/industri/[^"]+">([^<]+)</a>')
    parts = re.split(r"(Akan diubah|Tidak diterima|Sudah demikian)</(?:h2|span)>", page.text)
    return dict(zip(parts[1::2], map(names.findall, parts[2::2]), strict=True))


def test_chosen_records_are_read_back_and_submitted_as_one_batch(officer, verifier, signed_in):
    one, two = an_establishment(name="Satu"), an_establishment(name="Dua")
    same = an_establishment(name="Sama", phone="081250001122")
    other = an_establishment(name="Tidak dipilih")
    busy = an_establishment(name="Sedang diubah")
    begun = submissions.draft(directory.get("establishments"), {"email": "a@b.id"}, by=officer, record=busy)
    client = signed_in(officer)
    url = asked(client, "phone", one, two, same, busy, more="order=-number&column=phone")
    assert 'name="phone"' in client.get(url).text

    page = client.post(url, {"phone": "0812 5000 1122"})

    assert read_on(page) == {
        "Akan diubah": ["Satu", "Dua"],
        "Tidak diterima": ["Sedang diubah"],
        "Sudah demikian": ["Sama"],
    }
    assert begun.number in page.text
    assert not Batch.objects.exists()
    answer = client.post(url, {"phone": "0812 5000 1122", "submit": "1"})
    batch = Batch.objects.get()
    assert answer["Location"] == f"/usulan/berkas/{batch.number}/"
    assert batch.name_in_words == "Unit usaha, perubahan bersama: Telepon atau WhatsApp"
    assert {row.title for row in batch.submissions.filter(status=Status.SUBMITTED)} == {"Satu", "Dua"}
    assert {tuple(row.fields_changed) for row in batch.submissions.all()} == {("phone",)}
    first = batch.submissions.get(title="Satu")
    submissions.verify(submissions.claim(first, by=verifier), by=verifier, round=1)
    one.refresh_from_db()
    other.refresh_from_db()
    assert (one.phone, other.phone) == ("+6281250001122", "")


def test_a_button_pressed_without_a_tick_is_answered_on_the_same_page(officer, signed_in):
    an_establishment(name="Satu")
    pressed = {"change": "1", "field": "phone", "which": "ticked"}

    page = signed_in(officer).post(f"{TABLE}?lack=nib", pressed)

    assert page.status_code == 400
    assert "Centang sekurang-kurangnya satu data." in page.text
    assert '<option value="phone" selected>' in page.text
    assert f'action="{TABLE}?lack=nib"' in page.text


def test_a_value_that_the_gate_refuses_is_refused_for_each_record_by_name(officer, signed_in):
    record = an_establishment(name="Satu")
    client = signed_in(officer)
    url = asked(client, "phone", record)

    page = client.post(url, {"phone": "bukan nomor"})
    sent = client.post(url, {"phone": "bukan nomor", "submit": "1"})

    assert read_on(page) == {"Tidak diterima": ["Satu"]}
    assert (sent.status_code, read_on(sent)) == (409, read_on(page))
    assert not Batch.objects.exists()


def test_choices_lists_days_and_figures_are_entered_as_in_every_form(officer, signed_in):
    record = an_establishment(name="Satu")
    client = signed_in(officer)
    for field, typed, shown in (
        ("activity", "tutup", "Tutup"),
        ("commodities", [factories.CommodityFactory().pk], "Kain sasirangan"),
        ("active_since", "12 Maret 2020", "12 Maret 2020"),
        ("workers_male", "1.250", "1.250"),
        ("show_on_map", "", "Tidak"),
    ):
        url = asked(client, field, record)
        assert client.get(url).status_code == 200
        page = client.post(url, {field: typed} if typed else {})
        assert shown in page.text or read_on(page) == {"Sudah demikian": ["Satu"]}, field


def test_remarks_must_be_read_before_the_batch_leaves(officer, signed_in):
    one = an_establishment(name="Sasirangan Barabai", phone="081250001199")
    two = an_establishment(name="Sasirangan Barabai Dua")
    client = signed_in(officer)
    url = asked(client, "phone", two)
    page = client.post(url, {"phone": "081250001199"})
    assert one.number
    assert 'name="acknowledged"' in page.text

    unread = client.post(url, {"phone": "081250001199", "submit": "1"})
    assert unread.status_code == 400
    assert not Batch.objects.exists()
    assert client.post(url, {"phone": "081250001199", "submit": "1", "acknowledged": "on"}).status_code == 302
    assert Batch.objects.get().submissions.get().acknowledged


def test_the_province_changes_records_of_several_regencies_in_a_batch_for_each(verifier, signed_in):
    an_establishment(name="Satu")
    an_establishment(name="Dua", regency="63.01")
    client = signed_in(verifier)

    answer = client.post(asked(client, "legal_form"), {"legal_form": "ud", "submit": "1"})

    assert answer["Location"] == "/usulan/berkas/"
    assert sorted(Batch.objects.values_list("regency", flat=True)) == ["63.01", "63.07"]


def test_nobody_changes_what_lies_elsewhere_what_is_no_field_or_more_than_can_be_read(
    officer, head, signed_in, monkeypatch
):
    here, there = an_establishment(name="Sini"), an_establishment(name="Sana", regency="63.01")
    client = signed_in(officer)

    assert client.post(asked(client, "phone", there), {"phone": "081250001122"}).status_code == 400
    for field in ("regency", "photo", "version", "tidak-ada", "missing"):
        assert client.get(f"{TABLE}ubah/?field={field}&which=all").status_code == 404
    assert signed_in(head).get(f"{TABLE}ubah/?field=phone&which=all").status_code == 403
    assert 'name="change"' not in signed_in(head).get(TABLE).text
    an_establishment(name="Lagi")
    monkeypatch.setattr("disperin.mydata.actions.changing.MOST_CHANGED", 1)
    many = client.post(asked(client, "phone"), {"phone": "081250001122"})
    assert many.status_code == 400
    assert "paling banyak 1" in many.text.lower()
    assert here.version == 1


def test_reading_back_costs_the_same_queries_for_two_records_and_for_four(officer, signed_in):
    client, counted = signed_in(officer), []
    for name in ("Satu", "Dua"):
        for at in range(2):  # from two on, each has a neighbour to be compared with
            an_establishment(name=f"Pembuat {name} {at}")
        url = asked(client, "activity")
        client.post(url, {"activity": "tutup"})  # what a worker looks up once
        with CaptureQueriesContext(connection) as queries:
            assert client.post(url, {"activity": "tutup"}).status_code == 200
        counted.append(len(queries))

    assert counted[0] == counted[1]
