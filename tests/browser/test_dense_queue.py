"""A queue is read at a glance: 25 of its rows end within one screen of a desk and one scroll."""

import datetime

import pytest
from django.utils import timezone
from playwright.sync_api import expect

from disperin.registers.record import directory
from disperin.submissions import actions
from disperin.submissions.batches import actions as batches
from disperin.submissions.models import Submission
from industries.models import Establishment
from tests.factories import establishment_values
from tests.submissions.batches.test_proposing import a_submitted_batch, makers

HEIGHT, ROWS = 800, 25
LONG_AGO = timezone.now() - datetime.timedelta(days=400)
LAST_ENDS = "rows => Math.round(rows[rows.length - 1].getBoundingClientRect().bottom + scrollY)"
# in words as long as people write them
NAMES = [f"Kelompok Usaha Bersama Anyaman Purun {at}" for at in range(ROWS)]


@pytest.fixture
def decided_and_waiting(banua, officer, verifier):
    """A batch that is verified, another that waits, and by hand 25 new makers and 25 changes that wait.

    What changes names its record beside the kind: three words more in its row.
    """
    done = a_submitted_batch(officer, *makers(ROWS))
    batches.verify_many(done.submissions.all(), by=verifier)
    a_submitted_batch(officer, *makers(3))
    for name in NAMES:
        draft = actions.draft(directory.get("establishments"), establishment_values(name=name), by=officer)
        actions.submit(draft, by=officer, acknowledged=True)
    for record in Establishment.objects.all():
        change = actions.draft(directory.get("establishments"), {"workers_male": 3}, by=officer, record=record)
        actions.submit(change, by=officer, acknowledged=True)
    Submission.objects.update(submitted_at=LONG_AGO)  # a day is longer than "just now"
    Submission.objects.filter(batch=done).update(decided_at=LONG_AGO)
    return done


def test_twenty_five_rows_of_the_queue_end_within_two_screens(decided_and_waiting, verifier, head, officer, visit):
    done = decided_and_waiting
    paths = {
        "/usulan/": verifier,
        "/en/usulan/": verifier,
        "/usulan/?status=unclaimed&order=submitted_at": verifier,
        f"/usulan/?batch={done.number}": verifier,
        "/usulan/?kind=change&order=submitted_at": verifier,
        "/en/usulan/?kind=change": verifier,
        "/usulan/?kind=change&status=submitted": officer,
        "/usulan/?status=verified&order=-decided_at": head,
        "/en/usulan/?status=verified": verifier,
        "/usulan/?status=submitted": officer,
    }

    ends = {}
    for path, who in paths.items():
        page = visit(who, height=HEIGHT)
        page.goto(path)
        rows = page.locator(".queue .table > tbody > tr")
        expect(rows.nth(ROWS - 1)).to_be_visible()
        ends[path] = rows.evaluate_all(LAST_ENDS)

    assert {path: end for path, end in ends.items() if end > 2 * HEIGHT} == {}
