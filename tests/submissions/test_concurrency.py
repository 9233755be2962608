"""Two at the same time, with real connections: nothing is lost, nothing is doubled."""

from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest
from django.core.exceptions import ValidationError
from django.db import connections

from disperin.registers import directory
from disperin.registers.models import FacetCount
from disperin.submissions import actions
from disperin.submissions.errors import NotNow, Stale
from disperin.submissions.models import Submission
from industries.models import Establishment
from tests.factories import establishment_values

pytestmark = pytest.mark.django_db(transaction=True)


def at_once(*deeds):
    """Run the deeds at the same moment, each on a connection of its own; give results and refusals in order."""
    barrier = Barrier(len(deeds))

    def run(deed):
        try:
            barrier.wait(timeout=30)
            return deed()
        except (NotNow, Stale) as refused:
            return refused
        finally:
            connections.close_all()

    with ThreadPoolExecutor(len(deeds)) as pool:
        return list(pool.map(run, deeds))


def drafted(by, **values):
    return actions.draft(directory.get("establishments"), establishment_values(**values), by=by)


def test_of_two_verifiers_one_verifies_and_the_other_is_told(officer, verifier, second_verifier):
    submission = actions.submit(drafted(officer), by=officer)

    outcomes = at_once(
        *[lambda by=by: actions.verify(submission, by=by, round=1) for by in (verifier, second_verifier)]
    )

    assert sorted(type(one).__name__ for one in outcomes) == ["NotNow", "Submission"]
    assert Establishment.objects.count() == 1


def test_of_two_verifiers_one_gets_the_claim(officer, verifier, second_verifier):
    submission = actions.submit(drafted(officer), by=officer)

    outcomes = at_once(*[lambda by=by: actions.claim(submission, by=by) for by in (verifier, second_verifier)])

    assert sorted(type(one).__name__ for one in outcomes) == ["NotNow", "Submission"]


def test_of_two_edits_from_the_same_revision_one_is_kept_and_the_other_refused(officer, colleague):
    draft = drafted(officer)

    outcomes = at_once(
        lambda: actions.revise(draft, {"name": "Satu"}, by=officer, revision=1),
        lambda: actions.revise(draft, {"name": "Dua"}, by=colleague, revision=1),
    )

    assert sorted(type(one).__name__ for one in outcomes) == ["Stale", "Submission"]
    assert Submission.objects.get().revision == 2


def test_twenty_proposals_at_once_get_twenty_numbers_without_gap(officer):
    values = establishment_values()

    at_once(*[
        lambda n=n: actions.draft(directory.get("establishments"), {**values, "name": f"IKM {n}"}, by=officer)
        for n in range(20)
    ])  # fmt: skip

    numbers = sorted(Submission.objects.values_list("number", flat=True))
    assert numbers == [f"AJU-6307-{n:06d}" for n in range(1, 21)]


def test_records_verified_at_once_are_numbered_and_counted_without_gap(officer, verifier):
    waiting = [actions.submit(drafted(officer, name=f"Usaha {letter * 9}"), by=officer) for letter in "abcdefgh"]

    at_once(*[lambda one=one: actions.verify(one, by=verifier, round=1) for one in waiting])

    numbers = sorted(Establishment.objects.values_list("number", flat=True))
    assert numbers == [f"IKM-6307-{n:06d}" for n in range(1, 9)]
    assert FacetCount.objects.get(register="establishments", facet="all").number == 8


def test_a_refused_verification_leaves_no_gap_in_the_numbers(officer, verifier):
    twins = [actions.submit(drafted(officer, name=name, nib="1234567890123"), by=officer) for name in ("Awal", "Nanti")]

    outcomes = at_once(*[lambda one=one: _verify_or_refusal(one, verifier) for one in twins])

    assert sorted(outcomes) == ["refused", "verified"]
    assert list(Establishment.objects.values_list("number", flat=True)) == ["IKM-6307-000001"]


def _verify_or_refusal(submission, by):
    try:
        actions.verify(submission, by=by, round=1)
    except (ValidationError, NotNow):
        return "refused"
    return "verified"
