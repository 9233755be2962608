"""The rules of stars and the verdict on a label, at their edges."""

from datetime import date
from types import SimpleNamespace

import pytest
from django.core.exceptions import ValidationError

from ovop import rules
from ovop.rules import AwardState, Verdict

TODAY = date(2026, 11, 22)
AWARD = {
    "stars": 2,
    "decree_on": date(2024, 11, 20),
    "valid_until": None,
    "state": "berlaku",
    "state_on": None,
    "state_reason": "",
}
CLAIM = rules.Claim("satu", "OVP-6307-000001", 2, "permenperin_14_2021", date(2024, 11, 20))
REGISTER = {
    "number": "OVP-6307-000001",
    "stars": 2,
    "scheme": "permenperin_14_2021",
    "issued_on": date(2024, 11, 20),
    "state": "berlaku",
    "valid_until": None,
    "is_closed": False,
    "is_hidden": False,
    "scheme_is_in_force": True,
}


def check(*, max_stars=3, **more):
    """Check the award of the round of 2024, today, with these values."""
    rules.check_award(SimpleNamespace(**AWARD | more), max_stars=max_stars, year=2024, today=TODAY)


@pytest.mark.parametrize(
    "more",
    [
        {"stars": 1},
        {"stars": 3},
        {"stars": 5, "max_stars": 5},
        {"decree_on": date(2024, 1, 1)},
        {"decree_on": date(2026, 11, 22)},
        {"valid_until": date(2024, 11, 21)},
        {"state": "dicabut", "state_on": date(2024, 11, 20), "state_reason": "x"},
        {"state": "dicabut", "state_on": date(2026, 11, 22), "state_reason": "x"},
    ],
)
def test_what_a_decree_can_say_is_accepted(more):
    check(**more)


@pytest.mark.parametrize(
    ("more", "field"),
    [
        ({"stars": 0}, "stars"),
        ({"stars": 4}, "stars"),
        ({"decree_on": date(2023, 12, 31)}, "decree_on"),
        ({"decree_on": date(2026, 11, 23)}, "decree_on"),
        ({"valid_until": date(2024, 11, 20)}, "valid_until"),
        ({"state_on": date(2025, 1, 1)}, "state"),
        ({"state_reason": "x"}, "state"),
        ({"state": "dicabut", "state_reason": "x"}, "state_on"),
        ({"state": "dicabut", "state_on": date(2025, 1, 1), "state_reason": "  "}, "state_reason"),
        ({"state": "berakhir", "state_on": date(2024, 11, 19), "state_reason": "x"}, "state_on"),
        ({"state": "dinilai_ulang", "state_on": date(2026, 11, 23), "state_reason": "x"}, "state_on"),
    ],
)
def test_what_contradicts_itself_is_refused_at_its_field(more, field):
    with pytest.raises(ValidationError) as refused:
        check(**more)

    assert list(refused.value.error_dict) == [field]


@pytest.mark.parametrize(
    ("state", "valid_until", "on", "shown"),
    [
        ("berlaku", None, date(2099, 1, 1), AwardState.VALID),
        ("berlaku", date(2025, 12, 31), date(2025, 12, 31), AwardState.VALID),
        ("berlaku", date(2025, 12, 31), date(2026, 1, 1), AwardState.ENDED),
        ("dinilai_ulang", date(2025, 12, 31), date(2026, 1, 1), AwardState.ENDED),
        ("dicabut", date(2025, 12, 31), date(2026, 1, 1), AwardState.REVOKED),
        ("berakhir", None, date(2020, 1, 1), AwardState.ENDED),
    ],
)
def test_the_last_day_still_belongs_to_a_star(state, valid_until, on, shown):
    assert rules.shown_state(state, valid_until, on) == shown


@pytest.mark.parametrize(("year", "fits"), [(2020, False), (2021, True), (2022, True), (2023, False)])
def test_a_round_lies_in_the_years_of_its_scheme(year, fits):
    def check():
        rules.check_scheme_years(year=year, first_year=2021, last_year=2022, scheme="x")

    if fits:
        check()
    else:
        with pytest.raises(ValidationError):
            check()


def test_a_star_comes_up_for_assessment_two_years_on():
    assert rules.reevaluation_year(2024) == 2026


@pytest.mark.parametrize(
    ("more", "verdict"),
    [
        ({}, Verdict.VALID),
        ({"scheme_is_in_force": False}, Verdict.OLD_SCHEME),
        ({"state": "dinilai_ulang"}, Verdict.REEVALUATED),
        ({"state": "dinilai_ulang", "scheme_is_in_force": False}, Verdict.REEVALUATED),
        ({"stars": 1}, Verdict.SUPERSEDED),
        ({"scheme": "lama_1_5"}, Verdict.SUPERSEDED),
        ({"issued_on": date(2024, 11, 21)}, Verdict.SUPERSEDED),
        ({"valid_until": date(2026, 11, 22)}, Verdict.VALID),
        ({"valid_until": date(2026, 11, 21)}, Verdict.EXPIRED),
        ({"state": "berakhir"}, Verdict.EXPIRED),
        ({"state": "dicabut"}, Verdict.REVOKED),
        ({"state": "dicabut", "valid_until": date(2020, 1, 1), "stars": 1}, Verdict.REVOKED),
        ({"state": "dicabut", "is_closed": True}, Verdict.CLOSED),
        ({"is_hidden": True, "stars": 1}, Verdict.WITHHELD),
        ({"state": "dicabut", "is_hidden": True}, Verdict.REVOKED),
        ({"state": "berakhir", "is_hidden": True}, Verdict.EXPIRED),
    ],
)
def test_the_verdict_is_the_gravest_that_applies(more, verdict):
    assert rules.verdict_on(CLAIM, rules.Registered(**REGISTER | more), on=TODAY) == verdict
