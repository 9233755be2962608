"""The job of a workbook: whatever its state asks for next, until a person has to do something. That of an export."""

import contextlib
import gc
import traceback
from collections.abc import Callable, Iterator
from typing import Any

from django.db import transaction
from django.db.models import F
from django.utils import translation
from django.utils.translation import gettext as _
from django_tasks import task
from django_tasks.base import Task

from disperin.jobs.locks import alone
from disperin.jobs.tasks import LATER, MOST_ATTEMPTS, order_later
from disperin.notices.actions import tell
from disperin.workbooks.exporting.keeping import keep_export
from disperin.workbooks.importing.checking import check
from disperin.workbooks.importing.progress import NoLongerWanted
from disperin.workbooks.importing.proposing import propose
from disperin.workbooks.importing.purposes import purpose_of
from disperin.workbooks.importing.taking_in import take_in
from disperin.workbooks.models import WORKING, Export, Making, State, Workbook

TRIES = MOST_ATTEMPTS - 1  # so that a worker is left who can tell, should all die over it
LAST = -50  # the priority of files for visitors: the office's own work comes first
_USUALLY_TIDIED = gc.get_threshold()
_STEPS = {State.READING: take_in, State.CHECKING: check, State.PROPOSING: propose}


def _step(workbook: Workbook) -> Callable[[Workbook], None]:
    """What the state of a workbook asks for next; rows that are not for the import are judged by whoever asked."""
    purpose = purpose_of(workbook)
    return purpose.check if purpose and workbook.state == State.CHECKING else _STEPS[State(workbook.state)]


class StepFailed(Exception):
    """A step broke. The message names the fault and its place, never what stood in a row: it is logged."""


@task()
def work_on(workbook_id: str) -> None:
    """Do what is to be done with a workbook, or what a worker that died has left of it; one worker at a time."""
    with alone("workbook", workbook_id) as mine:
        workbook = _present(workbook_id)
        if workbook and not mine:
            order_later(work_on, workbook_id)
            return
        with _rarely_tidied():
            while workbook is not None:
                try:
                    _one_step(workbook)
                except StepFailed:
                    order_later(work_on, workbook_id, wait=LATER)
                    raise
                workbook = _present(workbook_id)


@task()
def write_export(export_id: str) -> None:
    """Write the file of an export that somebody waits for; one that a worker that died has left is begun anew."""
    with alone("export", export_id) as mine:
        export = (
            Export.objects.filter(pk=export_id, state=Making.WRITING).select_related("asked_by", "workbook").first()
        )
        if export is None:
            return
        if not mine:
            order_later(_write(export), export_id)
            return
        if export.attempts >= TRIES:
            _give_up_export(export)
            return
        Export.objects.filter(pk=export.pk).update(attempts=F("attempts") + 1, done=0)
        try:
            with translation.override(export.language):
                keep_export(export)
        except Exception:
            order_later(_write(export), export_id, wait=LATER)
            raise


@transaction.atomic
def _give_up_export(export: Export) -> None:
    """It is tried no more; a person who asked for it is told, visitors read it on its page."""
    person, given_up = export.asked_by, Export.objects.filter(pk=export.pk, state=Making.WRITING)
    if given_up.update(state=Making.FAILED) and person:
        with translation.override(person.language):
            title = _("The file could not be written: %(file)s") % {"file": export.title}
            body = _("A fault of the portal stopped it more than once. Ask for it again, or tell the administrator.")
            tell(person, title=title, body=body, path=export.get_absolute_url())


def order_export(export: Export) -> Any:
    """Have the file of an Export written."""
    return _write(export).enqueue(str(export.pk))


def _write(export: Export) -> Task:
    return write_export if export.asked_by_id else write_export.using(priority=LAST)


def _one_step(workbook: Workbook) -> None:
    attempts = Workbook.objects.filter(pk=workbook.pk, state=workbook.state)
    if workbook.attempts >= TRIES:
        _give_up(workbook)
        return
    attempts.update(attempts=F("attempts") + 1)
    try:
        with translation.override(workbook.language):
            _step(workbook)(workbook)
    except NoLongerWanted:
        return
    except Exception as error:  # noqa: BLE001 -- its message may repeat what stood in a row
        place = traceback.extract_tb(error.__traceback__)[-1]
        raise StepFailed(f"{type(error).__name__} in {place.name}, line {place.lineno}") from None


@transaction.atomic
def _give_up(workbook: Workbook) -> None:
    """It stops here until somebody lets it go on; whoever sent it is told."""
    person, of_step = workbook.sent_by, Workbook.objects.filter(pk=workbook.pk, state=workbook.state)
    with translation.override(person.language):
        text = _("Something went wrong with this file more than once. Tell the administrator, then try to go on.")
        if of_step.update(state=State.FAILED, refusal=text, refusal_code="failed", attempts=0):
            title = _("The work on your file stopped: %(file)s") % {"file": workbook.name}
            tell(person, title=title, body=text, path=workbook.get_absolute_url())


def _present(workbook_id: str) -> Workbook | None:
    """The workbook as it is now, if there is something to do with it."""
    workbooks = Workbook.objects.filter(pk=workbook_id, state__in=WORKING)
    return workbooks.select_related("sent_by", "batch__made_by").first()


@contextlib.contextmanager
def _rarely_tidied() -> Iterator[None]:
    """Let Python look for what it can forget once in 50,000 new objects, not in 700.

    The thousands of forms of a chunk live until all are judged: looking through them again and again finds nothing.
    """
    gc.set_threshold(50_000, 50, 100)
    try:
        yield
    finally:
        gc.set_threshold(*_USUALLY_TIDIED)
