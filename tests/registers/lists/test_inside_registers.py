"""Registers that are read inside only: each within the reach of whoever asks, and kept by nobody on the way."""

import re

import pytest
from django.test import Client

from disperin.desk.refusals import Refused
from disperin.registers.lists.addresses import record_address
from disperin.registers.record import directory
from disperin.submissions import actions
from tests.registers.each_register import (
    INSIDE,
    address,
    every_inside_register,
    make,
    maps_of,
    name_of,
    reader_of,
    text_of,
)

pytestmark = pytest.mark.django_db


@pytest.fixture(scope="module")
def published(once):
    """Of each such register, by slug: a record of "here", 63.07, and one of 63.06."""
    return once(lambda: {one.slug: [make(one, regency=code) for code in ("63.07", "63.06")] for one in INSIDE})


@pytest.fixture
def here(published, register):
    """The record of "here"."""
    return published[register.slug][0]


@pytest.fixture
def there(published, register):
    """The record of the other regency."""
    return published[register.slug][1]


@every_inside_register
def test_a_visitor_is_sent_to_sign_in_and_told_nothing(register, here):
    listed = address(register, "list")

    for path in (listed, *maps_of(register), address(register, "detail", here.number), f"{listed}x/"):
        answer = Client().get(path)
        assert (answer.status_code, answer["Location"]) == (302, f"/masuk/?next={path}")
    leader = here.regency_from and getattr(here, here.regency_from)
    about = [record_address(directory.of(type(leader)), name_of(leader))] if leader else []
    for path in ("/", "/industri/", "/kawasan/", *about):
        assert here.number not in text_of(path)


@every_inside_register
def test_an_officer_sees_and_counts_only_the_own_regency(register, here, there, officer):
    if register.model.of_province:
        return  # the next test
    client = Client()
    client.force_login(officer, backend="django.contrib.auth.backends.ModelBackend")
    listed = address(register, "list")

    text = text_of(listed, client)

    assert here.number in text
    assert there.number not in text
    assert not any(there.number in text_of(place, client) for place in maps_of(register))
    assert there.number not in text_of(f"{listed}?regency=63.06", client)
    assert client.get(address(register, "detail", there.number)).status_code == 404
    assert re.search(r'<p class="result-count"[^>]*>\s*1 ', text)


@pytest.mark.parametrize("register", [one for one in INSIDE if one.model.of_province], ids=lambda one: one.slug)
def test_every_office_reads_what_is_of_the_province_and_none_proposes_it(register, here, there, officer, api):
    client = Client()
    client.force_login(officer, backend="django.contrib.auth.backends.ModelBackend")

    listed = text_of(address(register, "list"), client)
    page = client.get(address(register, "detail", there.number))

    assert here.number in listed
    assert there.number in listed
    assert page.status_code == 200
    assert "/usulan/baru/?daftar=" not in page.content.decode()
    assert "no-store" in api(officer).get(f"/api/v1/{register.slug}/{there.number}/")["Cache-Control"]
    for record in (here, there):
        asked = {"register": register.slug, "record_id": record.number, "values": {}}
        assert api(officer).post("/api/v1/submissions/", asked).status_code == 403, record.number
        with pytest.raises(Refused):
            actions.draft(register, {}, by=officer, record=record)
    with pytest.raises(Refused):
        actions.draft(register, {}, by=officer)


@every_inside_register
def test_no_browser_and_no_proxy_keeps_what_only_the_office_reads(register, here):
    for path in (address(register, "list"), address(register, "detail", here.number)):
        assert "no-store" in reader_of(register).get(path)["Cache-Control"]


@every_inside_register
def test_the_api_answers_about_it_only_within_reach(register, here, there, officer, api):
    place = f"/api/v1/{register.slug}/"

    assert [api().get(path).status_code for path in (place, f"{place}{here.number}/")] == [401, 401]
    shown = {here.number, there.number} if register.model.of_province else {here.number}
    assert {row["number"] for row in api(officer).get(place).json()["results"]} == shown
    assert api(officer).get(f"{place}{here.number}/").json()["number"] == here.number
    assert api(officer).get(f"{place}{there.number}/").status_code == (200 if register.model.of_province else 404)
    assert "no-store" in api(officer).get(f"{place}{here.number}/")["Cache-Control"]
