"""A value that is written otherwise is the same value: no change in the form, over the API, or in a file."""

import pytest
from django.core.exceptions import ValidationError

from disperin.registers.record import directory
from disperin.submissions import actions
from industries.forms import EstablishmentForm
from tests.factories import a_halal_certificate, a_zone, an_establishment

STORED = {
    "name": "Toko Ayu Lestari", "phone": "081234567890", "email": "ayu@toko.example",
    "website": "https://toko.example/a", "marketplaces": ["https://pasar.example/ayu"], "nib": "9120304857261",
    "npwp": "013121660091000", "legal_form": "pt",
    "postal_code": "71311", "latitude": -2.587655, "longitude": 115.387123,
    "products": [{"name": "Kue", "hs_code": "19059090", "permits": ["P-IRT 206"]}],
}  # fmt: skip
OTHERWISE = {
    "name": " Toko  Ayu Lestari ", "phone": "0812 3456-7890", "email": "ayu@TOKO.example", "website": "Toko.example/a",
    "marketplaces": ["HTTPS://Pasar.example/ayu"], "nib": "91203 0485 7261", "npwp": "01.312.166.0-091.000",
    "postal_code": " 71311", "latitude": -2.58765512, "longitude": "115.3871229",
}  # fmt: skip


@pytest.fixture
def record(officer):
    return an_establishment(**STORED)


def test_nothing_changes_in_a_draft_or_over_the_api(record, officer, api):
    product = {"key": str(record.products.get().key), "hs_code": "1905.90.90", "permits": ["P-IRT  206"]}
    values = {**OTHERWISE, "products": [product]}

    draft = actions.draft(directory.get("establishments"), values, by=officer, record=record)

    assert draft.fields_changed == []
    with pytest.raises(ValidationError) as refused:
        actions.submit(draft, by=officer)
    assert refused.value.error_dict["__all__"][0].code == "unchanged"
    actions.withdraw(draft, by=officer)
    told = {"register": "establishments", "record_id": record.number, "values": {"phone": "+62 (812) 3456 7890"}}
    answer = api(officer).post("/api/v1/submissions/", told, format="json").json()
    assert answer["values"]["phone"] == "+6281234567890"
    assert answer["changes"] == []


def test_a_text_that_has_no_such_form_is_kept_as_typed_until_it_is_judged(record, officer):
    draft = actions.draft(directory.get("establishments"), {"phone": "0812", "nib": "12-3"}, by=officer, record=record)

    assert (draft.values["phone"], draft.values["nib"]) == ("0812", "12-3")


def test_coordinates_are_rounded_to_what_is_kept(record, officer):
    draft = actions.draft(
        directory.get("establishments"),
        {"latitude": -2.58712349, "longitude": "115.3871229"},
        by=officer,
        record=record,
    )

    assert (draft.values["latitude"], draft.values["longitude"]) == (-2.587123, 115.387123)
    assert draft.form(by=officer).errors == {}


def test_the_number_of_a_certificate_names_it_however_it_is_written(officer):
    typed = "ID 6311 0000 1234 50223"
    record = a_halal_certificate(certificate_number="ID63110000123450223")

    draft = actions.draft(directory.get("halal"), {"certificate_number": typed}, by=officer, record=record)

    assert draft.fields_changed == []


def test_the_contact_of_a_zone_is_the_same_however_it_is_written(officer):
    record = a_zone(contact_phone="(0511)-330 4567", contact_website="https://kawasan.example")

    typed = {"contact_phone": "(0511) -  330  4567", "contact_website": "Kawasan.example/"}
    draft = actions.draft(directory.get("zones"), typed, by=officer, record=record)

    assert draft.fields_changed == []


def test_marks_alone_say_nothing_and_are_refused_where_a_file_reads_nothing(record, officer, api):
    for text in ("-", "--", "–", " . ", "...", "_", "/"):
        for name in ("name", "owner_name", "address"):
            draft = actions.draft(directory.get("establishments"), {name: text}, by=officer, record=record)
            form = EstablishmentForm(draft.values | {name: text}, instance=record, by=officer)
            assert [error.code for error in form.problems[name]] == ["nothing"], (name, text)
            actions.withdraw(draft, by=officer)


def test_marks_that_stand_already_hinder_no_other_change(officer):
    record = an_establishment(**STORED)
    record.address = "-"
    form = EstablishmentForm(EstablishmentForm.recorded(record), instance=record, by=officer)

    assert "address" not in form.problems
