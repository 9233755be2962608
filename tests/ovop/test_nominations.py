"""Nominations: proposed like any record, read inside the office, moved from stage to stage by verbs."""

import pytest
from django.core.exceptions import ValidationError
from django.urls import reverse

from disperin.desk.refusals import NotNow, Refused
from disperin.history.models import Entry
from disperin.registers.record import directory, rollup
from disperin.submissions import actions as submissions
from industries.models import Establishment
from ovop import actions
from ovop.models import Nomination
from tests.factories import a_nomination, an_administrator, nomination_values, place, published

pytestmark = pytest.mark.django_db
REGISTER = "nominations"


def refused_at(values):
    with pytest.raises(ValidationError) as refused:
        published(REGISTER, values)
    return set(refused.value.error_dict)


def test_a_nomination_goes_from_officer_to_verifier_into_the_register(officer, verifier):
    draft = submissions.draft(directory.get(REGISTER), nomination_values(), by=officer)
    submissions.submit(draft, by=officer, acknowledged=True)

    submissions.verify(draft, by=verifier, round=1)

    nomination = Nomination.objects.get()
    assert (nomination.number, nomination.stage, nomination.version) == ("USL-6307-000001", "pengusulan", 1)


def test_an_officer_nominates_over_the_api_as_any_record_is_proposed(officer, verifier, api):
    place = "/api/v1/submissions/"

    begun = api(officer).post(place, {"register": REGISTER, "values": nomination_values()})
    address = f"{place}{begun.json()['number']}"
    sent = api(officer).post(f"{address}/submit/", {"acknowledge_warnings": True})
    verified = api(verifier).post(f"{address}/verify/", {"round": 1})

    assert [one.status_code for one in (begun, sent, verified)] == [201, 200, 200]
    assert Nomination.objects.get().number == verified.json()["record_number"]


def test_whoever_submits_hears_of_shut_gates_missing_papers_and_the_dates_of_the_round(officer):
    values = nomination_values(papers=[{"item": "nib", "number": "9120300000001"}])
    draft = submissions.draft(directory.get(REGISTER), values, by=officer)

    with pytest.raises(ValidationError) as warned:
        submissions.submit(draft, by=officer)

    told = {path: [error.message for error in errors] for path, errors in warned.value.error_dict.items()}
    assert set(told) == {"product", "papers", "round"}
    assert told["papers"] == ["Belum ada dari daftar periksa: SK sentra dari bupati/wali kota."]


def test_a_product_is_nominated_once_a_round():
    values = nomination_values()
    published(REGISTER, values)

    assert refused_at(values) == {"product"}
    assert published(REGISTER, values | {"round": "2022"}).round_id == "2022"


def test_bad_input_is_told_at_its_field(trying):
    plain = nomination_values()

    for values, field in [
        ({"product": "bukan-kunci"}, "product"),
        ({"establishment": "IKM-6307-999999"}, "establishment"),
        ({"round": "1999"}, "round"),
        ({"group": "kertas"}, "group"),
        ({"stage": "penetapan"}, "stage"),
        ({"result": "ditetapkan"}, "result"),
        ({"uniqueness": "a" * 2001}, "uniqueness"),
        ({"uniqueness": "A\x00"}, "uniqueness"),
        ({"papers": [{"item": "ktp"}]}, "papers"),
        ({"papers": "x"}, "papers"),
    ]:
        with trying(values, field):
            assert field in {path.split(".")[0] for path in refused_at({**plain, **values})}


def test_a_nomination_moves_with_its_maker():
    nomination = a_nomination()

    submissions.publish(
        directory.get("establishments"), place("63.06"), by=an_administrator(), record=Establishment.objects.get()
    )

    nomination.refresh_from_db()
    assert nomination.regency_id == "63.06"


def test_a_step_is_a_version_with_its_history_and_moves_the_counts(verifier):
    nomination = a_nomination()

    actions.select(nomination, by=verifier)

    nomination.refresh_from_db()
    assert (nomination.stage, nomination.version) == ("seleksi", 2)
    assert rollup.counts_of(REGISTER)["stage"] == {"seleksi": 1}
    assert Entry.objects.about(nomination).first().verb == "select"


def test_the_versions_of_a_nomination_name_who_took_a_step(officer, verifier, signed_in):
    nomination = actions.select(a_nomination(), by=verifier)

    answer = signed_in(officer).get(reverse("submissions:record-versions", args=[REGISTER, nomination.number]))

    assert [(version.number, person) for version, person, _submission in answer.context["versions"]][0] == (2, verifier)


def test_only_a_verifier_moves_a_nomination(officer, head, administrator, trying):
    nomination = a_nomination()

    for who in (officer, head, administrator):
        with trying(who), pytest.raises(Refused):
            actions.select(nomination, by=who)


def test_a_step_is_not_taken_twice(verifier):
    nomination = actions.select(a_nomination(), by=verifier)

    with pytest.raises(NotNow):
        actions.select(nomination, by=verifier)


def test_an_open_change_of_the_nomination_survives_a_step(officer, verifier, second_verifier):
    nomination = a_nomination()
    change = submissions.draft(directory.get(REGISTER), {"materials": "Katun"}, by=officer, record=nomination)
    submissions.submit(change, by=officer, acknowledged=True)
    actions.select(nomination, by=verifier)

    submissions.verify(change, by=second_verifier, round=1)

    nomination.refresh_from_db()
    assert (nomination.stage, nomination.materials, nomination.version) == ("seleksi", "Katun", 3)
