"""Where a choice is refused for a reason of the office, the reason is said; what is not offered is not passed over."""

import datetime
from html import unescape

import pytest
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone

from disperin.accounts.models import Role
from disperin.registers.record import directory
from disperin.submissions import actions
from disperin.submissions.models import Submission
from disperin.tasks.forms import AssignForm
from disperin.workbooks.models import Workbook
from industries.actions import assign
from industries.models import Product
from tests.factories import UserFactory, a_food_maker, an_establishment, establishment_values

ESTABLISHMENTS = directory.get("establishments")


def of(answer, name="form"):
    return {field: [one.code for one in some] for field, some in answer.context[name].errors.as_data().items()}


def test_who_cannot_take_over_is_said_to_be_unable_and_why(
    officer, colleague, officer_there, head, administrator, signed_in
):
    actions.draft(ESTABLISHMENTS, establishment_values(), by=officer)
    away = UserFactory(role=Role.OFFICER, regency=officer.regency, is_active=False)
    browser, address = signed_in(administrator), f"/usulan/serah-terima/{officer.pk}/"
    expected = {officer_there: "out_of_reach", away: "suspended", officer: "same", head: "role"}

    for person, code in expected.items():
        refused = browser.post(address, {"what": "leaves", "to": person.pk})
        assert of(refused) == {"to": [code], "why": ["required"]}
    assert {one for one, _name in refused.context["form"]["to"].field.choices if one} >= {colleague.pk}
    assert of(browser.post(address, {"what": "leaves", "to": 10**6, "why": "x"})) == {"to": ["invalid_choice"]}


def test_whoever_moves_keeps_what_lies_in_the_new_place_and_the_page_says_how_much_goes(
    officer, colleague, administrator, signed_in
):
    actions.draft(ESTABLISHMENTS, establishment_values(name="Satu"), by=officer)
    browser, address = signed_in(administrator), f"/usulan/serah-terima/{officer.pk}/"

    before = browser.get(address)
    stays = browser.post(address, {"what": "moves", "moves_to": officer.regency_id, "to": colleague.pk})

    assert (before.context["total"], stays.context["total"]) == (1, 0)
    assert of(stays) == {"moves_to": ["same"], "why": ["required"]}


def test_only_officers_move_and_others_are_told_so(verifier, administrator, signed_in):
    refused = signed_in(administrator).post(
        f"/usulan/serah-terima/{verifier.pk}/", {"what": "moves", "moves_to": "63.07", "why": "Pindah"}
    )

    verifier.refresh_from_db()
    assert (refused.status_code, verifier.is_active) == (400, True)
    assert set(of(refused)["__all__"]) == {"not_offered"}


def test_who_cannot_see_to_halal_certificates_is_said_to_be_unable_and_why(officer, officer_there, verifier, head):
    maker = a_food_maker()
    away = UserFactory(role=Role.OFFICER, regency=officer.regency, is_active=False)
    day = (timezone.localdate() + datetime.timedelta(days=7)).isoformat()

    def said(by, to):
        form = AssignForm({"to": to.pk, "due_on": day, "note": ""}, by=by)
        if not form.is_valid():
            return form.errors.as_data()["to"][0].code
        with pytest.raises(ValidationError) as refused:
            assign(Product.objects.filter(establishment=maker), by=by, **form.cleaned_data)
        return refused.value.error_dict["to"][0].code

    assert [said(verifier, one) for one in (officer_there, away, head)] == ["out_of_reach", "suspended", "role"]
    told = [said(officer, one) for one in (officer_there, away, head)]
    assert told == ["invalid_choice", "suspended", "invalid_choice"]


def test_what_a_role_may_not_enter_is_refused_and_not_passed_over(officer, signed_in):
    browser = signed_in(officer)
    sent = {"daftar": "establishments", "file": SimpleUploadedFile("a.csv", b"nama\n")}

    old = browser.post("/usulan/impor/", sent | {"older_system": "SIINas lama", "extracted_on": "2024-05-03"})
    elsewhere = browser.post("/usulan/baru/", {"daftar": "establishments", "kabupaten": "63.06"})
    stock = browser.post("/usulan/lama/", {"daftar": "establishments", "kabupaten": "63.06", "all": "1"})

    assert (old.status_code, elsewhere.status_code, stock.status_code) == (400, 400, 403)
    assert "SIINas lama" in old.text
    assert not Workbook.objects.exists()
    assert not Submission.objects.exists()
    own = browser.post("/usulan/baru/", {"daftar": "establishments", "kabupaten": officer.regency_id})
    assert own.status_code == 302


def test_of_what_cannot_be_hidden_it_is_said_why(administrator, signed_in):
    record = an_establishment()
    browser, address = signed_in(administrator), f"/usulan/data/establishments/{record.number}/sembunyikan/"

    inside = browser.post(address, {"path": "npwp", "reason": "Alasan"})
    empty = browser.post(address, {"path": "story_id", "reason": "Alasan"})

    assert [one.status_code for one in (inside, empty)] == [400, 400]
    assert "not in the list" not in inside.text + empty.text
    assert len({str(one.context["form"].errors) for one in (inside, empty)}) == 2


def test_what_an_old_bookmark_asks_for_elsewhere_is_named_with_what_to_do(officer, officer_there, verifier, signed_in):
    here, there = officer.regency, officer_there.regency
    for address in ("/tenggat/?regency=", "/halal/?regency=", "/usulan/lama/?kabupaten="):
        own, other = (signed_in(officer).get(f"{address}{one.pk}") for one in (here, there))
        assert (own.status_code, other.status_code) == (200, 400), address
        told = f"“{there}” di luar jangkauan Anda: bagi Anda, “Kabupaten/kota” selalu {here}."
        assert told in " ".join(unescape(other.text).split()), address
        assert signed_in(verifier).get(f"{address}{there.pk}").status_code == 200
