"""The truth table of the workflow: who may take which step in which state. No database."""

import datetime
from types import SimpleNamespace

import pytest
from django.utils import timezone

from disperin.submissions.workflow import MOVES, Side, Status, Step, allowed_changes, as_mermaid, open_steps, why_not

HERE, THERE = "63.07", "63.06"


def person(role, *, pk, regency=None):
    return SimpleNamespace(
        pk=pk,
        is_authenticated=role != "visitor",
        regency_id=regency,
        sees_all=role in {"verifier", "head", "administrator"},
        can_propose=role in {"officer", "verifier", "administrator"},
        can_decide=role == "verifier",
        can_publish=role == "administrator",
    )


CAST = {
    "visitor": person("visitor", pk=None),
    "proposer": person("officer", pk=1, regency=HERE),
    "colleague": person("officer", pk=2, regency=HERE),
    "officer there": person("officer", pk=3, regency=THERE),
    "verifier": person("verifier", pk=4),
    "head": person("head", pk=5),
    "administrator": person("administrator", pk=6),
}
PROPOSING = {Step.REVISE, Step.SUBMIT, Step.WITHDRAW}


def submission(status, *, proposer="proposer", submitter=None, claimed_by=None):
    now = timezone.now()
    return SimpleNamespace(
        status=status,
        regency_id=HERE,
        proposed_by=CAST[proposer],
        proposed_by_id=CAST[proposer].pk,
        submitted_by_id=CAST[submitter or proposer].pk,
        claimed_by=claimed_by and CAST[claimed_by],
        claimed_by_id=claimed_by and CAST[claimed_by].pk,
        claimed_at=now,
        claimed_until=now + datetime.timedelta(minutes=30),
    )


TABLE = {
    # status: (steps of the proposing side, steps of a verifier)
    Status.DRAFT: ({Step.REVISE, Step.SUBMIT, Step.WITHDRAW}, set()),
    Status.SUBMITTED: ({Step.WITHDRAW}, {Step.CLAIM, Step.VERIFY, Step.RETURN, Step.REJECT}),
    Status.RETURNED: ({Step.REVISE, Step.SUBMIT, Step.WITHDRAW}, {Step.REJECT}),
    Status.VERIFIED: (set(), set()),
    Status.REJECTED: (set(), set()),
    Status.WITHDRAWN: (set(), set()),
}


@pytest.mark.parametrize("status", Status)
def test_each_state_opens_the_steps_of_the_table_and_no_others(status):
    proposing, deciding = TABLE[status]
    expected = {"proposer": proposing, "colleague": proposing, "verifier": deciding}

    found = {who: set(open_steps(submission(status), user)) for who, user in CAST.items()}

    assert found == {who: expected.get(who, set()) for who in CAST}


def test_a_colleague_of_the_regency_does_not_touch_what_the_province_proposes():
    assert open_steps(submission(Status.DRAFT, proposer="verifier"), CAST["proposer"]) == []


def test_nobody_decides_on_their_own_proposal():
    own = submission(Status.SUBMITTED, proposer="verifier")

    assert set(open_steps(own, CAST["verifier"])) == {Step.WITHDRAW}
    assert why_not(Step.VERIFY, own, CAST["verifier"]).forbidden


def test_who_handed_it_in_does_not_decide_on_it_either():
    handed_on = submission(Status.SUBMITTED, submitter="verifier")

    assert not set(open_steps(handed_on, CAST["verifier"])) - PROPOSING


def test_a_claim_leaves_the_deciding_steps_to_its_holder():
    second = person("verifier", pk=7)
    held = submission(Status.SUBMITTED, claimed_by="verifier")

    assert set(open_steps(held, CAST["verifier"])) == {Step.CLAIM, Step.RELEASE, Step.VERIFY, Step.RETURN, Step.REJECT}
    assert open_steps(held, second) == []
    assert not why_not(Step.VERIFY, held, second).forbidden


def test_every_step_has_a_line_in_the_table_and_a_side():
    assert set(MOVES) == set(Step)
    assert {step for step, move in MOVES.items() if move.side == Side.PROPOSING} == PROPOSING


def test_the_database_is_given_exactly_the_moves_of_the_table():
    assert ("draft", "verified") not in allowed_changes()
    assert set(allowed_changes()) == {
        ("draft", "submitted"),
        ("draft", "withdrawn"),
        ("returned", "rejected"),
        ("returned", "submitted"),
        ("returned", "withdrawn"),
        ("submitted", "rejected"),
        ("submitted", "returned"),
        ("submitted", "verified"),
        ("submitted", "withdrawn"),
    }


def test_the_drawing_shows_every_step():
    assert all(f": {step}" in as_mermaid() for step in Step)
