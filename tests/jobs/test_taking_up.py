"""A job is ordered with its cause, and one whose worker died is taken up by another."""

import contextlib
import inspect
from functools import partial
from types import SimpleNamespace

import pytest
from django.core.files import File
from django.core.management import call_command
from django.db import DatabaseError, InterfaceError, OperationalError, connections
from django.utils import timezone
from django_tasks import TaskContext
from django_tasks_db.models import DBTaskResult

from disperin.duplicates import actions as duplicates
from disperin.duplicates.actions import pairing
from disperin.history.models import Entry
from disperin.inquiries.actions import receive
from disperin.inquiries.models import Inquiry
from disperin.jobs import locks, worker
from disperin.jobs.tasks import LATER, MOST_DEATHS, take_up_left
from disperin.jobs.worker import Worker
from disperin.notices.actions import tell
from disperin.notices.models import Notice
from disperin.registers.models import DuplicateSearch
from disperin.registers.record import directory
from disperin.submissions.batches import actions as batches
from disperin.submissions.batches import jobs
from disperin.submissions.batches.actions import deciding
from disperin.submissions.models import Batch, Submission, Work
from disperin.workbooks import actions as workbooks
from disperin.workbooks.models import Export, Kind, Making, Workbook
from tests.submissions.batches.test_proposing import a_submitted_batch, makers
from tests.submissions.batches.test_sampling import read_all
from tests.workbooks.made_files import an_xlsx
from tests.workbooks.rows import HEADINGS, a_row
from tests.working import a_worker_present, work


class Killed(BaseException):
    """As a killed process: nothing after it is done."""


def a_task(**values):
    task = {"task_path": "disperin.notices.jobs.send_notice", "args_kwargs": {"args": [0], "kwargs": {}}}
    return DBTaskResult.objects.create(**task | {"backend_name": "default", "exception_class_path": ""} | values)


def ordered():
    return sorted(path.rpartition(".")[2] for path in DBTaskResult.objects.values_list("task_path", flat=True))


def killed(task):
    """Begin a task in a worker that dies over it."""
    task.claim("dead")
    context = [TaskContext(task_result=task.task_result)] if task.task.takes_context else []
    with contextlib.suppress(Killed):
        task.task.call(*context, *task.args_kwargs["args"], **task.args_kwargs["kwargs"])


def a_question(**values):
    told = {"kind": "question", "message": "Apakah ada lahan?", "email": "rahmah@rahasia.example", "consented": True}
    return receive(**told | values)


@pytest.fixture
def workbook(officer, tmp_path):
    with an_xlsx(tmp_path / "ikm.xlsx", ("Data", [HEADINGS, a_row("Tenun Ulin")])).open("rb") as file:
        return workbooks.send(directory.get("establishments"), officer.regency, File(file, "ikm.xlsx"), by=officer)


def test_each_job_is_ordered_in_the_transaction_that_needs_it(officer, verifier, workbook):
    tell(officer, title="Halo", body="Halo", path="/")
    a_question()
    duplicates.begin_search(by=verifier)
    jobs.begin_work(a_submitted_batch(officer, *makers(1)), Work.DRAW, by=verifier)

    assert set(ordered()) == {"carry_out", "go_on", "send_notice", "tell_sender", "work_on"}


def test_what_a_machine_that_vanished_left_is_taken_up_within_two_minutes():
    alive = {name.removeprefix("tcp_keepalives_"): int(value) for name, value in locks._KEPT_ALIVE.items()}
    missed = alive["idle"] + alive["interval"] * alive["count"]  # seconds until its session ends
    sleeps = inspect.signature(Worker).parameters["interval"].default

    assert missed + worker.LOOKS_EVERY + sleeps <= 120
    assert LATER.total_seconds() + worker.LOOKS_EVERY + sleeps <= 120


def test_only_tasks_of_workers_whose_session_has_ended_are_taken_up(db):
    waiting, of_nobody = a_task(), a_task(status="RUNNING")
    of_dead, of_living = (a_task(status="RUNNING", worker_ids=["first", name]) for name in ("dead", "living"))
    too_often = a_task(status="RUNNING", worker_ids=["dead"] * MOST_DEATHS)
    other = connections.create_connection("default")
    try:
        with other.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_lock(%s, %s)", [locks.WORKERS, locks._signed(locks.place_of("living"))])
        assert take_up_left() == 3
    finally:
        other.close()

    states = DBTaskResult.objects.in_bulk()
    told = [states[one.pk].status for one in (waiting, of_nobody, of_dead, of_living, too_often)]
    assert told == ["READY", "READY", "READY", "RUNNING", "FAILED"]


def test_a_worker_is_present_as_long_as_its_session(db):
    with a_worker_present("me"):
        assert locks.workers_present() == {locks.place_of("me")}

    assert locks.workers_present() == set()


def test_a_batch_whose_worker_died_is_gone_on_with_and_told_once(officer, verifier, monkeypatch):
    """Killed between its chunks, and again just before all is told: no row, no notice, no entry is lost or doubled."""
    batch = a_submitted_batch(officer, *makers(5))
    read_all(batches.draw_sample(batch, by=verifier))
    DBTaskResult.objects.all().delete()
    jobs.begin_work(batch, Work.VERIFY, by=verifier)
    monkeypatch.setattr(deciding, "in_chunks", partial(_in_twos))
    real, calls = deciding._verify, []

    def dies_in_the_second(*args):
        calls.append(args)
        if len(calls) == 2:
            raise Killed
        return real(*args)

    with monkeypatch.context() as cut:
        cut.setattr(deciding, "_verify", dies_in_the_second)
        killed(DBTaskResult.objects.get())
    assert (batch.submissions.filter(status="verified").count(), Batch.objects.get().work) == (2, "verify")
    with monkeypatch.context() as cut:
        cut.setattr("disperin.submissions.batches.actions.sampling._end_work", lambda *args, **options: _die())
        take_up_left()
        killed(DBTaskResult.objects.get())
    assert (batch.submissions.filter(status="verified").count(), Notice.objects.count()) == (5, 0)

    work()

    assert (Batch.objects.get().work, Notice.objects.get().title[:1]) == ("", "5")
    assert Entry.objects.get(verb="verify_batch").detail["number"] == 5
    assert Entry.objects.filter(verb="verify").count() == Submission.objects.filter(status="verified").count() == 5


def test_a_return_whose_worker_died_is_gone_on_with(officer, verifier, monkeypatch):
    batch = a_submitted_batch(officer, *makers(3))
    jobs.begin_work(batch, Work.RETURN, by=verifier, note="Lengkapi.")
    with monkeypatch.context() as cut:
        cut.setattr("disperin.submissions.batches.actions.sampling._end_work", lambda *args, **options: _die())
        killed(DBTaskResult.objects.get())

    work()

    assert (Batch.objects.get().work, batch.submissions.filter(status="returned").count()) == ("", 3)
    assert Notice.objects.count() == Entry.objects.filter(verb="return_batch").count() == 1


def test_a_search_whose_worker_died_goes_on_by_itself(verifier, monkeypatch):
    search = duplicates.begin_search(by=verifier)
    with monkeypatch.context() as cut:
        cut.setattr(pairing, "_one_step", lambda _key: _die())
        killed(DBTaskResult.objects.get())
    DuplicateSearch.objects.update(done=pairing._steps()[:-1])

    work()

    search.refresh_from_db()
    assert search.ended_at is not None


def test_a_step_that_failed_is_tried_again_later_by_itself(workbook, monkeypatch):
    with monkeypatch.context() as broken:
        broken.setattr("disperin.workbooks.jobs._STEPS", {"reading": lambda _workbook: 1 / 0})
        work()
    assert Workbook.objects.get().state == "reading"
    DBTaskResult.objects.filter(status="READY").update(run_after=timezone.now())

    work()

    assert Workbook.objects.get().state == "checked"


def test_housekeeping_orders_the_job_of_whatever_waits_for_none(officer, verifier, workbook):
    jobs.begin_work(a_submitted_batch(officer, *makers(1)), Work.DRAW, by=verifier)
    Export.objects.create(register="establishments", kind=Kind.CSV, asked_by=officer, state=Making.WRITING, total=1)
    tell(officer, title="Halo", body="Halo", path="/")
    inquiry = a_question()
    DBTaskResult.objects.all().delete()

    call_command("housekeeping")
    once = ordered()
    call_command("housekeeping")

    assert ordered() == once
    own = {"judge_by_formula", "turn_day"}  # of every night, whatever waits
    assert {"carry_out", "send_notice", "tell_sender", "work_on", "write_export", *own} == set(once)
    work()
    assert Inquiry.objects.get(pk=inquiry.pk).told_state == "received"
    assert not Notice.objects.unsent().exists()


def test_a_worker_waits_for_a_database_that_is_away_and_begins_a_session_anew(monkeypatch):
    one, sessions = Worker(interval=0), []
    lost = [OperationalError("the database system is starting up"), InterfaceError("connection already closed")]
    lost.append(DatabaseError("server closed the connection unexpectedly"))  # so psycopg2 says it, without a kind

    def session():
        sessions.append(one.running)
        if len(sessions) <= len(lost):
            raise lost[len(sessions) - 1]
        one.running = False

    monkeypatch.setattr(one, "_work_through_a_session", session)
    monkeypatch.setattr(worker, "_answers", lambda: False)

    one.run()

    assert len(sessions) == 4
    one.running = True
    sessions.clear()
    monkeypatch.setattr(worker, "_answers", lambda: True)
    with pytest.raises(OperationalError):  # the fault is ours: whoever looks after the worker starts another
        one.run()


def test_a_worker_takes_up_what_others_left_as_it_begins_and_every_ten_seconds(monkeypatch):
    one, moments, looks, seen = Worker(interval=0), iter(range(0, 24, 4)), [], []
    moment = [0]

    def nothing_to_do():
        seen.append(len(looks))
        moment[0] = next(moments, None)
        one.running = moment[0] is not None

    monkeypatch.setattr(worker, "time", SimpleNamespace(monotonic=lambda: moment[0], sleep=lambda _seconds: None))
    monkeypatch.setattr(worker, "connection", SimpleNamespace(close=lambda: None))
    monkeypatch.setattr(worker, "be_present", lambda _name: None)
    monkeypatch.setattr(worker, "take_up_left", lambda: looks.append(moment[0]))
    monkeypatch.setattr(one, "_claimed", nothing_to_do)

    one._work_through_a_session()

    assert (looks, seen) == ([0, 12], [1, 1, 1, 1, 2, 2, 2])


def test_a_worker_that_is_told_twice_to_end_leaves_its_task_to_others(monkeypatch):
    monkeypatch.setattr(worker.os, "_exit", lambda _code: _die())
    one = Worker()
    one.running_task = True

    one.shutdown(15, None)
    assert not one.running
    with pytest.raises(Killed):  # not SystemExit, with which the library calls the task failed
        one.shutdown(15, None)


def _in_twos(keys, size=2):
    return [keys[at : at + size] for at in range(0, len(keys), size)]


def _die():
    raise Killed
