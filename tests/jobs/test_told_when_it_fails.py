"""Whoever ordered a job is told when it comes to nothing: it broke, its workers died over it, or it may not be done."""

import datetime
from functools import partial
from types import SimpleNamespace

import pytest
from django.urls import reverse
from django.utils import timezone
from django_tasks_db.models import DBTaskResult

from disperin.accounts.models import Role, User
from disperin.duplicates import actions as duplicates
from disperin.duplicates.actions import pairing
from disperin.jobs.tasks import LATER, MOST_ATTEMPTS
from disperin.notices.models import Notice
from disperin.registers.models import DuplicateSearch
from disperin.submissions.actions.transitions import in_chunks
from disperin.submissions.batches import actions as batches
from disperin.submissions.batches import jobs
from disperin.submissions.batches.actions import deciding
from disperin.submissions.models import Batch, BatchSample, Work
from disperin.workbooks import jobs as workbook_jobs
from disperin.workbooks.models import Export, Kind, Making, State, Workbook
from tests.submissions.batches.test_proposing import a_submitted_batch, makers
from tests.submissions.batches.test_sampling import read_all
from tests.working import work

pytestmark = pytest.mark.django_db


def told(person):
    return list(Notice.objects.filter(recipient=person).values_list("title", "path"))


def page_of(batch):
    return reverse("submissions:batch", args=[batch.number])


def its_workers_died():
    DBTaskResult.objects.update(status="RUNNING", worker_ids=["dead"] * (MOST_ATTEMPTS - 1))


def dies():
    raise KeyboardInterrupt


@pytest.mark.parametrize("fault", ["it breaks", "workers die"])
@pytest.mark.parametrize(("of", "note"), [(Work.DRAW, ""), (Work.VERIFY, ""), (Work.RETURN, "Lengkapi.")])
def test_whoever_ordered_the_work_on_a_batch(of, note, fault, officer, verifier, monkeypatch):
    batch = a_submitted_batch(officer, *makers(2))
    if of == Work.VERIFY:
        read_all(batches.draw_sample(batch, by=verifier))
    jobs.begin_work(batch, of, by=verifier, note=note)
    if fault == "workers die":
        its_workers_died()
    else:
        for verb in ("draw_sample", "verify_batch", "return_batch"):
            monkeypatch.setattr(jobs, verb, lambda *_told, **_more: 1 / 0)

    work()

    assert told(verifier) == [(f"Pekerjaan berhenti: berkas usulan {batch.number}", page_of(batch))]
    assert (Batch.objects.get().work, DBTaskResult.objects.get(task_path=jobs.carry_out.module_path).status) == (
        "", "FAILED"
    )  # fmt: skip


def test_whoever_ordered_it_is_told_by_the_next_worker_where_one_dies_before_it_has_told(
    officer, verifier, monkeypatch
):
    batch = a_submitted_batch(officer, *makers(2))
    jobs.begin_work(batch, Work.DRAW, by=verifier)
    DBTaskResult.objects.update(status="RUNNING", worker_ids=["dead"] * MOST_ATTEMPTS)

    work()

    assert told(verifier) == [(f"Pekerjaan berhenti: berkas usulan {batch.number}", page_of(batch))]


def test_whoever_ordered_it_is_told_within_two_minutes_where_the_telling_breaks(officer, verifier, monkeypatch):
    batch = a_submitted_batch(officer, *makers(2))
    jobs.begin_work(batch, Work.DRAW, by=verifier)
    with monkeypatch.context() as broken:
        for verb in ("draw_sample", "_end"):
            broken.setattr(jobs, verb, lambda *_told, **_more: 1 / 0)
        work()
    assert (Batch.objects.get().work, told(verifier)) == ("draw", [])
    due = DBTaskResult.objects.get(status="READY").run_after
    assert due <= timezone.now() + LATER < timezone.now() + datetime.timedelta(minutes=2)
    DBTaskResult.objects.filter(status="READY").update(run_after=timezone.now())

    work()

    assert (Batch.objects.get().work, BatchSample.objects.count()) == ("", 1)


def test_what_breaks_each_time_and_cannot_be_told_is_not_ordered_for_ever(officer, verifier, monkeypatch):
    jobs.begin_work(a_submitted_batch(officer, *makers(1)), Work.DRAW, by=verifier)
    for verb in ("draw_sample", "_end"):
        monkeypatch.setattr(jobs, verb, lambda *_told, **_more: 1 / 0)

    for _minute in range(2 * MOST_ATTEMPTS):
        DBTaskResult.objects.filter(status="READY").update(run_after=timezone.now())
        work()

    assert DBTaskResult.objects.filter(status="FAILED").count() == MOST_ATTEMPTS + 1
    assert not DBTaskResult.objects.filter(status="READY").exists()


def test_whose_rows_were_verified_before_a_batch_broke_are_told_too(officer, verifier, monkeypatch):
    batch = a_submitted_batch(officer, *makers(3))
    read_all(batches.draw_sample(batch, by=verifier))
    jobs.begin_work(batch, Work.VERIFY, by=verifier)
    monkeypatch.setattr(deciding, "in_chunks", partial(in_chunks, size=2))
    real, calls = deciding._verify, []
    monkeypatch.setattr(deciding, "_verify", lambda *asked: calls.append(1) or (1 / 0 if calls[1:] else real(*asked)))

    work()

    assert batch.submissions.filter(status="verified").count() == 2
    assert [title[:1] for title, _path in told(officer)] == ["2"]
    assert len(told(verifier)) == 1


def test_whoever_may_not_do_it_any_more_reads_why(officer, verifier):
    batch = a_submitted_batch(officer, *makers(2))
    jobs.begin_work(batch, Work.DRAW, by=verifier)
    User.objects.filter(pk=verifier.pk).update(role=Role.HEAD)

    work()

    notice = Notice.objects.get(recipient=verifier)
    assert ("verifikator provinsi" in notice.body, notice.path) == (True, page_of(batch))
    assert Batch.objects.get().work == ""


def test_whose_rows_were_verified_before_the_verifier_lost_the_right_are_told_too(officer, verifier, monkeypatch):
    batch = a_submitted_batch(officer, *makers(3))
    read_all(batches.draw_sample(batch, by=verifier))
    jobs.begin_work(batch, Work.VERIFY, by=verifier)
    monkeypatch.setattr(deciding, "in_chunks", partial(in_chunks, size=2))
    real, calls = deciding._verify, []
    monkeypatch.setattr(deciding, "_verify", lambda *asked: calls.append(1) or (dies() if calls[1:] else real(*asked)))
    with pytest.raises(KeyboardInterrupt):  # its first worker dies over it
        jobs.carry_out.func(SimpleNamespace(attempt=1), batch.pk)
    User.objects.filter(pk=verifier.pk).update(role=Role.HEAD)

    work()

    assert batch.submissions.filter(status="verified").count() == 2
    assert [title[:1] for title, _path in told(officer)] == ["2"]
    assert len(told(verifier)) == 1


def test_whoever_sent_a_file_and_whoever_asked_for_one(officer, monkeypatch):
    sent = Workbook.objects.create(
        register="establishments", regency=officer.regency, sent_by=officer, name="ikm.xlsx", size=1,
        state=State.CHECKING, attempts=workbook_jobs.TRIES,
    )  # fmt: skip
    asked = {"register": "establishments", "kind": Kind.CSV, "state": Making.WRITING, "total": 1}
    exports = [Export.objects.create(**asked, asked_by=by, attempts=workbook_jobs.TRIES) for by in (officer, None)]

    for _twice in range(2):
        workbook_jobs.work_on.func(str(sent.pk))
        for export in exports:
            workbook_jobs.write_export.func(str(export.pk))

    assert sorted(told(officer)) == [
        (f"Berkas tidak jadi ditulis: {exports[0].title}", exports[0].get_absolute_url()),
        ("Pengerjaan berkas Anda berhenti: ikm.xlsx", sent.get_absolute_url()),
    ]
    assert Notice.objects.count() == 2


def test_whoever_waits_for_a_file_over_which_all_workers_died(officer, monkeypatch):
    sent = Workbook.objects.create(
        register="establishments", regency=officer.regency, sent_by=officer, name="ikm.xlsx", size=1,
        state=State.CHECKING,
    )  # fmt: skip
    asked = {"register": "establishments", "kind": Kind.CSV, "state": Making.WRITING, "total": 1}
    export = Export.objects.create(**asked, asked_by=officer)
    workbook_jobs.work_on.enqueue(str(sent.pk))
    workbook_jobs.order_export(export)
    for each in (Workbook, Export):  # each was begun by every worker that died
        each.objects.update(attempts=MOST_ATTEMPTS - 1)
    its_workers_died()
    for verb in ("_step", "keep_export"):
        monkeypatch.setattr(workbook_jobs, verb, lambda _of: 1 / 0)  # the last worker does not try it any more

    work()

    assert {path for _title, path in told(officer)} == {sent.get_absolute_url(), export.get_absolute_url()}


@pytest.mark.parametrize("fault", ["it breaks", "workers die"])
def test_whoever_began_a_search_for_duplicates(fault, verifier, monkeypatch):
    duplicates.begin_search(by=verifier)
    if fault == "workers die":
        its_workers_died()
    else:
        monkeypatch.setattr(pairing, "_one_step", lambda _search: 1 / 0)

    work()

    assert told(verifier) == [("Pencarian kemungkinan kembar berhenti", reverse("duplicates:pairs"))]


def test_a_search_that_broke_can_be_begun_again_at_once_and_whoever_does_is_told(verifier, administrator, monkeypatch):
    duplicates.begin_search(by=verifier)
    monkeypatch.setattr(pairing, "_one_step", lambda _search: 1 / 0)
    work()
    assert not pairing.is_searching(DuplicateSearch.objects.get())

    duplicates.begin_search(by=administrator)
    work()

    assert (len(told(verifier)), len(told(administrator))) == (1, 1)


def test_whoever_goes_on_with_a_search_of_the_night_is_told(verifier, monkeypatch):
    DuplicateSearch.objects.create(total=1)
    DuplicateSearch.objects.update(moved_at=timezone.now() - pairing.STALLED_AFTER)
    duplicates.begin_search(by=verifier)
    monkeypatch.setattr(pairing, "_one_step", lambda _search: 1 / 0)

    work()

    assert len(told(verifier)) == 1
