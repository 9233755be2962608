"""A long list of another office is taken away by a job: whoever orders it does not wait, and is told how it went."""

from types import SimpleNamespace

import pytest
from django.utils.timezone import localdate
from django_tasks_db.models import DBTaskResult
from rest_framework.test import APIClient

from disperin.coverage import removing
from disperin.coverage.models import OutsideLine, OutsideList, OutsideTask
from disperin.history.models import Entry
from disperin.jobs.tasks import MOST_ATTEMPTS
from disperin.notices.models import Notice
from disperin.workbooks.models import State, Workbook, WorkbookRow
from tests.coverage.conftest import ROWS
from tests.working import work

pytestmark = pytest.mark.django_db


@pytest.fixture
def long_list(makers, officer, bring, monkeypatch):
    """A list of more rows than are removed at once."""
    monkeypatch.setattr(removing, "MOST", 3)
    return bring(officer, ROWS)


def step(outside_list):
    return f"{outside_list.get_absolute_url()}langkah/"


def test_a_long_list_is_removed_by_a_job_and_whoever_ordered_it_is_told(long_list, officer, signed_in):
    client = signed_in(officer)
    title = str(long_list)

    assert client.post(step(long_list), {"step": "remove"}).status_code == 302

    page = client.get(long_list.get_absolute_url()).text
    assert "sedang dihapus" in page
    assert [name for name in ("again", "import", "remove") if f'value="{name}"' in page] == []
    for name in ("remove", "again", "import"):
        assert client.post(step(long_list), {"step": name, "regency": "63.07"}).status_code == 409
    assert client.post(long_list.get_absolute_url(), {"which": "all", "to": officer.pk}).status_code == 409
    assert DBTaskResult.objects.filter(task_path=removing.take_away.module_path).count() == 1
    assert OutsideLine.objects.count() > 3

    work()

    for model in (OutsideList, OutsideLine, OutsideTask, WorkbookRow):
        assert not model.objects.exists(), model
    assert Workbook.objects.get().state == State.WITHDRAWN
    assert Entry.objects.get(verb="remove_list").actor == officer
    told = Notice.objects.filter(recipient=officer).latest("pk")
    assert (title in told.title, told.path) == (True, "/cakupan/")


def test_lines_of_a_list_that_is_being_removed_are_given_to_nobody_over_the_api_either(long_list, officer):
    removing.begin_removal(long_list, by=officer)
    client = APIClient()
    client.force_authenticate(officer)
    asked = {"lines": [long_list.lines.first().pk], "to": officer.pk, "due_on": localdate().isoformat()}

    answer = client.post("/api/v1/tasks/lines/", asked, format="json")

    assert (answer.status_code, OutsideTask.objects.count()) == (409, 0), answer.json()


def test_an_order_that_is_done_twice_removes_once(long_list, officer):
    assert removing.begin_removal(long_list, by=officer) is False
    removing.take_away.enqueue(long_list.pk, officer.pk)

    work()

    assert Entry.objects.filter(verb="remove_list").count() == 1


def test_what_a_job_may_not_remove_any_more_stays_and_is_told(long_list, officer):
    assert removing.begin_removal(long_list, by=officer) is False
    Workbook.objects.update(state=State.CHECKING)  # it is compared again meanwhile
    ordered = DBTaskResult.objects.get(task_path=removing.take_away.module_path)
    context = SimpleNamespace(attempt=1, task_result=ordered)
    for _worker_that_dies_just_then in range(2):
        removing.take_away.func(context, long_list.pk, officer.pk)

    assert OutsideList.objects.exists()
    told = Notice.objects.get(recipient=officer, path=long_list.get_absolute_url(), title__contains="tidak")
    assert "dibandingkan" in told.body


@pytest.mark.parametrize("fault", ["workers die", "it breaks"])
def test_whoever_ordered_a_removal_that_a_fault_stops_is_told(fault, long_list, officer, monkeypatch):
    removing.begin_removal(long_list, by=officer)
    if fault == "workers die":
        DBTaskResult.objects.update(status="RUNNING", worker_ids=["dead"] * (MOST_ATTEMPTS - 1))
    else:
        monkeypatch.setattr(removing, "remove", lambda *some, **more: 1 / 0)

    work()

    assert DBTaskResult.objects.get(task_path=removing.take_away.module_path).status == "FAILED"
    assert OutsideLine.objects.exists()
    told = Notice.objects.filter(recipient=officer).latest("pk")
    assert "tidak ada yang berubah" in told.body
