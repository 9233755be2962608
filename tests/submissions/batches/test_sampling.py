"""Verifying a batch in one go: only what is clean, and only after a sample of it was read."""

import pytest
from django.core.exceptions import ValidationError
from django_tasks_db.models import DBTaskResult

from disperin.desk.refusals import NotNow, Refused
from disperin.history.models import Entry
from disperin.registers.pairing import search
from disperin.registers.record import directory
from disperin.submissions import actions
from disperin.submissions.batches import actions as batches
from disperin.submissions.batches import jobs
from disperin.submissions.batches.actions.sampling import clean_of, sample_size
from disperin.submissions.models import Batch, Submission, Work
from industries.models import Establishment
from tests.factories import an_establishment, establishment_values
from tests.submissions.batches.test_proposing import a_batch, a_submitted_batch, makers

pytestmark = pytest.mark.thorough


def read_all(sample):
    for one in sample.drawn.all():
        batches.note_opened(one.submission, by=sample.drawn_by)


@pytest.mark.parametrize(
    ("clean", "drawn"),
    [(0, 0), (1, 1), (4, 4), (5, 5), (6, 5), (50, 5), (51, 6), (499, 50), (500, 50), (501, 50), (10_000, 50)],
)
def test_a_sample_is_a_tenth_but_at_least_five_and_at_most_fifty(clean, drawn):
    assert sample_size(clean) == drawn


def test_clean_rows_are_verified_once_the_sample_was_read(officer, verifier):
    batch = a_submitted_batch(officer, *makers(8))
    sample = batches.draw_sample(batch, by=verifier)
    with pytest.raises(NotNow, match="5"):
        batches.verify_batch(batch, by=verifier)
    read_all(sample)

    outcome = batches.verify_batch(batch, by=verifier)

    assert (outcome.done, outcome.left, Establishment.objects.count()) == (8, [], 8)
    assert Entry.objects.filter(verb="verify").count() == 8


def test_without_a_sample_nothing_is_verified(officer, verifier):
    batch = a_submitted_batch(officer, *makers(2))

    with pytest.raises(NotNow):
        batches.verify_batch(batch, by=verifier)


def test_a_sample_is_not_drawn_again_to_get_an_easier_one(officer, verifier):
    batch = a_submitted_batch(officer, *makers(60))

    assert batches.draw_sample(batch, by=verifier) == batches.draw_sample(batch, by=verifier)


def test_each_verifier_reads_a_sample_of_their_own(officer, verifier, second_verifier):
    batch = a_submitted_batch(officer, *makers(3))
    read_all(batches.draw_sample(batch, by=verifier))
    batches.draw_sample(batch, by=second_verifier)

    with pytest.raises(NotNow):
        batches.verify_batch(batch, by=second_verifier)


@pytest.mark.parametrize("many", [4, 5], ids=["names set aside", "names in the register"])
def test_what_is_not_clean_is_in_no_sample_and_left(officer, verifier, administrator, monkeypatch, many):
    monkeypatch.setattr(search, "MANY", many)
    an_establishment(name="Anyaman Haruyan")
    record, register = an_establishment(name="Sengketa"), directory.get("establishments")
    batch = a_submitted_batch(
        officer,
        *makers(1),
        establishment_values(name="Anyaman Haruyann"),
        ({"owner_name": "Petugas"}, record),
        establishment_values(name="Nomor Kembar", nib="1234567890123"),
    )
    actions.publish(register, {"owner_name": "Admin"}, by=administrator, record=record)
    an_establishment(name="Pemilik Nomor", nib="1234567890123")

    sample = batches.draw_sample(batch, by=verifier)
    read_all(sample)
    outcome = batches.verify_batch(batch, by=verifier)

    assert list(sample.doubts.values_list("code", flat=True)) == ["warning", "conflict", "error"]
    assert (outcome.done, batch.counts()["submitted"]) == (1, 3)


def test_what_met_a_conflict_after_the_drawing_is_left_and_named(officer, verifier, administrator):
    record = an_establishment(name="Sengketa")
    batch = a_submitted_batch(officer, *makers(2), ({"owner_name": "Petugas"}, record))
    sample = batches.draw_sample(batch, by=verifier)
    read_all(sample)
    actions.publish(directory.get("establishments"), {"owner_name": "Admin"}, by=administrator, record=record)

    outcome = batches.verify_batch(batch, by=verifier)

    assert (outcome.done, [one.code for one in outcome.left]) == (2, ["conflict"])
    assert list(sample.doubts.values_list("submission__title", "code")) == [("Sengketa", "conflict")]
    assert not clean_of(sample).exists()


def test_what_comes_back_to_the_batch_later_wants_a_new_sample(officer, verifier):
    batch = a_submitted_batch(officer, *makers(6))
    sample = batches.draw_sample(batch, by=verifier)
    first = batch.submissions.order_by("id").first()
    actions.send_back(first, by=verifier, round=1, reasons={"name": "Lengkapi."})
    assert batches.draw_sample(batch, by=verifier) == sample
    actions.submit(actions.revise(first, {"name": "Lengkap Sekali"}, by=officer), by=officer, acknowledged=True)

    with pytest.raises(NotNow):
        batches.verify_batch(batch, by=verifier)
    assert batches.draw_sample(batch, by=verifier) != sample


def test_nobody_draws_or_verifies_their_own_batch(verifier):
    batch = a_submitted_batch(verifier, *makers(2))

    for verb in (batches.draw_sample, batches.verify_batch):
        with pytest.raises(NotNow):
            verb(batch, by=verifier)


def test_only_verifiers_decide_on_a_batch(officer, head, administrator, officer_there):
    batch = a_submitted_batch(officer, *makers(2))

    for by in (officer, head, administrator, officer_there):
        with pytest.raises(Refused):
            batches.draw_sample(batch, by=by)
        with pytest.raises(Refused):
            batches.verify_batch(batch, by=by)
        with pytest.raises(Refused):
            batches.return_batch(batch, by=by, reason="Lengkapi.")
        for work in Work:
            with pytest.raises(Refused):
                jobs.begin_work(batch, work, by=by, note="Lengkapi.")


def test_all_that_waits_is_returned_for_one_reason(officer, verifier):
    batch = a_submitted_batch(officer, *makers(3))

    outcome = batches.return_batch(batch, by=verifier, reason="Lengkapi alamat.")

    assert (outcome.done, batch.state) == (3, "returned")
    assert set(Submission.objects.values_list("note", flat=True)) == {"Lengkapi alamat."}


def test_a_job_does_the_work_and_says_when_it_is_done(officer, verifier, django_capture_on_commit_callbacks):
    batch = a_submitted_batch(officer, *makers(3))

    with django_capture_on_commit_callbacks(execute=True):
        jobs.begin_work(batch, Work.DRAW, by=verifier)
    read_all(batch.samples.get())
    with django_capture_on_commit_callbacks(execute=True):
        begun = jobs.begin_work(batch, Work.VERIFY, by=verifier)

    assert begun.work == Work.VERIFY
    assert (Batch.objects.get().work, Batch.objects.get().counts()["verified"]) == ("", 3)


def test_one_job_at_a_time_works_on_a_batch_until_it_is_given_up(officer, verifier, second_verifier):
    batch = a_submitted_batch(officer, *makers(3))
    jobs.begin_work(batch, Work.DRAW, by=verifier)

    with pytest.raises(NotNow):
        jobs.begin_work(batch, Work.RETURN, by=second_verifier, note="Lengkapi.")
    DBTaskResult.objects.update(status="FAILED")

    assert jobs.begin_work(batch, Work.RETURN, by=second_verifier, note="Lengkapi.").work == Work.RETURN


def test_a_return_begins_only_with_a_reason_that_may_be_kept(officer, verifier):
    batch = a_submitted_batch(officer, *makers(1))

    for note in ("", " ", "NIK 6307014101900001"):
        with pytest.raises(ValidationError) as refused:
            jobs.begin_work(batch, Work.RETURN, by=verifier, note=note)

        assert set(refused.value.message_dict) == {"note"}, note


def test_a_batch_of_drafts_waits_for_nobody(officer, verifier):
    with pytest.raises(NotNow):
        batches.draw_sample(a_batch(officer, *makers(2)), by=verifier)


def test_a_row_of_the_sample_is_read_by_whoever_only_reads_it_and_leads_to_the_next(officer, verifier, signed_in, api):
    batch = a_submitted_batch(officer, *makers(3))
    drawn = [one.submission for one in batches.draw_sample(batch, by=verifier).drawn.all()]
    browser, address = signed_in(verifier), "/usulan/{}/"

    assert address.format(drawn[0].number) in browser.get(f"/usulan/berkas/{batch.number}/").text
    first = browser.get(address.format(drawn[0].number)).text
    assert f'href="{address.format(drawn[1].number)}"' in first
    api(verifier).get(f"/api/v1/submissions/{drawn[1].number}/")
    last = browser.get(address.format(drawn[2].number)).text

    assert "Berikutnya dalam contoh" in first
    assert "Berikutnya dalam contoh" not in last
    assert batches.verify_batch(batch, by=verifier).done == 3
