"""Milestones with their frozen baseline, and issues that no visitor hears of."""

import pytest
import time_machine
from django.core.exceptions import ValidationError
from django.db import InternalError, transaction

from disperin.registers.record import directory
from disperin.submissions import actions
from tests.factories import a_milestone, a_zone, an_administrator, an_issue, issue_values, milestone_values
from zones.models import Milestone

pytestmark = pytest.mark.thorough

MILESTONES = directory.get("milestones")
REPORT = {"percent": 40, "actual_start": "2026-10-01", "progress_on": "2026-11-01"}
ANEW = {"weight": 30, "planned_finish": "2027-09-30", "baseline_reason": "Anggaran digeser"}


def proposed(record, values, *, by):
    """A change that was submitted."""
    return actions.submit(actions.draft(MILESTONES, values, by=by, record=record), by=by, acknowledged=True)


def codes_of(record, values, *, by):
    """`{field: code}` of what is refused when a change is submitted."""
    with pytest.raises(ValidationError) as told:
        proposed(record, values, by=by)
    return {path: errors[0].code for path, errors in told.value.error_dict.items()}


@pytest.mark.django_db
def test_the_regency_reports_progress_and_the_province_verifies_it(officer, verifier):
    milestone = a_milestone()
    submission = proposed(milestone, REPORT, by=officer)

    actions.verify(submission, by=verifier, round=1)

    milestone.refresh_from_db()
    assert (milestone.percent, milestone.baseline_number) == (40, 1)


@pytest.mark.django_db
def test_progress_without_a_new_photograph_is_warned_about(officer):
    draft = actions.draft(MILESTONES, REPORT, by=officer, record=a_milestone())

    with pytest.raises(ValidationError) as told:
        actions.submit(draft, by=officer)

    assert {path: errors[0].code for path, errors in told.value.error_dict.items()} == {"photo": "warning"}


@pytest.mark.django_db
def test_weights_of_more_than_the_whole_are_warned_about():
    zone = a_zone()
    a_milestone(zone=zone, weight=80)
    values = milestone_values(zone=zone, weight="20.01")
    draft = actions.draft(MILESTONES, values, by=an_administrator())

    with pytest.raises(ValidationError) as told:
        actions.submit(draft, by=draft.proposed_by)

    assert set(told.value.error_dict) == {"weight"}
    assert "100,01" in str(told.value) or "100.01" in str(told.value)


@pytest.mark.django_db
def test_an_officer_never_moves_the_baseline(officer, trying):
    milestone = a_milestone()

    for name in ["weight", "planned_start", "planned_finish"]:
        with trying(name):
            assert codes_of(milestone, ANEW | {name: ANEW.get(name, "2026-12-01")}, by=officer)[name] == "frozen"


@pytest.mark.django_db
def test_the_province_freezes_it_anew_for_a_reason_and_a_reason_needs_a_change(verifier, trying):
    milestone = a_milestone()

    for values, code in [({"weight": 30}, "reason_missing"), ({"baseline_reason": "Tanpa perubahan"}, "reason_idle")]:
        with trying(values, code):
            assert codes_of(milestone, values, by=verifier) == {"baseline_reason": code}


@pytest.mark.django_db
def test_the_old_baseline_stays_when_it_is_frozen_anew(verifier, second_verifier):
    milestone = a_milestone()

    actions.verify(proposed(milestone, ANEW, by=verifier), by=second_verifier, round=1)
    actions.publish(
        MILESTONES, {"weight": 35, "baseline_reason": "Kedua kali"}, by=an_administrator(), record=milestone
    )

    milestone.refresh_from_db()
    earlier = list(milestone.earlier_baselines())
    assert (milestone.baseline_number, milestone.weight, milestone.baseline_reason) == (3, 35, "Kedua kali")
    assert [(one["baseline_number"], int(one["weight"]), one["baseline_reason"]) for one in earlier] == [
        (1, 25, ""),
        (2, 30, "Anggaran digeser"),
    ]
    assert [str(one["planned_finish"]) for one in earlier] == ["2027-06-30", "2027-09-30"]


@pytest.mark.django_db
def test_a_report_that_waited_keeps_the_baseline_that_was_frozen_meanwhile(officer, verifier):
    milestone = a_milestone()
    waiting = proposed(milestone, REPORT, by=officer)
    actions.publish(MILESTONES, ANEW, by=an_administrator(), record=milestone)

    actions.verify(waiting, by=verifier, round=1)

    milestone.refresh_from_db()
    assert (milestone.percent, milestone.weight, milestone.baseline_number) == (40, 30, 2)


@pytest.mark.django_db
def test_the_database_itself_keeps_the_baseline(trying):
    milestone = a_milestone()

    for values in [{"weight": 30}, {"planned_start": "2026-12-01"}, {"planned_finish": "2028-01-01"}]:
        with trying(values), pytest.raises(InternalError, match="Cannot update"), transaction.atomic():
            Milestone.objects.filter(pk=milestone.pk).update(**values)


@pytest.mark.django_db
def test_officers_see_the_baseline_read_only_and_the_province_does_not(officer, verifier):
    milestone = a_milestone()

    here, province = (MILESTONES.form(instance=milestone, by=by) for by in (officer, verifier))

    assert [name for name, one in here.fields.items() if one.widget.attrs.get("readonly")] == [
        "weight", "planned_start", "planned_finish", "baseline_reason",
    ]  # fmt: skip
    assert not any(one.widget.attrs.get("readonly") for one in province.fields.values())


@pytest.mark.django_db
def test_milestones_and_issues_lie_where_their_zone_lies(officer):
    zone = a_zone(regency="63.06")

    assert a_milestone(zone=zone).regency_id == an_issue(zone=zone).regency_id == "63.06"
    draft = actions.draft(MILESTONES, milestone_values(zone=a_zone()), by=officer)
    assert draft.values["regency"] == "63.07"


@pytest.mark.django_db
def test_an_officer_proposes_no_issue_for_a_zone_elsewhere(officer):
    values = issue_values(zone=a_zone(regency="63.06"))

    with pytest.raises(ValidationError) as told:
        actions.draft(directory.get("issues"), values, by=officer)

    assert told.value.error_dict["regency"][0].code == "out_of_reach"


@pytest.mark.django_db
def test_an_issue_is_settled_with_its_day_and_its_way():
    issue = an_issue()

    with pytest.raises(ValidationError) as told:
        actions.publish(directory.get("issues"), {"state": "selesai"}, by=an_administrator(), record=issue)

    assert set(told.value.error_dict) == {"resolution", "settled_on"}


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("light", "due", "is_warned"),
    [
        ("hijau", "2026-11-21", True),
        ("kuning", "2026-11-21", True),
        ("merah", "2026-11-21", False),
        ("hijau", "2026-12-06", True),
        ("hijau", "2026-12-07", False),
        ("merah", "2026-12-31", False),
    ],
)
def test_a_light_that_is_kinder_than_its_days_is_warned_about(officer, light, due, is_warned):
    with time_machine.travel("2026-11-22 04:00", tick=False):
        draft = actions.draft(directory.get("issues"), issue_values(light=light, due_on=due), by=officer)
        refused = {}
        try:
            actions.submit(draft, by=officer)
        except ValidationError as told:
            refused = {path: errors[0].code for path, errors in told.error_dict.items()}

    assert refused == ({"light": "warning"} if is_warned else {})
