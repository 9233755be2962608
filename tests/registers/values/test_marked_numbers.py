"""Numbers as they are printed and pasted, with marks between digits: nothing is cut, and marks are not counted."""

import json
from pathlib import Path

import pytest
from django import forms

from disperin.inquiries.forms import NumberForm
from disperin.registers.record import directory
from disperin.submissions import actions
from disperin.ui.controls import control
from industries.forms import EstablishmentForm
from tests.factories import establishment_values, green_values, halal_values, zone_values

PRINTED = {
    "nib": ("1234 5678 90128", "1234567890128"),
    "npwp": ("01.234.567.8-901.000", "012345678901000"),
    "phone": ("+62 812 - 3456 - 78901", "+62812345678901"),
    "postal_code": ("7 1 3 1 1", "71311"),
}


CASES = json.loads((Path(__file__).parents[2] / "marked_numbers.json").read_text())  # shared with page and files


def stored(name, typed):
    """What a form makes of it, or None where it refuses it."""
    form = EstablishmentForm({"name": "Contoh", "legal_form": "cv", name: typed})
    return None if name in form.unfit({name: typed}) or name in form.errors else form.cleaned_data[name]


def test_each_way_of_writing_a_number_is_read_or_refused(db):
    for name, cases in CASES.items():
        for case in cases:
            assert stored(name, case["typed"]) == case["stored"], case


def _stored(slug, values, officer, *names):
    draft = actions.draft(directory.get(slug), values, by=officer)
    form = actions.submit(draft, by=officer, acknowledged=True).form(by=officer)
    assert form.problems == {}
    return [getattr(form.instance, name) for name in names]


def test_a_printed_number_is_stored_by_its_digits(officer):
    printed = {name: one for name, (one, _digits) in PRINTED.items()}
    values = establishment_values(legal_form="pt", products=[{"name": "Kue", "hs_code": "1905.90.90"}], **printed)

    assert _stored("establishments", values, officer, *PRINTED) == [digits for _one, digits in PRINTED.values()]


def test_the_numbers_of_certificates_and_offices_are_read_in_the_same_way(officer):
    number = "ID 63 11 0000 0000 00123"
    halal = halal_values(certificate_number=number)
    green = green_values(standard_number="S I H  1 3 1 3 4 . 1 : 2 0 2 2", certificate_number="LSIH" + " " * 60 + "7")
    tenant = {"name": "PT Contoh", "other_code": "4 6 1 0 0", "other_title": "Perdagangan"}
    zone = zone_values(contact_phone="+62 (511) - 330 - 4567", tenants=[tenant])

    assert _stored("halal", halal, officer, "certificate_number") == ["ID63110000000000123"]
    names = ("standard_number", "certificate_number")
    assert _stored("green", green, officer, *names) == ["SIH 13134.1:2022", "LSIH 7"]
    assert _stored("zones", zone, officer, "contact_phone") == ["+62 (511)-330-4567"]


def test_the_api_takes_the_printed_form_too(officer, api):
    values = establishment_values(legal_form="pt", npwp=PRINTED["npwp"][0])

    begun = api(officer).post("/api/v1/submissions/", {"register": "establishments", "values": values}, format="json")
    answer = api(officer).post(
        f"/api/v1/submissions/{begun.json()['number']}/submit/", {"acknowledge_warnings": True}, format="json"
    )

    assert (answer.status_code, answer.json().get("errors")) == (200, {})


@pytest.mark.parametrize("register", directory.all_registers(), ids=lambda one: one.slug)
def test_no_input_cuts_what_is_pasted(register, db):
    form = register.form()

    for one in (form, *(part(key="") for part in form.parts.values())):
        texts = [name for name, field in one.fields.items() if isinstance(field, forms.CharField)]
        assert [name for name in texts if "maxlength" in control(one[name])] == []


def test_a_tracking_number_is_read_with_blanks_between_its_letters():
    form = NumberForm({"nomor": " ".join("tny-6307-k7qm2xw4hb") + " " * 20})

    assert "maxlength" not in control(form["nomor"])
    assert (form.is_valid(), form.cleaned_data) == (True, {"nomor": "TNY-6307-K7QM2XW4HB"})
