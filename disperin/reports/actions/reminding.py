"""Remind those who have to report: 14, 7 and 1 day before the due day, and the day after it."""

import datetime

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext, override

from disperin.accounts.models import Role, User
from disperin.desk import agenda
from disperin.jobs.locks import take_turns
from disperin.notices.actions import tell
from disperin.reports import rules
from disperin.reports.models import Reminder, ReportingDeadline
from disperin.reports.models.compliance import unsent_by_regency
from disperin.ui import formats


@transaction.atomic
def remind(today: datetime.date | None = None) -> int:
    """Give the reminders of a day; gives how many people were told. To be done once a day: a missed day is made up for.

    The officers of each regency are told of their own makers, once for each reminder of a quarter, and nobody where all
    have sent.
    """
    on = today or timezone.localdate()
    take_turns("reminders of quarterly reports")
    number = 0
    span = (on - datetime.timedelta(days=rules.REMINDED[-1] + 7), on - datetime.timedelta(days=rules.REMINDED[0]))
    for deadline in ReportingDeadline.objects.filter(due_on__range=span).prefetch_related("reminders"):
        days = rules.reminder_on(deadline.due_on, on, [reminder.days for reminder in deadline.reminders.all()])
        if days is not None:
            Reminder.objects.create(deadline=deadline, days=days, given_on=on)
            number += _tell_officers(deadline, on)
    return number


def _tell_officers(deadline: ReportingDeadline, on: datetime.date) -> int:
    unsent = unsent_by_regency(deadline.period)
    officers = User.objects.filter(role=Role.OFFICER, regency__in=unsent, is_active=True).order_by("pk")
    for officer in officers:
        with override(officer.language):
            number = unsent[str(officer.regency_id)]
            tell(officer, title=_title(deadline, on), body=_body(deadline, number), path=_path(deadline))
    return len(officers)


def _title(deadline: ReportingDeadline, on: datetime.date) -> str:
    late = (on - deadline.due_on).days
    said = {"quarter": deadline.period.title, "days": formats.number(abs(late))}
    if late > 0:
        return ngettext(
            "Quarterly reports of %(quarter)s: %(days)s day late",
            "Quarterly reports of %(quarter)s: %(days)s days late",
            late,
        ) % said  # fmt: skip
    if late == 0:
        return _("Quarterly reports of %(quarter)s are due today") % said
    return ngettext(
        "Quarterly reports of %(quarter)s: %(days)s day left",
        "Quarterly reports of %(quarter)s: %(days)s days left",
        -late,
    ) % said  # fmt: skip


def _body(deadline: ReportingDeadline, number: int) -> str:
    text = ngettext(
        "%(number)s obliged maker of your regency is not noted as having sent its report in SIINas. Due on %(day)s.",
        "%(number)s obliged makers of your regency are not noted as having sent their own in SIINas. Due on %(day)s.",
        number,
    )
    return text % {"number": formats.number(number), "day": formats.day(deadline.due_on)}


def _path(deadline: ReportingDeadline) -> str:
    asked = {"year": deadline.year, "quarter": deadline.quarter, "unsent": "true"}
    return agenda.address("reports:obliged", **asked)
