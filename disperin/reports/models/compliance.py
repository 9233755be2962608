"""Who is obliged to report a quarter, and how each of them stands: in time, late, returned, not sent.

Obliged are the makers on record today whose scale the office has named in a row that is in force on the last day of the
quarter, which work, and which did not begin after it. While no row is in force nobody is told to be obliged.
"""

from typing import Any

from django.db.models import (
    Case,
    CharField,
    Count,
    DateField,
    Exists,
    F,
    FilteredRelation,
    Func,
    IntegerField,
    OuterRef,
    Q,
    QuerySet,
    Value,
    When,
)

from disperin.accounts.models import User
from disperin.registers.dated.quarters import Quarter
from disperin.registers.dated.validity import in_force
from disperin.registers.record import past
from disperin.reports import rules
from disperin.reports.models.earlier import day_of
from disperin.reports.models.laid_down import ReportingDeadline, ReportingDuty, ShipyardClass
from disperin.reports.models.report import QuarterlyReport
from disperin.reports.rules import Group, Outcome, Period, State, quarter_of
from industries.models import Establishment
from industries.rules import Activity, IndustryScale, Sector

_FILING = "of_quarter__filing__"


def duties_in(quarter: Quarter) -> list[ReportingDuty]:
    """The rows that say who is obliged to report this quarter."""
    return in_force(ReportingDuty.objects.all(), quarter.last_day)


def deadline_of(quarter: Quarter) -> ReportingDeadline | None:
    """The deadline of a quarter, where the office has set one."""
    return ReportingDeadline.objects.filter(year=quarter.year, quarter=rules.period_of(quarter)).first()


def obliged(makers: QuerySet[Establishment], quarter: Quarter, scales: list[str]) -> Any:
    """Those of these makers that are obliged, each with its `outcome` and its `form`, and its report `of_quarter`."""
    report = Q(
        quarterly_reports__year=quarter.year,
        quarterly_reports__quarter=rules.period_of(quarter),
        quarterly_reports__closed_on=None,
        quarterly_reports__hidden=False,
    )
    chosen = makers.filter(industry_scale__in=scales).exclude(activity=Activity.CLOSED)
    chosen = chosen.filter(Q(active_since=None) | Q(active_since__lte=quarter.last_day))
    chosen = chosen.annotate(of_quarter=FilteredRelation("quarterly_reports", condition=report))
    return chosen.annotate(outcome=_outcome(deadline_of(quarter)), form=_form(quarter))


def obliged_within(user: User, quarter: Quarter, duties: list[ReportingDuty] | None = None) -> Any:
    """The same within somebody's reach, by the rows of the office, which need not be asked for twice."""
    scales = [duty.scale for duty in (duties_in(quarter) if duties is None else duties)]
    return obliged(Establishment.objects.within_reach(user).current(), quarter, scales)


def of_obliged(reports: QuerySet[QuarterlyReport]) -> QuerySet[QuarterlyReport]:
    """Those of these reports whose makers are obliged to report their quarter, as `obliged` has it; one statement."""
    ends = {period: quarter_of(2001, period).last_day for period in Period.values}  # no quarter ends on a leap day

    def part(name: str) -> Case:
        whens = [When(quarter=period, then=Value(getattr(day, name))) for period, day in ends.items()]
        return Case(*whens, output_field=IntegerField())

    last_day = Func(F("year"), part("month"), part("day"), function="make_date", output_field=DateField())
    dated = reports.annotate(last_day=last_day).filter(
        Q(establishment__active_since=None) | Q(establishment__active_since__lte=F("last_day")),
        establishment__closed_on=None,
        establishment__hidden=False,
    )
    duties = ReportingDuty.objects.filter(
        Q(valid_from=None) | Q(valid_from__lte=OuterRef("last_day")),
        Q(valid_to=None) | Q(valid_to__gte=OuterRef("last_day")),
        scale=OuterRef("establishment__industry_scale"),
    )
    dated = dated.exclude(establishment__sector=Sector.SERVICE)  # it reported while it was a maker
    return dated.exclude(establishment__activity=Activity.CLOSED).filter(Exists(duties))


def without_report(user: User, quarter: Quarter, duties: list[ReportingDuty] | None = None) -> Any:
    """The obliged makers within reach, as of `obliged_within`, of whom no report of this quarter is on record."""
    return obliged_within(user, quarter, duties).filter(of_quarter=None)


def unsent_by_regency(quarter: Quarter) -> dict[str, int]:
    """`{code of a regency: how many obliged makers have not sent}`, of those where there are any; three queries."""
    scales = [duty.scale for duty in duties_in(quarter)]
    unsent = obliged(Establishment.objects.current(), quarter, scales).filter(outcome__in=UNSENT)
    return dict(unsent.order_by().values_list("regency").annotate(number=Count("pk")))


def may_remind(quarter: Quarter, deadline: ReportingDeadline | None) -> bool:
    """Whether a maker can be told that it has not sent: the quarter has ended and, as far as is set, has opened."""
    today = past.today()
    return quarter.last_day < today and (deadline is None or deadline.opens_on <= today)


UNSENT = (Outcome.NONE, Outcome.RETURNED)  # who has to do something still


def _outcome(deadline: ReportingDeadline | None) -> Case:
    sent_on = f"{_FILING}sent_first_on"
    if deadline is None:
        whens = [When(Q(**{f"{sent_on}__isnull": False}), then=Value(Outcome.SENT.value))]
    else:
        whens = [
            When(Q(**{f"{sent_on}__lte": deadline.due_on}), then=Value(Outcome.IN_TIME.value)),
            When(Q(**{f"{sent_on}__isnull": False}), then=Value(Outcome.LATE.value)),
        ]
    returned = When(Q(**{f"{_FILING}state": State.RETURNED}), then=Value(Outcome.RETURNED.value))
    return Case(returned, *whens, default=Value(Outcome.NONE.value), output_field=CharField())


def _form(quarter: Quarter) -> Case:
    rows = in_force(ShipyardClass.objects.all(), day_of(quarter, past.today()))
    small = When(Q(industry_scale=IndustryScale.SMALL), then=Value(Group.SMALL.value))
    shipyards = [When(Q(kbli__in=[row.kbli_id for row in rows]), then=Value(Group.SHIPYARD.value))] if rows else []
    return Case(*shipyards, small, default=Value(Group.LARGER.value), output_field=CharField())


def counted(makers: Any) -> dict[str, dict[str, dict[str, int]]]:
    """`{"regency" or "form": {value: {outcome: how many}}}` of obliged makers; one query."""
    numbers: dict[str, dict[str, dict[str, int]]] = {"regency": {}, "form": {}}
    rows = makers.order_by().values("regency", "form", "outcome").annotate(number=Count("pk"))
    for row in rows:
        for name in numbers:
            outcomes = numbers[name].setdefault(row[name], {})
            outcomes[row["outcome"]] = outcomes.get(row["outcome"], 0) + row["number"]
    return numbers
