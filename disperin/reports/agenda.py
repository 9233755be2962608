"""What has a day here, and what waits: reports that SIINas has not, and obliged makers of whom there is none."""

from django.db.models import OuterRef, Subquery
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from disperin.accounts.models import User
from disperin.desk import agenda
from disperin.desk.agenda import Dated, Group, Waiting
from disperin.registers.dated.quarters import Quarter
from disperin.reports import rules
from disperin.reports.models import QuarterlyReport, ReportingDeadline
from disperin.reports.models.compliance import duties_in, of_obliged, without_report

_DEADLINE = ReportingDeadline.objects.filter(year=OuterRef("year"), quarter=OuterRef("quarter"))


def _unsent(user: User) -> agenda.Found:
    """Reports on record of quarters whose due day is set, of makers that are obliged: others are never late."""
    reports = of_obliged(QuarterlyReport.objects.within_reach(user).current().unsent())
    return reports.annotate(due_on=Subquery(_DEADLINE.values("due_on")[:1])).filter(due_on__isnull=False)


def _last_due() -> Quarter | None:
    """The quarter whose due day passed last, of those that the office has set."""
    passed = ReportingDeadline.objects.filter(due_on__lt=timezone.localdate())
    last = passed.order_by("-due_on", "-id").first()
    return last.period if last else None


def _missing(user: User) -> agenda.Found | None:
    quarter = _last_due()
    duties = duties_in(quarter) if quarter else []
    return without_report(user, quarter, duties) if quarter and duties else None


def _list_of_missing(_user: User) -> str:
    quarter = _last_due()
    asked = {"year": quarter.year, "quarter": rules.period_of(quarter)} if quarter else {}
    return agenda.address("reports:obliged", **asked, missing="on")


agenda.add(
    Dated(
        "quarterly-report",
        _("Quarterly reports to send in SIINas"),
        Group.WORK,
        of_one=_("Quarterly report to send in SIINas"),
        of=_unsent,
        day="due_on",
        name="establishment__name",
        note="quarter",
        notes=dict(rules.Period.choices),
        icon="file-earmark-text",
        url=lambda number: reverse("reports:quarterlyreport-detail", args=[number]),
    ),
    Waiting(
        "reports-missing",
        _("Obliged makers without a report of the quarter that was due last"),
        of_one=_("Obliged maker without a report of the quarter that was due last"),
        of=_missing,
        url=_list_of_missing,
        action=_("See the makers"),
        icon="file-earmark-text",
        is_late=True,
    ),
)
