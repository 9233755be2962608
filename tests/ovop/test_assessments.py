"""Two people assess a nomination: by the same criteria, each blind to the other, by page, API and admin."""

import datetime
from decimal import Decimal

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, InternalError, transaction
from django.urls import reverse
from django.utils import timezone

from disperin.desk.refusals import NotNow, Refused
from disperin.history.models import Entry
from disperin.registers.record import directory
from disperin.submissions import actions as submissions
from ovop import actions, rules
from ovop.models import Assessment, Criterion, Mark, Nomination
from tests.factories import a_nomination, an_administrator, nomination_values
from tests.registers.days import put_back

pytestmark = [pytest.mark.django_db, pytest.mark.thorough]
REGISTER = "nominations"
FULL, HALF, NONE = {"mutu": 10, "pasar": 5}, {"mutu": 5, "pasar": 5}, {"mutu": 0, "pasar": 0}


def test_the_total_is_that_of_the_criteria_of_its_group(selected, verifier):
    assessment = actions.assess(selected, points=HALF, by=verifier, comment="Baik.")

    assert (assessment.total, assessment.place) == (Decimal("70.00"), 1)
    assert {mark.criterion_id: mark.points for mark in assessment.marks.all()} == HALF


def test_points_that_make_no_sense_are_told_at_their_criterion(selected, verifier, trying):
    for points, fields in [
        ({"mutu": 10}, {"pasar"}),
        ({"mutu": 11, "pasar": 5}, {"mutu"}),
        ({"mutu": -1, "pasar": 5}, {"mutu"}),
        ({"mutu": True, "pasar": 5}, {"mutu"}),
        ({"mutu": 9.5, "pasar": 5}, {"mutu"}),
        ({**FULL, "benang": 5}, {"__all__"}),
        ({}, {"mutu", "pasar"}),
    ]:
        with trying(points, fields):
            with pytest.raises(ValidationError) as refused:
                actions.assess(selected, points=points, by=verifier)

            assert set(refused.value.error_dict) == fields
            assert not Assessment.objects.exists()


def test_whoever_proposed_does_not_assess(criteria, verifier, second_verifier):
    draft = submissions.draft(directory.get(REGISTER), nomination_values(), by=verifier)
    submissions.submit(draft, by=verifier, acknowledged=True)
    submissions.verify(draft, by=second_verifier, round=1)
    nomination = actions.select(Nomination.objects.get(), by=verifier)

    with pytest.raises(Refused):
        actions.assess(nomination, points=FULL, by=verifier)
    assert actions.assess(nomination, points=FULL, by=second_verifier).place == 1


def test_nobody_assesses_twice_and_there_is_no_third(selected, verifier, second_verifier):
    actions.assess(selected, points=FULL, by=verifier)
    with pytest.raises(NotNow):
        actions.assess(selected, points=FULL, by=verifier)
    actions.assess(selected, points=FULL, by=second_verifier)

    with pytest.raises(IntegrityError), transaction.atomic():
        Assessment.objects.create(nomination=selected, assessor=an_administrator(), place=3, total=1)


def test_what_was_handed_in_stands_in_the_database_too(selected, verifier):
    assessment = actions.assess(selected, points=FULL, by=verifier)

    with pytest.raises(InternalError), transaction.atomic():
        Assessment.objects.filter(pk=assessment.pk).update(total=1)
    with pytest.raises(InternalError), transaction.atomic():
        Mark.objects.update(points=1)


def test_both_assess_by_the_criteria_of_the_day_on_which_selection_began(selected, verifier, second_verifier, criteria):
    actions.assess(selected, points=FULL, by=verifier)
    Criterion.objects.create(key="baru", name_id="Baru", name_en="New", weight=10, points=5)

    second = actions.assess(selected, points=FULL, by=second_verifier)

    assert second.total == 100


def test_a_criterion_that_was_used_is_not_weighed_otherwise(selected, verifier, criteria):
    actions.assess(selected, points=FULL, by=verifier)
    criterion = criteria[0]
    criterion.weight = 99

    with pytest.raises(ValidationError) as refused:
        criterion.full_clean()

    assert set(refused.value.error_dict) == {"weight"}
    criterion.weight, criterion.valid_to = 60, datetime.date(2026, 12, 31)
    criterion.full_clean()


def pages_about(nomination, user, signed_in, api):
    """What somebody reads of a nomination: page, list, API."""
    client = signed_in(user)
    paths = [reverse("ovop:nomination-detail", args=[nomination.number]), reverse("ovop:nomination-list")]
    read = [client.get(path).content.decode() for path in paths]
    return "".join(read), api(user).get(f"/api/v1/nominations/{nomination.number}/").json()


def test_one_assessment_alone_is_seen_by_nobody_else(
    selected, officer, verifier, second_verifier, head, administrator, signed_in, api, trying
):
    actions.assess(selected, points={"mutu": 7, "pasar": 3}, by=verifier, comment="Rahasia sampai keduanya masuk")

    for who in (officer, second_verifier, head, administrator):
        with trying(who):
            text, said = pages_about(selected, who, signed_in, api)

            assert "1 dari 2 penilaian" in text
            assert "66,00" not in text
            assert "Rahasia sampai keduanya masuk" not in text
            assert (said["assessments"], said["gap"], said["assessments_in"]) == ([], None, 1)


def test_ones_own_assessment_is_seen_alone(selected, verifier, signed_in, api):
    actions.assess(selected, points={"mutu": 7, "pasar": 3}, by=verifier)

    text, said = pages_about(selected, verifier, signed_in, api)

    assert "66,00" in text
    assert [one["total"] for one in said["assessments"]] == [66.0]


def test_the_admin_is_blind_too(selected, verifier, second_verifier, administrator, signed_in):
    first = actions.assess(selected, points={"mutu": 7, "pasar": 3}, by=verifier)
    client = signed_in(administrator)
    listed, single = "/admin/ovop/assessment/", f"/admin/ovop/assessment/{first.pk}/change/"

    assert "66,00" not in client.get(listed).content.decode()
    assert client.get(single).status_code == 302
    assert "66" not in str(list(Entry.objects.about(selected).values_list("detail", flat=True)))

    actions.assess(selected, points=FULL, by=second_verifier)
    assert "66,00" in client.get(listed).content.decode()
    assert client.get(single).status_code == 200


def test_both_are_seen_by_all_within_reach_once_they_are_in(
    selected, verifier, second_verifier, officer, signed_in, api
):
    actions.assess(selected, points=FULL, by=verifier)
    actions.assess(selected, points=HALF, by=second_verifier)

    text, said = pages_about(selected, officer, signed_in, api)

    assert "100,00" in text
    assert "70,00" in text
    assert [one["total"] for one in said["assessments"]] == [100.0, 70.0]
    assert said["gap"] == 30.0
    assert said["assessments"][0]["marks"][0] == {"criterion": "mutu", "points": 10, "most": 10, "weight": 60}


def test_a_wide_gap_asks_for_a_note_before_it_goes_on(selected, verifier, second_verifier):
    actions.assess(selected, points=FULL, by=verifier)
    actions.assess(selected, points=HALF, by=second_verifier)

    with pytest.raises(NotNow):
        actions.determine(selected, by=verifier)
    actions.explain_gap(selected, note="Contoh produk berbeda.", by=verifier)

    assert actions.determine(selected, by=verifier).stage == "penetapan"


@pytest.mark.parametrize(("given", "step"), [(17, rules.Step.DETERMINE), (16, rules.Step.EXPLAIN)], ids=["15", "20"])
def test_a_gap_of_exactly_15_goes_on_without_a_note(verifier, second_verifier, given, step):
    Criterion.objects.create(key="satu", name_id="Satu", name_en="One", weight=1, points=20)
    nomination = actions.select(a_nomination(), by=verifier)
    actions.assess(nomination, points={"satu": 20}, by=verifier)
    actions.assess(nomination, points={"satu": given}, by=second_verifier)

    assert rules.open_steps(nomination.standing(), nomination.person(verifier)) == [step]


def test_a_note_that_cannot_be_kept_is_told(selected, verifier, second_verifier, signed_in, trying):
    actions.assess(selected, points=FULL, by=verifier)
    actions.assess(selected, points=NONE, by=second_verifier)
    path = reverse("ovop:nomination-step", args=[selected.number])

    for note in ["", "a" * 1001, "A\x00", "6307011508900001"]:
        with trying(note):
            answer = signed_in(verifier).post(path, {"step": "explain", "note": note})

            assert answer.status_code == 400
            selected.refresh_from_db()
            assert selected.gap_note == ""


def test_on_a_day_before_an_assessment_came_in_it_is_neither_counted_nor_shown(
    selected, verifier, second_verifier, head, api
):
    put_back(3)
    yesterday = (timezone.localdate() - datetime.timedelta(days=1)).isoformat()
    for who in (verifier, second_verifier):
        actions.assess(selected, points=FULL, by=who)
    address = f"/api/v1/nominations/{selected.number}/"

    now, then = (api(head).get(address, asked).json() for asked in ({}, {"as_of": yesterday}))

    assert [(one["assessments_in"], len(one["assessments"]), one["gap"]) for one in (now, then)] == [
        (2, 2, 0.0), (0, 0, None),
    ]  # fmt: skip
