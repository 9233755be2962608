"""Registers that are read inside only: each within the reach of whoever asks, and kept by nobody on the way."""

import re

import pytest
from django.test import Client

from tests.registers.each_register import address, every_inside_register, make, reader_of, text_of


@every_inside_register
@pytest.mark.django_db
def test_a_visitor_is_sent_to_sign_in_and_told_nothing(register):
    record = make(register)
    listed = address(register, "list")

    for path in (listed, f"{listed}peta.json", address(register, "detail", record.number), f"{listed}x/"):
        answer = Client().get(path)
        assert (answer.status_code, answer["Location"]) == (302, f"/masuk/?next={path}")
    maker, zone = getattr(record, "establishment", None), getattr(record, "zone", None)
    about = f"/industri/{maker.number}/" if maker else f"/kawasan/{zone.slug}/"
    for path in ("/", "/industri/", "/kawasan/", about):
        assert record.number not in text_of(path)


@every_inside_register
@pytest.mark.django_db
def test_an_officer_sees_and_counts_only_the_own_regency(register, officer):
    here, there = make(register, regency="63.07"), make(register, regency="63.06")
    client = Client()
    client.force_login(officer, backend="django.contrib.auth.backends.ModelBackend")
    listed = address(register, "list")

    text = text_of(listed, client)

    assert here.number in text
    assert there.number not in text
    assert there.number not in text_of(f"{listed}peta.json", client)
    assert there.number not in text_of(f"{listed}?regency=63.06", client)
    assert client.get(address(register, "detail", there.number)).status_code == 404
    assert re.search(r'<p class="result-count"[^>]*>\s*1 ', text)


@every_inside_register
@pytest.mark.django_db
def test_no_browser_and_no_proxy_keeps_what_only_the_office_reads(register):
    record = make(register)

    for path in (address(register, "list"), address(register, "detail", record.number)):
        assert "no-store" in reader_of(register).get(path)["Cache-Control"]


@every_inside_register
@pytest.mark.django_db
def test_the_api_answers_about_it_only_within_reach(register, officer, api):
    here, there = make(register, regency="63.07"), make(register, regency="63.06")
    place = f"/api/v1/{register.slug}/"

    assert [api().get(path).status_code for path in (place, f"{place}{here.number}/")] == [401, 401]
    assert [row["number"] for row in api(officer).get(place).json()["results"]] == [here.number]
    assert api(officer).get(f"{place}{here.number}/").json()["number"] == here.number
    assert api(officer).get(f"{place}{there.number}/").status_code == 404
    assert "no-store" in api(officer).get(f"{place}{here.number}/")["Cache-Control"]
