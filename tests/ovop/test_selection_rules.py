"""The way of a nomination as a table: which step from which stage, by whom; totals, the gap at exactly 15, results."""

import datetime
from decimal import Decimal

import pytest
from django.core.exceptions import ValidationError

from ovop.rules import Person, Stage, Standing, Step, check_result, gap_of, needs_note, open_steps, total_of, why_not

VERIFIER = Person(reaches=True, can_propose=True, can_decide=True)
OFFICER = Person(reaches=True, can_propose=True, can_decide=False)
HEAD = Person(reaches=True, can_propose=False, can_decide=False)
STRANGER = Person(reaches=False, can_propose=True, can_decide=False)
TODAY = datetime.date(2026, 11, 22)


def totals(*numbers):
    return tuple(Decimal(one) for one in numbers)


@pytest.mark.parametrize(
    ("marks", "total"),
    [
        ([(10, 5, 5)], "100.00"),
        ([(10, 5, 0)], "0.00"),
        ([(10, 3, 1)], "33.33"),
        ([(10, 3, 2)], "66.67"),
        ([(30, 3, 3), (10, 10, 0)], "75.00"),
        ([(1, 8, 1)], "12.50"),
        ([(1, 100, 1), *[(1, 100, 0)] * 7], "0.13"),
    ],
)
def test_a_total_is_0_to_100_by_the_weights(marks, total):
    assert total_of(marks) == Decimal(total)


@pytest.mark.parametrize(
    ("one", "other", "note"),
    [("80", "65", False), ("65", "80", False), ("80", "64.99", True), ("80", "65.01", False), ("0", "100", True)],
)
def test_a_gap_of_exactly_15_needs_no_note(one, other, note):
    assert needs_note(totals(one, other)) is note


def test_one_assessment_has_no_gap():
    assert gap_of(totals("80")) is None
    assert not needs_note(totals("80"))


@pytest.mark.parametrize(
    ("standing", "steps"),
    [
        (Standing(Stage.PROPOSED), [Step.SELECT]),
        (Standing(Stage.SELECTION), [Step.ASSESS]),
        (Standing(Stage.SELECTION, has_criteria=False), []),
        (Standing(Stage.SELECTION, totals=totals("80")), [Step.ASSESS]),
        (Standing(Stage.SELECTION, totals=totals("80", "65")), [Step.DETERMINE]),
        (Standing(Stage.SELECTION, totals=totals("80", "64")), [Step.EXPLAIN]),
        (Standing(Stage.SELECTION, totals=totals("80", "64"), gap_note="Karena"), [Step.EXPLAIN, Step.DETERMINE]),
        (Standing(Stage.DETERMINATION, totals=totals("80", "65")), [Step.RESULT]),
        (Standing(Stage.DETERMINATION, result="tidak_lulus"), []),
        (Standing(Stage.DETERMINATION, result="ditetapkan"), [Step.AWARD]),
        (Standing(Stage.DETERMINATION, result="ditetapkan", has_award=True), []),
        (Standing(Stage.PROPOSED, is_closed=True), []),
    ],
)
def test_a_verifier_may_take_exactly_these_steps(standing, steps):
    assert open_steps(standing, VERIFIER) == steps


@pytest.mark.parametrize("person", [OFFICER, HEAD, STRANGER])
def test_nobody_else_moves_a_nomination(person):
    for standing in (Standing(Stage.PROPOSED), Standing(Stage.SELECTION), Standing(Stage.DETERMINATION)):
        assert open_steps(standing, person) == []
    assert why_not(Step.SELECT, Standing(Stage.PROPOSED), person).forbidden


def test_an_officer_may_propose_the_award_and_the_head_may_not():
    standing = Standing(Stage.DETERMINATION, result="ditetapkan")

    assert open_steps(standing, OFFICER) == [Step.AWARD]
    assert open_steps(standing, HEAD) == []


def test_whoever_proposed_does_not_assess_in_whatever_state():
    proposer = VERIFIER._replace(proposed_it=True)

    assert why_not(Step.ASSESS, Standing(Stage.SELECTION), proposer).forbidden
    assert not why_not(Step.DETERMINE, Standing(Stage.SELECTION, totals=totals("80", "80")), proposer)


def test_nobody_assesses_twice():
    refusal = why_not(Step.ASSESS, Standing(Stage.SELECTION, totals=totals("80")), VERIFIER._replace(assessed_it=True))

    assert refusal
    assert not refusal.forbidden


RIGHT = {"result": "ditetapkan", "stars": 2, "decree_number": "SK 1", "decree_on": TODAY}
NOT_AWARDED = {"result": "tidak_lulus", "stars": None, "decree_number": "", "decree_on": None}


@pytest.mark.parametrize(
    ("said", "fields"),
    [
        (RIGHT, set()),
        (RIGHT | {"stars": 1}, set()),
        (RIGHT | {"stars": 3}, set()),
        (RIGHT | {"stars": 4}, {"stars"}),
        (RIGHT | {"stars": 0}, {"stars"}),
        (RIGHT | {"stars": None}, {"stars"}),
        (RIGHT | {"decree_number": " "}, {"decree_number"}),
        (RIGHT | {"decree_on": None}, {"decree_on"}),
        (RIGHT | {"decree_on": TODAY + datetime.timedelta(days=1)}, {"decree_on"}),
        (RIGHT | {"decree_on": datetime.date(2025, 12, 31)}, {"decree_on"}),
        (RIGHT | {"decree_on": datetime.date(2026, 1, 1)}, set()),
        (NOT_AWARDED, set()),
        (NOT_AWARDED | {"stars": 1}, {"stars"}),
        (NOT_AWARDED | {"decree_number": "SK 1"}, {"decree_on"}),
    ],
)
def test_a_result_says_all_that_it_must(said, fields):
    try:
        check_result(**said, most=3, year=2026, today=TODAY)
        refused = set()
    except ValidationError as error:
        refused = set(error.error_dict)

    assert refused == fields
