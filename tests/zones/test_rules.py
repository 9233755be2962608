"""The rules of zones at their exact edges: no database."""

from datetime import date
from decimal import Decimal
from itertools import islice

import pytest
from django.core.exceptions import ValidationError

from zones import rules

TODAY = date(2026, 11, 22)


def codes_of(check, **values):
    """`{field: code}` of what a check refuses; {} if it lets everything pass."""
    try:
        check(**values)
    except ValidationError as error:
        return {name: errors[0].code for name, errors in error.error_dict.items()}
    return {}


@pytest.mark.parametrize(
    ("as_of", "age"),
    [
        (date(2026, 11, 22), "fresh"),
        (date(2025, 11, 22), "fresh"),
        (date(2025, 11, 21), "stale"),
        (date(2021, 1, 1), "stale"),
        (None, "undated"),
    ],
)
def test_a_figure_is_stale_after_twelve_months(as_of, age):
    assert rules.age_of(as_of, TODAY) == age


def test_a_leap_day_ages_too():
    assert rules.age_of(date(2024, 2, 29), date(2025, 2, 28)) == "fresh"
    assert rules.age_of(date(2024, 2, 29), date(2025, 3, 1)) == "stale"


@pytest.mark.parametrize(
    ("name", "slugs"),
    [
        ("Kawasan Industri Jorong", ["kawasan-industri-jorong", "kawasan-industri-jorong-2"]),
        ("Banding", ["banding-2", "banding-3"]),
        ("KWS-6307-000001", ["kws-6307-000001-2", "kws-6307-000001-3"]),
        ("Kawasan_Industri _B_", ["kawasan-industri-b", "kawasan-industri-b-2"]),
        ("…", ["kawasan", "kawasan-2"]),
        ("a" * 150, ["a" * 74, "a" * 74 + "-2"]),
    ],
)
def test_the_name_in_addresses_is_made_from_the_first_name(name, slugs):
    found = list(islice(rules.slugs_for(name), 2))

    assert found == slugs
    assert all(len(one) <= rules.LONGEST_SLUG for one in found)


@pytest.mark.parametrize(
    ("values", "codes"),
    [
        ({}, {}),
        ({"capacity": Decimal(30), "unit": "mw"}, {}),
        ({"capacity": Decimal(30)}, {"unit": "unit_missing"}),
        ({"free_capacity": Decimal(0)}, {"unit": "unit_missing"}),
        ({"capacity": Decimal(30), "free_capacity": Decimal(30), "unit": "mw"}, {}),
        (
            {"capacity": Decimal(30), "free_capacity": Decimal("30.01"), "unit": "mw"},
            {"free_capacity": "more_than_all"},
        ),
    ],
)
def test_a_capacity_has_a_unit_and_no_more_is_free_than_there_is(values, codes):
    plain = {"capacity": None, "free_capacity": None, "unit": ""}

    assert codes_of(rules.check_utility, **plain | values) == codes


@pytest.mark.parametrize(
    ("values", "codes"),
    [
        ({"name": "PT Satu"}, {}),
        ({"has_establishment": True}, {}),
        ({}, {"name": "nameless"}),
        ({"name": "PT Satu", "other_code": "05101", "other_title": "Pertambangan batu bara"}, {}),
        ({"name": "PT Satu", "other_code": "0510"}, {"other_code": "digits"}),
        ({"name": "PT Satu", "other_code": "05101"}, {"other_title": "title_missing"}),
        ({"name": "PT Satu", "other_title": "Tambang"}, {"other_code": "title_missing"}),
        (
            {"name": "PT Satu", "other_code": "05101", "other_title": "Tambang", "has_class": True},
            {"other_code": "twice"},
        ),
    ],
)
def test_a_tenant_has_a_name_and_at_most_one_class(values, codes):
    plain = {"name": "", "has_establishment": False, "has_class": False, "other_code": "", "other_title": ""}

    assert codes_of(rules.check_tenant, **plain | values) == codes


def test_what_is_not_known_is_not_nothing():
    assert rules.free_land([]) is None
    assert rules.free_land([("terjual", Decimal(5))]) == 0
    assert rules.free_land([("tersedia", Decimal(5)), ("tersedia", Decimal("0.5")), ("dipesan", Decimal(9))]) == 5.5
    assert rules.free_power([("listrik", "mw", None), ("air", "mw", Decimal(3))]) is None
    assert rules.free_power([("listrik", "mva", Decimal(3))]) is None
    assert rules.free_power([("listrik", "mw", Decimal(3)), ("listrik", "mw", Decimal(0))]) == 3
    assert rules.nearest_port([("pelabuhan", None), ("bandara", Decimal(3))]) is None
    assert rules.nearest_port([("pelabuhan", Decimal(40)), ("pelabuhan", Decimal("12.5"))]) == Decimal("12.5")


PLANNED = {"planned_start": date(2026, 1, 1), "planned_finish": date(2026, 12, 31), "today": TODAY}
NOTHING_DONE = {"percent": Decimal(0), "actual_start": None, "actual_finish": None, "progress_on": None}


@pytest.mark.parametrize(
    ("values", "codes"),
    [
        ({}, {}),
        ({"planned_finish": date(2026, 1, 1)}, {}),
        ({"planned_finish": date(2025, 12, 31)}, {"planned_finish": "order"}),
        ({"percent": Decimal("0.01")}, {"actual_start": "start_missing", "progress_on": "day_missing"}),
        ({"percent": Decimal(50), "actual_start": TODAY, "progress_on": TODAY}, {}),
        (
            {"percent": Decimal(50), "actual_start": date(2026, 11, 23), "progress_on": TODAY},
            {"actual_start": "future"},
        ),
        ({"percent": Decimal(50), "actual_start": TODAY, "progress_on": date(2026, 11, 23)}, {"progress_on": "future"}),
        ({"percent": Decimal(100), "actual_start": TODAY, "progress_on": TODAY}, {"actual_finish": "finish_missing"}),
        ({"percent": Decimal(100), "actual_start": TODAY, "actual_finish": TODAY, "progress_on": TODAY}, {}),
        (
            {"percent": Decimal("99.99"), "actual_start": TODAY, "actual_finish": TODAY, "progress_on": TODAY},
            {"percent": "not_whole"},
        ),
        (
            {
                "percent": Decimal(100),
                "actual_start": TODAY,
                "actual_finish": date(2026, 11, 21),
                "progress_on": TODAY,
            },
            {"actual_finish": "order"},
        ),
    ],
)
def test_plan_and_progress_fit_together(values, codes):
    assert codes_of(rules.check_milestone, **PLANNED | NOTHING_DONE | values) == codes


@pytest.mark.parametrize(
    ("start", "finish", "begun", "done", "state"),
    [
        (date(2026, 11, 22), date(2026, 12, 1), None, None, "belum_mulai"),
        (date(2026, 11, 21), date(2026, 12, 1), None, None, "terlambat_mulai"),
        (date(2026, 11, 1), date(2026, 11, 21), None, None, "terlambat"),
        (date(2026, 11, 1), date(2026, 11, 22), date(2026, 11, 5), None, "berjalan"),
        (date(2026, 11, 1), date(2026, 11, 21), date(2026, 11, 5), None, "terlambat"),
        (date(2026, 11, 1), date(2026, 11, 10), date(2026, 11, 5), date(2026, 11, 20), "selesai"),
    ],
)
def test_a_milestone_is_late_from_the_day_after(start, finish, begun, done, state):
    days = {"planned_start": start, "planned_finish": finish, "actual_start": begun, "actual_finish": done}

    assert rules.milestone_state(**days, today=TODAY) == state


@pytest.mark.parametrize(
    ("changed", "may", "reason", "stored", "codes"),
    [
        ([], False, "", "", {}),
        ([], False, "Lama", "Lama", {}),
        ([], True, "Baru", "Lama", {"baseline_reason": "reason_idle"}),
        (["weight"], False, "Baru", "", {"weight": "frozen"}),
        (["weight", "planned_start"], False, "", "", {"weight": "frozen", "planned_start": "frozen"}),
        (["weight"], True, "", "", {"baseline_reason": "reason_missing"}),
        (["weight"], True, "Lama", "Lama", {"baseline_reason": "reason_missing"}),
        (["weight"], True, "Baru", "Lama", {}),
    ],
)
def test_the_baseline_changes_by_the_province_and_for_a_new_reason(changed, may, reason, stored, codes):
    given = {"changed": changed, "may_refreeze": may, "reason": reason, "stored_reason": stored}

    assert codes_of(rules.check_baseline, **given) == codes


@pytest.mark.parametrize(
    ("values", "codes"),
    [
        ({}, {}),
        ({"opened_on": date(2026, 11, 23)}, {"opened_on": "future"}),
        ({"due_on": date(2026, 10, 31)}, {"due_on": "order"}),
        ({"due_on": date(2026, 11, 1)}, {}),
        ({"state": "selesai"}, {"resolution": "resolution_missing", "settled_on": "day_missing"}),
        ({"state": "selesai", "resolution": "Sepakat.", "settled_on": TODAY}, {}),
        ({"state": "selesai", "resolution": "Sepakat.", "settled_on": date(2026, 10, 1)}, {"settled_on": "order"}),
        ({"settled_on": TODAY}, {"settled_on": "not_settled"}),
    ],
)
def test_a_settled_issue_says_how_and_when(values, codes):
    plain = {"state": "terbuka", "opened_on": date(2026, 11, 1), "due_on": None, "settled_on": None, "resolution": ""}

    assert codes_of(rules.check_issue, **plain | {"today": TODAY} | values) == codes
