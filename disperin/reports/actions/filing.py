"""Note how a report goes through SIINas, and take back a step that was noted by mistake."""

import datetime

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from disperin.accounts.models import User
from disperin.desk.refusals import NotNow, Refused
from disperin.history.models import record as write_history
from disperin.regions.reach import reaches
from disperin.reports import rules
from disperin.reports.models import Filing, FilingStep, QuarterlyReport
from disperin.reports.rules import State

DEEDS = {  # what the history calls each step
    State.DRAFT.value: "file_konsep",
    State.SENT.value: "file_dikirim",
    State.RETURNED.value: "file_pengembalian",
    State.ACCEPTED.value: "file_diterima",
}


@transaction.atomic
def note_step(
    report: QuarterlyReport, state: str, on: datetime.date, *, by: User, reason: str = "", seen: int | None = None
) -> FilingStep:
    """Note that a report came into a state in SIINas on a day. `seen`: how many steps stood on the page it came from.

    Raises Refused (no right to propose, report out of reach), NotNow (closed, or somebody noted a step meanwhile),
    ValidationError by field for a step that does not follow, a day that cannot be, a return without its reason.
    """
    report = _held(report, by=by)
    steps = list(FilingStep.objects.standing(report))
    if seen is not None and seen != len(steps):
        raise NotNow(_("Somebody noted a step of this report meanwhile. Read where it stands now."))
    before = steps[-1] if steps else None
    rules.check_step(
        before.state if before else "",
        before.on if before else None,
        state,
        on,
        reason,
        quarter=report.period,
        today=timezone.localdate(),
    )
    reason = reason if state == State.RETURNED else ""
    step = FilingStep.objects.create(report=report, state=state, on=on, reason=reason, noted_by=by)
    _keep_up(report, [*steps, step])
    write_history(DEEDS[step.state], report, by=by, day=on.isoformat())
    return step


@transaction.atomic
def take_back(report: QuarterlyReport, step: int, *, by: User) -> None:
    """Take back the newest step of a report (its primary key), which was noted by mistake.

    Raises Refused as of `note_step`, NotNow where it is not the newest any more.
    """
    report = _held(report, by=by)
    steps = list(FilingStep.objects.standing(report))
    if not steps or steps[-1].pk != step:
        raise NotNow(_("Only the newest step can be taken back. Read where the report stands now."))
    taken = steps.pop()
    taken.taken_back_at = timezone.now()
    taken.save(update_fields=["taken_back_at"])
    _keep_up(report, steps)
    write_history("take_back_filing", report, by=by, state=taken.state, day=taken.on.isoformat())


def _held(report: QuarterlyReport, *, by: User) -> QuarterlyReport:
    """The report, locked until the end of the transaction: steps come one after the other."""
    report = QuarterlyReport.objects.select_for_update(of=["self"]).get(pk=report.pk)
    if not by.can_propose:
        raise Refused(_("Your role reads; it does not note steps in SIINas."))
    if not reaches(by, report):
        raise Refused(_("This report lies outside your regency."))
    if report.closed_on is not None:
        raise NotNow(_("This report is closed."))
    return report


def _keep_up(report: QuarterlyReport, steps: list[FilingStep]) -> None:
    if not steps:
        Filing.objects.filter(report=report).delete()
        return
    sent = [step.on for step in steps if step.state == State.SENT]
    defaults = {"state": steps[-1].state, "since": steps[-1].on, "sent_first_on": sent[0] if sent else None}
    Filing.objects.update_or_create(report=report, defaults=defaults)
