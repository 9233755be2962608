"""Bring a list, have it compared again, take it away."""

import datetime

from django.core.files import File
from django.db import transaction
from django.utils.translation import gettext as _

from disperin.accounts.models import User
from disperin.coverage.actions.assigning import drop
from disperin.coverage.models import OutsideList
from disperin.coverage.rules import JUDGED, register_of
from disperin.desk.refusals import NotNow, Refused
from disperin.desk.texts import refuse_unfit_texts
from disperin.history.models import record as write_history
from disperin.regions.models import Regency
from disperin.regions.reach import reaches
from disperin.registers.record import directory
from disperin.workbooks.actions import send, withdraw
from disperin.workbooks.actions.sending import checked_again
from disperin.workbooks.models import State, Workbook
from disperin.workbooks.rights import Step, why_not

PURPOSE = "coverage"  # of the workbook that reads the file


def bring(
    kind: str,
    file: File,
    *,
    regency: Regency | None,
    listed_on: datetime.date,
    source: str,
    by: User,
    branch: str = "",
) -> OutsideList:
    """Keep a list of another office (a Django File) and have it compared; gives the OutsideList.

    `regency` None is the whole province, and the province's alone. Nothing of it becomes a record. Raises Refused,
    ValidationError at `listed_on`, `source` or `file`.
    """
    refuse_unfit_texts({"source": source})
    outside_list = OutsideList(
        kind=kind, regency=regency, listed_on=listed_on, source=source, branch=branch, made_by=by
    )
    outside_list.clean()

    def along(workbook: Workbook) -> None:
        outside_list.workbook = workbook
        outside_list.save()
        write_history("bring_list", outside_list, by=by, kind=str(kind), listed_on=listed_on.isoformat())

    send(directory.get(register_of(kind)), regency, file, by=by, purpose=PURPOSE, along=along)
    return outside_list


@transaction.atomic
def compare_again(outside_list: OutsideList, *, by: User) -> OutsideList:
    """Have every line compared with the registers as they are now. Raises Refused, NotNow while a job works on it."""
    current = held(outside_list, by=by)
    judged = current.lines.filter(outcome__in=JUDGED, position__isnull=False)
    judged.exclude(identity="").update(outcome="")  # what was erased says nothing by which it could be found again
    checked_again(current.workbook)
    write_history("compare_again", current, by=by)
    return current


@transaction.atomic
def remove(outside_list: OutsideList, *, by: User) -> None:
    """Take a list away with its lines and their tasks; what was counted of it for the league stays there.

    Raises Refused, NotNow while a job works on it.
    """
    current = held(outside_list, by=by, even_unread=True)
    drop(current.lines.all(), by=by)
    write_history("remove_list", current, by=by)
    workbook = current.workbook
    current.delete()
    if not why_not(Step.WITHDRAW, workbook, by):
        withdraw(workbook, by=by)
    else:
        workbook.rows.all().delete()
        Workbook.objects.filter(pk=workbook.pk).update(state=State.WITHDRAWN, sheets=[], mapping=[])


def note_download(outside_list: OutsideList, rows: int, *, by: User) -> None:
    """Remember who took so many lines of a list away as a file."""
    write_history("export_lines", outside_list, by=by, rows=rows)


def held(outside_list: OutsideList, *, by: User, even_unread: bool = False) -> OutsideList:
    """The list as it is now, held until the end of the transaction, for whoever answers for it.

    Raises Refused for others, NotNow while it is not compared.
    """
    current = OutsideList.objects.select_for_update(of=["self"]).select_related("workbook").get(pk=outside_list.pk)
    if not may_change(current, by):
        raise Refused(_("Only who proposes for the whole of what this list covers can do that."))
    if current.is_working or not (current.is_compared or even_unread):
        raise NotNow(_("This list is being read or compared just now. Wait until it is done."))
    return current


def may_change(outside_list: OutsideList, user: User) -> bool:
    """Whether somebody answers for a list: whoever proposes, and reaches all that it covers."""
    return user.can_propose and reaches(user, outside_list)
