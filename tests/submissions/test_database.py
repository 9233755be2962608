"""What the database refuses by itself, whoever asks: the last wall behind the verbs."""

import pytest
from django.db import DatabaseError, transaction
from django.utils import timezone

from disperin.history.models import Entry
from disperin.registers.record import directory
from disperin.submissions import actions
from disperin.submissions.models import Submission
from industries.models import Establishment
from tests.factories import an_establishment, establishment_values


@pytest.fixture
def draft(officer):
    return actions.draft(directory.get("establishments"), establishment_values(), by=officer)


def refused(write):
    with pytest.raises(DatabaseError), transaction.atomic():
        write()
    return True


@pytest.mark.parametrize("status", ["verified", "returned", "rejected"])
def test_a_draft_cannot_jump_to_a_decision(draft, verifier, status):
    rows = Submission.objects.filter(pk=draft.pk)

    assert refused(lambda: rows.update(status=status, decided_by=verifier, decided_at=timezone.now()))


def test_a_submission_cannot_begin_as_submitted(draft):
    draft.pk, draft.number, draft.status = None, "AJU-6307-999999", "submitted"

    assert refused(draft.save)


def test_a_submission_can_begin_as_verified_only_if_it_says_that_it_is_direct(draft, administrator):
    draft.pk, draft.number, draft.status = None, "AJU-6307-999999", "verified"
    draft.decided_by, draft.decided_at = administrator, timezone.now()

    assert refused(draft.save)
    draft.direct = True
    draft.save()


def test_nobody_verifies_their_own_in_the_database_either(draft, officer):
    actions.submit(draft, by=officer)
    rows = Submission.objects.filter(pk=draft.pk)

    assert refused(lambda: rows.update(status="verified", decided_by=officer, decided_at=timezone.now()))


def test_a_record_has_one_waiting_submission_in_the_database_too(officer, verifier):
    record = an_establishment()
    register = directory.get("establishments")
    first = actions.draft(register, {"phone": "08125000123"}, by=officer, record=record)
    actions.submit(first, by=officer)
    second = actions.draft(register, {"phone": "08125000124"}, by=verifier, record=record)

    assert refused(lambda: Submission.objects.filter(pk=second.pk).update(status="submitted"))


def test_submissions_are_never_deleted(draft):
    assert refused(lambda: Submission.objects.filter(pk=draft.pk).delete())


def test_history_is_neither_changed_nor_deleted(draft):
    entries = Entry.objects.about(draft)
    assert entries.exists()

    assert refused(lambda: entries.order_by().select_related(None).update(verb="nothing"))
    assert refused(lambda: Entry.objects.filter(pk=entries.first().pk).delete())


def test_versions_are_neither_changed_nor_deleted(db):
    record = an_establishment()
    versions = record.events.all()
    assert versions.count() == 1

    assert refused(lambda: versions.update(name="Lain"))
    assert refused(lambda: versions.delete())


def test_every_write_of_a_record_leaves_a_version_also_a_bulk_one(db):
    record = an_establishment()

    Establishment.objects.filter(pk=record.pk).update(name="Diam-diam")

    assert list(record.events.order_by("pgh_id").values_list("name", flat=True)) == ["Sasirangan Barabai", "Diam-diam"]
