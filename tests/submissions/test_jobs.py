"""The daily work: what nobody touches ends, what nothing refers to goes, and what may still come true stays."""

import datetime
import re

import pytest
from django.core.management import call_command
from django.utils import timezone

from disperin.attachments.actions import upload
from disperin.attachments.models import Attachment
from disperin.registers.record import directory
from disperin.setup.sample import pictures
from disperin.submissions import actions
from disperin.submissions.jobs import files_of_open_submissions, keep_house
from disperin.submissions.models import Submission
from disperin.submissions.workflow import Status
from tests.factories import establishment_values
from tests.submissions.test_consequences import a_photo


def old(attachment):
    """The same attachment, sent 31 days ago."""
    Attachment.objects.filter(pk=attachment.pk).update(uploaded_at=timezone.now() - datetime.timedelta(days=31))
    return attachment


def drafted(by, **values):
    return actions.draft(directory.get("establishments"), establishment_values(**values), by=by)


def test_a_draft_untouched_for_90_days_is_withdrawn_and_its_proposer_told(officer):
    forgotten, fresh = drafted(officer), drafted(officer, name="Lain")
    Submission.objects.filter(pk=forgotten.pk).update(
        revised_at=timezone.now() - datetime.timedelta(days=90, minutes=1)
    )

    done = keep_house()

    assert done["withdrawn"] == 1
    assert Submission.objects.get(pk=forgotten.pk).status == Status.WITHDRAWN
    assert Submission.objects.get(pk=fresh.pk).status == Status.DRAFT
    assert forgotten.number in officer.notices.get().body


def test_a_file_that_nothing_refers_to_is_removed_after_30_days(officer):
    idle, young = old(a_photo(officer)), a_photo(officer)

    assert keep_house()["removed"] == 1

    assert not Attachment.objects.filter(pk=idle.pk).exists()
    assert Attachment.objects.filter(pk=young.pk).exists()


def test_files_in_the_fields_and_rows_of_open_submissions_are_kept(officer):
    photo, of_product = old(a_photo(officer)), old(a_photo(officer))
    scan = old(upload(pictures.paper(), kind="document", regency=officer.regency, by=officer))
    drafted(
        officer,
        photo=str(photo.pk),
        products=[{"name": "Kain", "photo": str(of_product.pk)}],
        documents=[{"kind": "nib", "file": str(scan.pk)}],
    )

    assert keep_house()["removed"] == 0
    assert files_of_open_submissions() == {str(photo.pk), str(of_product.pk), str(scan.pk)}


def test_files_of_a_withdrawn_submission_are_not_kept_for_it(officer):
    photo = old(a_photo(officer))
    actions.withdraw(drafted(officer, photo=str(photo.pk)), by=officer)

    assert keep_house()["removed"] == 1


@pytest.mark.django_db
def test_a_timer_starts_it_by_a_command_and_reads_what_was_done(capsys):
    call_command("housekeeping")

    told = capsys.readouterr().out.splitlines()
    assert [re.sub(r"^[1-9]\d* subjects", "All subjects", one) for one in told] == [
        "0 drafts withdrawn, 0 files removed.",
        "0 likely duplicates to be decided.",
        "0 everyday names of goods learnt or forgotten.",
        "0 makers counted by their halal duty.",
        "0 senders of inquiries erased.",
        "The rows of 0 imports removed.",
        "0 exports removed.",
        "0 words that were not found removed.",
        "0 alerts of the head began.",
        "All subjects of the head counted.",
        "0 people reminded of quarterly reports.",
        "0 files without a row removed.",
        "2 jobs ordered anew, 0 old ones removed.",
    ]
