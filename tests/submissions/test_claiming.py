"""Taking a submission to be reviewed, and giving it back."""

import datetime

import pytest
from django.utils import timezone

from disperin.desk.refusals import NotNow
from disperin.history.models import Entry
from disperin.submissions import actions
from tests.submissions.test_deciding import MORNING, NOON, submitted


def test_a_claim_keeps_the_second_verifier_out_for_thirty_minutes(officer, verifier, second_verifier, time_machine):
    time_machine.move_to(MORNING, tick=False)
    submission = actions.claim(submitted(officer), by=verifier)
    time_machine.move_to(MORNING + datetime.timedelta(minutes=30, seconds=-1), tick=False)
    with pytest.raises(NotNow, match=r"Verifikator Satu.*08\.00"):
        actions.claim(submission, by=second_verifier)

    time_machine.move_to(MORNING + datetime.timedelta(minutes=30), tick=False)

    taken = actions.claim(submission, by=second_verifier)
    assert (taken.claimed_by, taken.claimed_at, taken.status) == (second_verifier, timezone.now(), "submitted")


def test_claiming_again_lasts_longer_and_remembers_since_when(officer, verifier, time_machine):
    time_machine.move_to(MORNING, tick=False)
    submission = actions.claim(submitted(officer), by=verifier)
    time_machine.move_to(MORNING + datetime.timedelta(minutes=20), tick=False)

    again = actions.claim(submission, by=verifier)
    assert (again.claimed_at, again.claimed_until) == (MORNING, MORNING + datetime.timedelta(minutes=50))

    time_machine.move_to(NOON, tick=False)  # over meanwhile: it begins anew
    assert actions.claim(submission, by=verifier).claimed_at == NOON


def test_what_is_given_back_is_free_for_the_second_verifier(officer, verifier, second_verifier):
    submission = actions.claim(submitted(officer), by=verifier)
    with pytest.raises(NotNow):
        actions.release(submission, by=second_verifier)

    free = actions.release(submission, by=verifier)

    assert (free.claimed_by, free.claimed_at, free.claimed_until) == (None, None, None)
    assert (free.status, free.revision) == ("submitted", submission.revision + 1)
    with pytest.raises(NotNow):
        actions.release(submission, by=verifier)
    assert actions.claim(submission, by=second_verifier).claimed_by == second_verifier
    verbs = list(Entry.objects.about(submission).values_list("actor", "verb")[:3])
    assert verbs == [(second_verifier.pk, "claim"), (verifier.pk, "release"), (verifier.pk, "claim")]
