"""Values that once broke an answer, lost a row or were read as something else."""

import pytest
from django.http import QueryDict

from disperin.registers.record import directory
from disperin.registers.values.kept_texts import unfit_texts
from disperin.registers.values.posted import read
from disperin.submissions import actions, own_words
from disperin.submissions.models import Submission
from tests.factories import an_establishment, establishment_values

ESTABLISHMENTS = directory.get("establishments")
ENDLESS = "1e9999999"


@pytest.mark.parametrize(
    "path", ["/kawasan/?port_within={}", "/api/v1/zones/?port_within={}", "/api/v1/kbli/?version={}"]
)
def test_a_number_with_an_endless_exponent_is_told_by_a_filter(path, client, db):
    answer = client.get(path.format(ENDLESS))

    assert answer.status_code in (200, 400)
    assert len(answer.content) < 200_000


def test_a_number_with_an_endless_exponent_is_told_by_a_proposal(officer, api):
    given = establishment_values(investment=ENDLESS, latitude=ENDLESS)

    answer = api(officer).post("/api/v1/submissions/", {"register": "establishments", "values": given})

    assert answer.status_code == 201
    assert {"investment", "latitude"} <= set(answer.json()["errors"])


def test_a_text_with_marks_is_no_whole_number_by_the_api(officer, api):
    """“12.000” is twelve to one reader and twelve thousand to the other."""
    for text in ("12.000", "12,000", "1_000", "12.0", "+12"):
        given = establishment_values(workers_male=text)
        answer = api(officer).post("/api/v1/submissions/", {"register": "establishments", "values": given}).json()
        (told,) = answer["errors"]["workers_male"]
        assert text in told["message"]
        assert "1250" in told["message"]


def test_a_form_that_does_not_say_how_many_rows_it_has_takes_none_away():
    kept = {"products": [{"key": "0" * 32, "name": "Kain"}], "documents": []}

    for post in ("name=Baru", "name=Baru&products-TOTAL=x", "name=Baru&products-TOTAL=-1"):
        assert read(ESTABLISHMENTS.form, QueryDict(post), kept=kept)["products"] == kept["products"]
    assert read(ESTABLISHMENTS.form, QueryDict("name=Baru&products-TOTAL=0"), kept=kept)["products"] == []


def test_nobody_speaks_in_the_voice_of_the_portal(officer, verifier, api):
    record = an_establishment()
    for text in ("portal:forgotten", " portal:merged?dropped=A&kept=B", "portal:restored?number=%36%33%30%37"):
        body = {"register": "establishments", "record_id": record.number, "values": {"name": "Lain"}, "message": text}
        answer = api(officer).post("/api/v1/submissions/", body)
        assert (answer.status_code, "message" in answer.json()["errors"]) == (400, True)
        assert "note" in unfit_texts({"note": text})
    assert not Submission.objects.filter(direct=False).exists()
    assert unfit_texts({"note": own_words.kept("forgotten")}) == {}


def test_words_of_the_portal_stay_in_no_language_when_a_program_sends_back_what_it_read(officer, api):
    record = an_establishment()
    message = own_words.kept("restored", number=1)
    draft = actions.draft(ESTABLISHMENTS, {"name": "Lain"}, by=officer, record=record, message=message)

    path = f"/api/v1/submissions/{draft.number}/"
    read_back = api(officer).get(path)
    body = {"values": {"name": "Lain lagi"}, "message": read_back.json()["message"]}
    answer = api(officer).patch(path, body, headers={"If-Match": read_back["ETag"]})

    assert answer.status_code == 200
    assert Submission.objects.get(pk=draft.pk).message == message


def test_what_is_wrong_with_a_change_of_a_record_elsewhere_tells_nothing_of_it(officer, api):
    record = an_establishment(regency="63.06")
    body = {
        "register": "establishments",
        "record_id": record.number,
        "values": {"contact_public": True, "name": "a\u0000"},
    }

    answer = api(officer).post("/api/v1/submissions/", body | {"x": 1})

    assert set(answer.json().get("errors", {})) <= {"x"}
