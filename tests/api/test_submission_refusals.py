"""What the API refuses of submissions: each with its status, and nothing lost."""

import pytest
from django.core.exceptions import ValidationError
from rest_framework.test import APIClient

from disperin.submissions import actions
from disperin.submissions.models import Submission
from tests.api.steps import PLACE, begin, handed_in
from tests.factories import an_establishment, establishment_values, place


def test_without_credentials_everything_is_a_401(api, officer):
    number = begin(api(officer)).json()["number"]

    answers = [
        api().get(PLACE),
        api().post(PLACE, {}),
        api().get(f"{PLACE}{number}/"),
        api().post(f"{PLACE}{number}/submit/"),
    ]

    assert {(one.status_code, one["WWW-Authenticate"], one["Content-Type"]) for one in answers} == {
        (401, "Token", "application/problem+json")
    }


def test_out_of_reach_is_a_404_for_every_step(api, officer, officer_there):
    number = begin(api(officer)).json()["number"]
    client = api(officer_there)

    answers = [client.get(f"{PLACE}{number}/"), client.patch(f"{PLACE}{number}/", {}, headers={"If-Match": '"x"'})]
    for step in ("submit", "withdraw", "claim", "release", "verify", "return", "reject"):
        answers.append(client.post(f"{PLACE}{number}/{step}/", {"round": 1}))

    assert {one.status_code for one in answers} == {404}
    assert client.get(PLACE).json()["results"] == []


def test_a_record_out_of_reach_is_a_403_because_everybody_sees_it(api, officer_there):
    record = an_establishment()

    answer = begin(api(officer_there), record_id=record.number, values={"phone": "08125000123"})

    assert (answer.status_code, answer.json()["code"]) == (403, "refused")


def test_visible_but_not_allowed_is_a_403(api, officer, head, verifier):
    own = handed_in(api(verifier), name="Milik Verifikator")
    number = handed_in(api(officer))["number"]

    answers = [
        begin(api(head)),
        api(officer).post(f"{PLACE}{number}/verify/", {"round": 1}),
        api(head).post(f"{PLACE}{number}/claim/"),
        api(verifier).post(f"{PLACE}{own['number']}/verify/", {"round": 1}),
    ]

    assert [(one.status_code, one.json()["code"]) for one in answers] == [(403, "refused")] * 4


def test_not_in_this_state_is_a_409(api, officer, verifier, second_verifier):
    draft = begin(api(officer)).json()
    number = handed_in(api(officer), name="Lain")["number"]
    api(verifier).post(f"{PLACE}{number}/claim/")

    answers = [
        api(verifier).post(f"{PLACE}{draft['number']}/verify/", {"round": 1}),
        api(officer).post(f"{PLACE}{number}/submit/"),
        api(second_verifier).post(f"{PLACE}{number}/verify/", {"round": 1}),
    ]

    assert [(one.status_code, one.json()["code"]) for one in answers] == [(409, "not_now")] * 3
    assert "Verifikator Satu" in answers[2].json()["detail"]


def test_a_decision_names_the_round_that_was_read(api, officer, verifier):
    number = handed_in(api(officer))["number"]

    for step in ("verify", "return", "reject"):
        body = {"note": "x", **({"reasons": {"name": "x"}} if step == "return" else {})}
        missing = api(verifier).post(f"{PLACE}{number}/{step}/", body)
        stale = api(verifier).post(f"{PLACE}{number}/{step}/", {"round": 0, **body})

        assert (missing.status_code, list(missing.json()["errors"])) == (400, ["round"])
        assert stale.status_code == 409
    assert Submission.objects.get().status == "submitted"


def test_a_revision_needs_if_match(api, officer):
    client = api(officer)
    draft = begin(client)
    address = draft["Location"]

    missing = client.patch(address, {"values": {"name": "Satu"}})
    any_at_all = client.patch(address, {"values": {"name": "Satu"}}, headers={"If-Match": "*"})
    first = client.patch(address, {"values": {"name": "Satu"}}, headers={"If-Match": draft["ETag"]})
    old = client.patch(address, {"values": {"name": "Dua"}}, headers={"If-Match": draft["ETag"]})
    weak = client.patch(address, {"values": {"name": "Tiga"}}, headers={"If-Match": f"W/{first['ETag']}"})

    answers = (missing, any_at_all, first, old, weak)
    assert [one.status_code for one in answers] == [428, 428, 200, 412, 200]
    assert (missing.json()["code"], old.json()["code"]) == ("precondition_required", "stale")
    assert Submission.objects.get().values["name"] == "Tiga"


def test_handing_in_an_old_version_is_a_412_where_if_match_is_given(api, officer):
    client = api(officer)
    draft = begin(client)
    client.patch(draft["Location"], {"message": "Baru"}, headers={"If-Match": draft["ETag"]})

    answer = client.post(f"{draft['Location']}submit/", {}, headers={"If-Match": draft["ETag"]})

    assert answer.status_code == 412


def test_a_second_submission_of_a_record_is_a_409_that_names_the_first(api, officer, colleague):
    record = an_establishment()
    first = begin(api(officer), record_id=record.number, values={"phone": "08125000123"}).json()["number"]
    api(officer).post(f"{PLACE}{first}/submit/", {"acknowledge_warnings": True})
    second = begin(api(colleague), record_id=record.number, values={"phone": "08125000124"}).json()["number"]

    answer = api(colleague).post(f"{PLACE}{second}/submit/", {"acknowledge_warnings": True})

    assert (answer.status_code, first in answer.json()["detail"]) == (409, True)


def test_what_cannot_be_kept_is_named_by_its_path(api, officer):
    client, of, values = api(officer), {"register": "establishments"}, establishment_values()
    whole = of | {"values": values}
    bodies = [
        ({}, {"register"}),
        ({"register": "ships"}, {"register"}),
        ({"register": ["establishments"]}, {"register"}),
        (of | {"colour": 1}, {"colour"}),
        (of | {"values": []}, {"values"}),
        (of | {"kind": "burn"}, {"kind"}),
        (whole | {"values": values | {"colour": 1, "name": ["x"]}}, {"colour", "name"}),
        (whole | {"values": values | {"name": "a\x00b"}}, {"name"}),
        (whole | {"values": values | {"products": [{"key": "x", "name": "Kain"}]}}, {"products.0.key"}),
        (whole | {"values": values | {"workers_male": 10**30}}, {"workers_male"}),
        (whole | {"message": "a\x00b"}, {"message"}),
        (whole | {"values": values | {"owner_name": "6307014101900001"}}, {"owner_name"}),
    ]

    answers = [client.post(PLACE, body) for body, _paths in bodies]

    found = [
        (body, one.status_code, one["Content-Type"], set(one.json().get("errors", [])))
        for (body, _paths), one in zip(bodies, answers, strict=True)
    ]
    assert found == [(body, 400, "application/problem+json", paths) for body, paths in bodies]
    assert not any("6307014101900001" in one.content.decode() for one in answers)
    assert not Submission.objects.exists()


def test_the_api_refuses_with_the_same_errors_as_the_verb(api, officer):
    client = api(officer)
    values = {"name": "Baru", "nib": "12", "founded_year": 1800, "products": [{"unit": "m"}]}
    number = begin(client, values=values).json()["number"]

    answer = client.post(f"{PLACE}{number}/submit/", {}, headers={"Accept-Language": "id"})
    with pytest.raises(ValidationError) as refused:
        actions.submit(Submission.objects.get(), by=officer)

    told = {path: [one["message"] for one in some] for path, some in answer.json()["errors"].items()}
    assert told == refused.value.message_dict
    assert told["nib"]


def test_the_language_of_an_answer_is_the_one_asked_for(api, officer):
    client = api(officer)
    number = begin(client, values={"name": "Baru"}).json()["number"]

    told = [
        client.post(f"{PLACE}{number}/submit/", {}, headers={"Accept-Language": language}).json()["errors"]["kbli"]
        for language in ("id", "en")
    ]

    assert told[0] != told[1]
    assert told[1][0]["message"] == "This field is required."


def test_writing_with_a_session_needs_the_csrf_token(officer):
    client = APIClient(enforce_csrf_checks=True)
    client.force_login(officer, backend="django.contrib.auth.backends.ModelBackend")

    answer = client.post(PLACE, {"register": "establishments"})

    assert (answer.status_code, answer["Content-Type"]) == (403, "application/problem+json")


def test_a_regency_out_of_reach_hides_no_other_error(api, officer, officer_there):
    client, there = api(officer), officer_there.regency_id
    wrong = {"regency": there, "nib": "12", "name": "a\x00b"}
    begun = begin(client)

    refused = client.post(PLACE, {"register": "establishments", "values": wrong, "message": "a\x07b"})
    changed = client.patch(
        begun.json()["url"], {"values": wrong, "colour": 1, "message": "a\x07b"}, headers={"If-Match": begun["ETag"]}
    )
    alone = client.patch(begun.json()["url"], {"values": {"regency": there}}, headers={"If-Match": begun["ETag"]})

    assert {*refused.json()["errors"]} >= {"regency", "nib", "name", "message"}
    assert {*changed.json()["errors"]} >= {"regency", "nib", "name", "message", "colour"}
    assert [one["code"] for one in alone.json()["errors"]["regency"]] == ["out_of_reach"]


def test_a_change_that_moves_a_record_out_of_reach_says_what_hinders_it(api, officer, officer_there):
    client, there = api(officer), place(officer_there.regency_id)
    moved = {name: there[name] for name in ("regency", "district", "village")}

    begun = begin(client, record_id=an_establishment().number, values=moved)
    refused = client.post(f"{PLACE}{begun.json()['number']}/submit/", {"acknowledge_warnings": True})

    assert begun.status_code == 201
    assert [one["code"] for one in begun.json()["errors"]["regency"]] == ["out_of_reach"]
    assert begun.json()["errors"] == refused.json()["errors"]


def test_a_scalar_for_rows_and_endless_digits_are_refused_and_break_nothing(api, officer, verifier):
    client = api(officer)

    for scalar in (True, 5, -1, 1.5, 10**30, "rows"):
        body = {"register": "establishments", "values": establishment_values() | {"products": scalar}}
        answer = client.post(PLACE, body, format="json")
        assert (answer.status_code, "products" in answer.content.decode()) == (400, True), scalar
    number = handed_in(client)["number"]
    answer = api(verifier).post(f"{PLACE}{number}/verify/", {"round": "1" * 1001}, format="json")
    assert (answer.status_code, "round" in answer.content.decode()) == (400, True)
