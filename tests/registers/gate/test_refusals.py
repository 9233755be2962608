"""Whoever is refused hears at once all that is wrong: what may be kept nowhere, and everything else beside it."""

import json

import pytest
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import SimpleUploadedFile

from disperin.accounts.forms import AccountForm, InviteForm, ProfileForm
from disperin.inquiries.forms import InquiryForm
from disperin.registers.gate.in_bulk import Proposed, judge
from disperin.registers.record import directory
from disperin.submissions import actions
from disperin.submissions.batches import actions as batches
from disperin.submissions.models import Stock
from tests.factories import an_establishment, establishment_values

PLACE = "/api/v1/submissions/"
UNSEEN, TURNED, HALF = "a\x00b", "a\u202eb", "a\ud800b"


def posted(client, address, body):
    """The errors that the API tells of a body, which may hold halves of characters."""
    return client.post(address, json.dumps(body), content_type="application/json").json()["errors"]


def values(**more):
    return establishment_values(**more) | {"nib": "12", "founded_year": 1800} | more


def test_a_text_that_cannot_be_kept_is_told_together_with_all_other_errors(api, officer):
    client = api(officer)
    for unfit, named in ((UNSEEN, "U+0000"), (TURNED, "U+202E"), (HALF, "U+D800")):
        body = {"register": "establishments", "values": values(name=unfit, email="x"), "message": unfit}

        errors = posted(client, PLACE, body)

        assert {*errors} == {"name", "nib", "founded_year", "email", "message"}
        assert named in errors["name"][0]["message"]
        assert named in errors["message"][0]["message"]


def test_a_wrong_body_is_told_together_with_its_wrong_values(api, officer):
    wrong = {"kind": "burn", "colour": 1, "message": UNSEEN, "values": {"name": HALF, "nib": "12"}}
    nowhere = wrong | {"register": "ships"}

    told = [posted(api(officer), PLACE, one) for one in (wrong | {"register": "establishments"}, nowhere)]

    assert {*told[0]} >= {"kind", "colour", "message", "name", "nib"}
    assert {*told[1]} == {"kind", "colour", "message", "register"}


def test_a_name_of_half_a_character_is_still_refused_by_the_body(api, officer):
    answer = api(officer).post(PLACE, '{"\\ud800": 1}', content_type="application/json")

    assert (answer.status_code, "U+D800" in answer.json()["detail"]) == (400, True)


def test_a_value_is_refused_for_one_reason_and_rows_are_named_as_the_sender_knows_them(officer):
    record = an_establishment(products=[{"name": "Kain"}])
    key = str(record.products.get().key)
    rows = [{"key": key, "name": UNSEEN, "unit": "x" * 99}, {"name": UNSEEN}, {"key": "asing", "name": "Topi"}, 7]

    with pytest.raises(ValidationError) as refused:
        actions.draft(directory.get("establishments"), {"products": rows}, by=officer, record=record)

    told = {path: len(some) for path, some in refused.value.message_dict.items()}
    assert told[f"products.{key}.name"] == told["products.1.name"] == told["products.2.key"] == told["products.3"] == 1
    assert f"products.{key}.unit" in told
    assert not [path for path in told if path.startswith("products.3.")]
    named = {path.split(".")[1] for path in told if path.startswith("products.")}
    assert named <= {key, "1", "2", "3"}


def test_an_import_says_one_thing_of_one_cell_and_still_judges_the_lines(administrator):
    given = values(name="x" * 30_000, products=[{"name": UNSEEN, "kbli": "1"}, {"name": "Kain", "kbli": "1"}])

    (judged,) = judge(directory.get("establishments"), [Proposed(given, None, 1)], by=administrator)

    codes = {path: [one.code for one in some] for path, some in judged.errors.items()}
    assert codes["name"] == codes["products.0.name"] == ["unfit"]
    assert {"nib", "founded_year", "products.0.kbli", "products.1.kbli"} <= {*codes}


def test_the_page_that_submits_lists_them_all_and_the_one_that_only_saves_asks_for_nothing_missing(officer, client):
    submission = actions.draft(directory.get("establishments"), {"regency": officer.regency_id}, by=officer)
    client.force_login(officer)
    typed = {"nib": "12", "owner_name": TURNED, "phone": "x", "message": UNSEEN, "products-TOTAL": 0}

    def listed(**button):
        submission.refresh_from_db()
        typed["revision"] = submission.revision
        answer = client.post(f"/usulan/{submission.number}/ubah/", typed | button)
        assert answer.status_code == 400
        return {*answer.context["page"].problems}

    assert listed() == {"owner_name", "nib", "phone", "message"}
    assert listed(check="1") >= {"owner_name", "nib", "phone", "message", "name", "legal_form"}


def test_a_file_that_is_refused_hides_nothing_else(officer, administrator, client):
    submission = actions.draft(directory.get("establishments"), {"regency": officer.regency_id}, by=officer)
    typed = {"nib": "12", "products-TOTAL": 0, "regency": officer.regency_id}
    pages = {f"/usulan/{submission.number}/ubah/": officer, "/admin/industries/establishment/add/": administrator}

    for page, by in pages.items():
        client.force_login(by)
        for owner in ("", TURNED):
            sent = typed | {"revision": submission.revision, "check": "1", "_save": "1", "owner_name": owner}
            answer = client.post(page, sent | {"photo-file": SimpleUploadedFile("a.jpg", b"tidak")})
            assert answer.status_code == 400
            problems = answer.context["page"].problems
            assert {*problems} >= {"photo", "nib", "name", *(["owner_name"] if owner else [])}
            submission.refresh_from_db()


def test_a_page_of_files_is_refused_once_for_all(administrator, client):
    client.force_login(administrator)
    for sent, told in (
        ({"older_system": TURNED, "extracted_on": "0001-01-01"}, {"older_system", "extracted_on"}),
        ({"older_system": "SIINas lama"}, {"extracted_on"}),
        ({"extracted_on": "2024-05-03"}, {"older_system"}),
    ):
        answer = client.post("/usulan/impor/", sent)
        assert {*answer.context["form"].errors} == {"daftar", "kabupaten", "file", *told}


def test_an_administrator_hears_all_of_it_too(administrator):
    with pytest.raises(ValidationError) as refused:
        actions.publish(directory.get("establishments"), values(name=UNSEEN), by=administrator)

    assert {*refused.value.message_dict} == {"name", "nib", "founded_year"}


def test_an_inquiry_is_refused_once_for_all(api, db):
    wrong = {
        "kind": "question", "topic": "address", "message": TURNED, "sender_name": UNSEEN, "email": "x", "phone": "y",
        "register": "ships", "record": "?", "colour": 1,
    }  # fmt: skip

    told = api().post("/api/v1/inquiries/", wrong).json()["errors"]

    assert {*told} == {"topic", "message", "sender_name", "email", "phone", "consented", "record", "colour"}
    form = InquiryForm({"message": "Milik 6307014101900001", "sender_name": TURNED}, kind="report")
    assert {*form.errors} == {"message", "sender_name", "consented"}


def test_an_account_is_refused_once_for_all(officer, administrator):
    officer.set_password("rahasia-lama-1")
    officer.save()
    profile = ProfileForm({"full_name": TURNED, "email": "x", "language": "xx"}, instance=officer)
    invited = InviteForm({"username": UNSEEN, "full_name": TURNED, "email": "x", "role": "officer", "language": "id"})

    assert {*profile.errors} == {"full_name", "email", "language", "current_password"}
    assert {*invited.errors} == {"username", "full_name", "email", "regency"}
    assert {*AccountForm({"full_name": TURNED, "role": "head", "regency": "63.07"}, instance=officer).errors} >= {
        "full_name",
        "regency",
    }


def test_a_decision_is_refused_once_for_all(api, officer, verifier):
    number = api(officer).post(PLACE, {"register": "establishments", "values": values()}).json()["number"]
    asked = {"note": TURNED, "reasons": {"name": UNSEEN}}

    told = api(verifier).post(f"{PLACE}{number}/return/", asked).json()["errors"]

    assert {*told} == {"round", "note", "reasons.name"}
    assert "U+202E" in told["note"][0]["message"]
    assert "U+0000" in told["reasons.name"][0]["message"]


def test_a_file_is_refused_once_for_all(api, administrator):
    told = api(administrator).post("/api/v1/workbooks/", {"register": "x", "older_system": TURNED}).json()["errors"]

    assert {*told} == {"register", "regency", "file", "older_system", "extracted_on"}
    with pytest.raises(ValidationError) as refused:
        batches.check_stock(Stock("", None), by=administrator)
    assert {*refused.value.message_dict} == {"older_system", "extracted_on"}
