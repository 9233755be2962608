"""The job: killed in the middle it goes on where it was, and nothing that stood in a row gets into a log."""

import contextlib
import os
import subprocess
import sys
import time
from urllib.parse import urlsplit

import pytest
from django.conf import settings as portal
from django.core.files import File
from django.db import connection, connections

from disperin.jobs.locks import key_of, workers_present
from disperin.registers.record import directory
from disperin.submissions.models import Submission
from disperin.workbooks import actions, jobs
from disperin.workbooks.importing import checking, proposing, taking_in
from disperin.workbooks.models import State, Workbook
from tests.workbooks.made_files import an_xlsx
from tests.workbooks.rows import HEADINGS, a_row, counts
from tests.working import work

pytestmark = pytest.mark.thorough


class Killed(BaseException):
    """As a killed process: nothing after it is done."""


@contextlib.contextmanager
def killed_after(monkeypatch, module, name, calls):
    """Let a function be called so many times, then let the job die."""
    real, left = getattr(module, name), [calls]

    def counted(*args, **options):
        if not left[0]:
            raise Killed
        left[0] -= 1
        return real(*args, **options)

    with monkeypatch.context() as cut:
        cut.setattr(module, name, counted)
        yield


def rows(number):
    return [HEADINGS, *(a_row(f"{'abcdefghij'[at] * 9} usaha") for at in range(number))]


@pytest.fixture
def sent(officer, tmp_path):
    """A workbook whose job has not begun."""
    with an_xlsx(tmp_path / "ikm.xlsx", ("Data", rows(9))).open("rb") as file:
        return actions.send(directory.get("establishments"), officer.regency, File(file, "ikm.xlsx"), by=officer)


@pytest.mark.parametrize(
    ("module", "name", "calls"),
    [
        (taking_in, "_guess", 0),
        (taking_in, "remove_file", 0),
        (checking, "_refuse_stray_lines", 0),
        (checking, "store", 0),
        (checking, "store", 2),
        (checking, "count", 0),
    ],
)
def test_a_check_that_is_cut_off_goes_on_and_loses_or_doubles_nothing(sent, monkeypatch, module, name, calls):
    monkeypatch.setattr(checking, "CHUNK", 2)
    monkeypatch.setattr(taking_in, "CHUNK", 4)
    with killed_after(monkeypatch, module, name, calls), pytest.raises(Killed):
        jobs.work_on.func(str(sent.pk))

    jobs.work_on.func(str(sent.pk))

    sent.refresh_from_db()
    assert (sent.state, sent.counts, sent.path) == ("checked", counts(read=9, new=9), "")


@pytest.mark.parametrize(("name", "calls"), [("propose_many", 0), ("propose_many", 3), ("submit_batch", 0)])
def test_a_submission_that_is_cut_off_goes_on_and_loses_or_doubles_no_row(sent, officer, monkeypatch, name, calls):
    monkeypatch.setattr(proposing, "CHUNK", 2)
    jobs.work_on.func(str(sent.pk))
    actions.submit(Workbook.objects.get(pk=sent.pk), by=officer)
    with killed_after(monkeypatch, proposing.batches, name, calls), pytest.raises(Killed):
        jobs.work_on.func(str(sent.pk))

    jobs.work_on.func(str(sent.pk))

    sent.refresh_from_db()
    assert (sent.state, sent.batch.counts()["submitted"], Submission.objects.count()) == ("submitted", 9, 9)


def test_a_second_worker_leaves_a_file_alone_on_which_one_works(sent):
    other = connections.create_connection("default")
    key = key_of("workbook", sent.pk)
    try:
        with other.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_lock(%s)", [key])
        jobs.work_on.func(str(sent.pk))
        sent.refresh_from_db()
        assert sent.state == State.READING
        with other.cursor() as cursor:  # PostgreSQL notices a closed connection only a moment later
            cursor.execute("SELECT pg_advisory_unlock(%s)", [key])
    finally:
        other.close()

    jobs.work_on.func(str(sent.pk))
    sent.refresh_from_db()
    assert sent.state == State.CHECKED


def test_a_fault_names_its_place_and_never_a_value(sent, monkeypatch):
    def broken(_workbook):
        raise ValueError("Rahasia Pemilik")

    monkeypatch.setitem(jobs._STEPS, State.READING, broken)

    with pytest.raises(jobs.StepFailed) as failed:
        jobs.work_on.func(str(sent.pk))

    assert "Rahasia" not in str(failed.value)
    assert failed.value.__cause__ is None
    assert failed.value.__suppress_context__


def test_a_file_that_keeps_failing_is_given_up_and_can_be_tried_again(sent, officer, monkeypatch, done):
    with monkeypatch.context() as broken:
        broken.setitem(jobs._STEPS, State.READING, lambda _workbook: 1 / 0)
        for _attempt in range(jobs.TRIES):
            with pytest.raises(jobs.StepFailed):
                jobs.work_on.func(str(sent.pk))
        jobs.work_on.func(str(sent.pk))
    sent.refresh_from_db()
    assert (sent.state, sent.refusal_code) == ("failed", "failed")

    assert done(actions.resume, sent, by=officer).state == "checked"


def test_a_file_that_is_withdrawn_meanwhile_is_left(sent, officer, monkeypatch):
    real = checking.store

    def withdrawn_before(*args):
        actions.withdraw(Workbook.objects.get(pk=sent.pk), by=officer)
        real(*args)

    monkeypatch.setattr(checking, "store", withdrawn_before)
    jobs.work_on.func(str(sent.pk))

    sent.refresh_from_db()
    assert sent.state == "withdrawn"


class Worker:
    """A real worker (`manage.py db_worker`) on the database of the tests, and what else a process of its own does."""

    def __init__(self, media):
        here = urlsplit(os.environ["DATABASE_URL"])
        url = here._replace(path=f"/{connection.settings_dict['NAME']}").geturl()
        self.environment = {
            **os.environ,
            "DJANGO_SETTINGS_MODULE": "disperin.settings",
            "DATABASE_URL": url,
            "MEDIA_ROOT": str(media),
        }

    def kill_when(self, reached):
        """Start a worker and kill it outright once `reached()`."""
        command = [sys.executable, "manage.py", "db_worker", "--batch"]
        worker = subprocess.Popen(command, env=self.environment, cwd=portal.BASE_DIR)
        for _moment in range(2400):
            if reached() or worker.poll() is not None:
                break
            time.sleep(0.05)
        worker.kill()
        worker.wait()
        for _moment in range(200):  # PostgreSQL notices a moment later
            if not workers_present():
                break
            time.sleep(0.05)


@pytest.mark.django_db(transaction=True)
def test_workers_that_are_killed_are_followed_by_others_that_end_the_work(officer, tmp_path, settings):
    """SIGKILL in the middle of the check, and again in the middle of the submission."""
    settings.TASKS = {"default": {"BACKEND": "django_tasks_db.DatabaseBackend"}}  # here nobody works
    worker = Worker(settings.MEDIA_ROOT)
    _name, *cells = a_row("")
    names = (f"{at:04d} usaha {at:04d}" for at in range(700))
    file = an_xlsx(tmp_path / "ikm.xlsx", ("Data", [HEADINGS, *([name, *cells] for name in names)]))
    with file.open("rb") as opened:
        workbook = actions.send(directory.get("establishments"), officer.regency, File(opened, file.name), by=officer)

    def is_in_the_middle_of(state):
        workbook.refresh_from_db()
        return workbook.state == state and 0 < workbook.done < 700

    worker.kill_when(lambda: is_in_the_middle_of(State.CHECKING))
    assert is_in_the_middle_of(State.CHECKING)
    work()
    workbook.refresh_from_db()
    assert (workbook.state, workbook.counts) == ("checked", counts(read=700, new=700))

    actions.submit(workbook, by=officer, acknowledged=True)
    worker.kill_when(lambda: is_in_the_middle_of(State.PROPOSING))
    assert is_in_the_middle_of(State.PROPOSING)
    work()
    workbook.refresh_from_db()
    assert (workbook.state, workbook.batch.counts()["submitted"]) == ("submitted", 700)
    assert Submission.objects.values("batch_row").distinct().count() == Submission.objects.count() == 700
