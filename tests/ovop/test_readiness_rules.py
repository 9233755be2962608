"""Readiness by hand: gates at their edges, the score, the three next steps, and the days on which rows count."""

import datetime
from types import SimpleNamespace

import pytest

from disperin.registers.dated.validity import counted, first_day_of_change, in_force
from ovop.rules import Fact, explain_step, judge

TODAY = datetime.date(2026, 11, 22)
NOTHING = dict.fromkeys(Fact.values, 0)


def a_row(fact="nib", least=1, weight=10, valid_from=None, valid_to=None):
    columns = {"fact": fact, "least": least, "weight": weight, "valid_from": valid_from, "valid_to": valid_to}
    return SimpleNamespace(COUNTED=("fact", "least", "weight"), **columns)


def day(offset):
    return TODAY + datetime.timedelta(days=offset)


@pytest.mark.parametrize(("members", "open_"), [(0, False), (4, False), (5, True), (6, True)])
def test_a_gate_opens_at_exactly_its_number(members, open_):
    found = judge({**NOTHING, "sentra": members}, gates=[a_row("sentra", 5)], weights=[])

    assert found.passes is open_
    assert found.gates[0].has == members


def test_without_gates_all_are_open_and_without_weights_there_is_no_score():
    found = judge(NOTHING, gates=[], weights=[])

    assert (found.passes, found.score, found.steps) == (True, None, ())


def test_what_is_asked_of_food_only_neither_shuts_a_gate_nor_weighs_for_others():
    facts = {**NOTHING, "halal": None, "nib": 1}

    found = judge(facts, gates=[a_row("halal")], weights=[a_row("halal", weight=90), a_row("nib", weight=10)])

    assert (found.passes, found.score) == (True, 100)


def test_where_no_weight_applies_there_is_no_score():
    assert judge({**NOTHING, "halal": None}, gates=[], weights=[a_row("halal")]).score is None


@pytest.mark.parametrize(
    ("reached", "score"), [(0, 0), (1, 14), (2, 28), (3, 42), (6, 85), (7, 100)], ids=lambda one: str(one)
)
def test_the_score_is_the_share_of_the_weights_in_whole_percent_rounded_down(reached, score):
    facts = list(Fact.values)[:7]
    has = {**NOTHING, **dict.fromkeys(facts[:reached], 1)}

    assert judge(has, gates=[], weights=[a_row(fact, weight=1) for fact in facts]).score == score


def test_gates_come_before_weights_and_the_heaviest_weight_first():
    gates = [a_row("izin_edar"), a_row("nib")]
    weights = [a_row("merek", weight=5), a_row("foto", weight=20), a_row("ekspor", weight=10)]

    found = judge(NOTHING, gates=gates, weights=weights)

    assert [step.fact for step in found.steps] == ["izin_edar", "nib", "foto"]


def test_a_fact_that_gate_and_weight_ask_for_is_one_step():
    found = judge(NOTHING, gates=[a_row("foto", 2)], weights=[a_row("foto", 1, weight=50), a_row("merek", weight=5)])

    assert [(step.fact, step.least) for step in found.steps] == [("foto", 2), ("merek", 1)]


@pytest.mark.parametrize("fact", Fact.values)
def test_every_step_says_what_to_do(fact):
    (step,) = judge(NOTHING, gates=[a_row(fact, 5)], weights=[]).steps

    assert explain_step(step).endswith(".")


def test_the_step_of_a_cluster_says_how_many_members_there_are():
    (step,) = judge({**NOTHING, "sentra": 3}, gates=[a_row("sentra", 5)], weights=[]).steps

    assert "paling sedikit 5; yang terhitung sekarang 3" in explain_step(step)


@pytest.mark.parametrize(
    ("valid_from", "valid_to", "counts"),
    [
        (None, None, True),
        (day(0), None, True),
        (day(1), None, False),
        (None, day(0), True),
        (None, day(-1), False),
        (day(0), day(0), True),
    ],
)
def test_the_first_and_the_last_day_of_a_row_belong_to_it(valid_from, valid_to, counts):
    row = a_row(valid_from=valid_from, valid_to=valid_to)

    assert in_force([row], TODAY) == ([row] if counts else [])


@pytest.mark.parametrize(
    ("before", "after", "expected"),
    [
        (None, a_row(), day(0)),
        (None, a_row(valid_from=day(9)), day(9)),
        (None, a_row(valid_to=day(-1)), None),
        (a_row(), a_row(), None),
        (a_row(weight=10), a_row(weight=11), day(0)),
        (a_row(), a_row(valid_to=day(30)), day(31)),
        (a_row(), a_row(valid_to=day(-1)), day(0)),
        (a_row(valid_to=day(4)), a_row(), day(5)),
        (a_row(), a_row(valid_from=day(3)), day(0)),
        (a_row(valid_from=day(5), weight=1), a_row(valid_from=day(5), weight=2), day(5)),
        (a_row(valid_to=datetime.date.max), a_row(), None),
    ],
)
def test_a_preview_looks_at_the_first_day_that_is_counted_otherwise(before, after, expected):
    assert first_day_of_change(before, after, TODAY) == expected


def test_a_row_out_of_force_counts_with_nothing():
    assert counted(a_row(valid_from=day(1)), TODAY) is None
    assert counted(None, TODAY) is None
