"""How a project stands against its plan: the weighted S-curve of its milestones, its forecast, what is late by whom.

How it is computed is the office's own method and no rule of law; the pages must say so. What is counted is exact
(fractions); only what is shown is rounded.
"""

import calendar
import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import ROUND_HALF_UP, Decimal
from fractions import Fraction

RED_BELOW = -10  # points: a deviation strictly below it is red
MOST_TIMES = 10  # a forecast of more than so many times the planned duration says nothing
_DAY = timedelta(days=1)


@dataclass(frozen=True)
class Report:
    """What was verified to be done of a milestone at the end of a day, in percent. ValueError outside 0-100."""

    on: date
    percent: Decimal

    def __post_init__(self) -> None:
        if not 0 <= self.percent <= 100:
            raise ValueError(f"{self.percent} is no percentage of a milestone")


@dataclass(frozen=True)
class Milestone:
    """A piece of a project by its frozen plan: its weight in any unit, its days, and what was reported.

    Raises ValueError for a weight that is not above 0, or a plan that ends before it begins.
    """

    title: str
    weight: Decimal
    planned_start: date
    planned_finish: date  # the last planned day, not before the first
    responsible: str = ""  # who is to finish it
    reports: Sequence[Report] = ()  # in any order
    number: str = ""  # its register number

    def __post_init__(self) -> None:
        if self.weight <= 0 or self.planned_finish < self.planned_start:
            raise ValueError(f"the plan of {self.title!r} makes no sense")


@dataclass(frozen=True)
class Point:
    """The project at the end of a day in percent of its whole weight, and the difference in points (minus: behind).

    `actual` and `deviation` are None for days that have not come.
    """

    on: date
    planned: Decimal
    actual: Decimal | None
    deviation: Decimal | None


@dataclass(frozen=True)
class Standing:
    """Plan and truth at the end of a day in percent, their difference in points (minus: behind), and the forecast."""

    on: date
    planned: Decimal
    actual: Decimal
    deviation: Decimal
    is_red: bool
    planned_finish: date
    forecast_finish: date | None  # None where it cannot be said


@dataclass(frozen=True)
class Late:
    """A milestone that is past its last planned day and not done."""

    milestone: Milestone
    days: int
    percent: Decimal


def standing(milestones: Sequence[Milestone], on: date) -> Standing | None:
    """How a project stands at the end of a day; None without milestones.

    Red is a deviation strictly below -10 points, asked of the exact number: -10 itself is not red.
    """
    if not milestones:
        return None
    planned, actual = _planned(milestones, on), _actual(milestones, on)
    return Standing(
        on=on,
        planned=_shown(planned),
        actual=_shown(actual),
        deviation=_shown(actual - planned),
        is_red=actual - planned < RED_BELOW,
        planned_finish=_last_day(milestones),
        forecast_finish=forecast_finish(milestones, on),
    )


def s_curve(milestones: Sequence[Milestone], today: date) -> list[Point]:
    """Planned and actual percent at each month end, from the month before the plan begins to the one in which it ends.

    Where the work outlasts the plan it goes on to the day on which all was done, or to today. Today stands among the
    points, so that the actual line reaches it. Empty without milestones.
    """
    if not milestones:
        return []
    first = _first_day(milestones).replace(day=1) - _DAY
    last = max(_last_day(milestones), _finished_on(milestones, today) or today)
    days = set(_month_ends(first, last))
    if first <= today <= max(days):
        days.add(today)
    return [_point(milestones, day, has_come=day <= today) for day in sorted(days)]


def forecast_finish(milestones: Sequence[Milestone], on: date) -> date | None:
    """The last day of the project if it goes on as it did until `on`; None where that cannot be said.

    Method: earned schedule (Lipke 2003). The earned time is the number of days after which the plan wanted what is done
    now; the pace is earned time / days elapsed since the plan began (a day counts when it is over); the forecast is the
    planned duration / pace, counted from the first planned day, the last begun day in full. Where the plan stands
    still, the earned time is the earliest. A finished project has no forecast but its day: that of the report
    which completed it. It cannot be said before the plan begins, while nothing is done, and where the pace is so slow
    that more than ten times the planned duration would follow.
    """
    if not milestones:
        return None
    if finished := _finished_on(milestones, on):
        return finished
    first = _first_day(milestones)
    elapsed, duration = (on - first).days + 1, (_last_day(milestones) - first).days + 1
    earned = _earned_days(milestones, _actual(milestones, on))
    if elapsed <= 0 or earned == 0:
        return None
    forecast = Fraction(duration * elapsed) / earned
    if forecast > MOST_TIMES * duration:
        return None
    return first + (math.ceil(forecast) - 1) * _DAY


def late(milestones: Sequence[Milestone], on: date) -> list[Late]:
    """What should have been done before this day and is not, the longest overdue first, then the heaviest.

    A milestone is late from the day after its last planned day: by 1 on that day.
    """
    overdue = [
        Late(milestone, (on - milestone.planned_finish).days, _shown(_done(milestone, on)))
        for milestone in milestones
        if milestone.planned_finish < on and _done(milestone, on) < 100
    ]
    return sorted(overdue, key=lambda delay: (-delay.days, -delay.milestone.weight, delay.milestone.title))


def reports_of(versions: Iterable[tuple[date | None, Decimal]]) -> list[Report]:
    """The reports of a milestone, from its verified versions in their order: (day of the progress, percent).

    A later version corrects what earlier ones said of its day and of later days; one without a day takes all back.
    """
    reports: list[Report] = []
    for on, percent in versions:
        reports = [] if on is None else [*(report for report in reports if report.on < on), Report(on, percent)]
    return reports


def planned_percent(milestone: Milestone, on: date) -> Fraction:
    """What the plan wants of a milestone at the end of a day (0-100): the same each day from its first to its last."""
    days = (milestone.planned_finish - milestone.planned_start).days + 1
    passed = min(max((on - milestone.planned_start).days + 1, 0), days)
    return Fraction(100 * passed, days)


def _done(milestone: Milestone, on: date) -> Fraction:
    """What was reported last, up to the end of a day; of two reports of one day the later in the row."""
    report = _last_report(milestone, on)
    return Fraction(report.percent) if report else Fraction(0)


def _finished_on(milestones: Sequence[Milestone], on: date) -> date | None:
    """The day of the report that completed the project, if one has by then."""
    reports = [_last_report(milestone, on) for milestone in milestones]
    done = [report.on for report in reports if report and report.percent == 100]
    return max(done) if len(done) == len(milestones) else None


def _last_report(milestone: Milestone, on: date) -> Report | None:
    known = sorted((report for report in milestone.reports if report.on <= on), key=lambda report: report.on)
    return known[-1] if known else None


def _point(milestones: Sequence[Milestone], on: date, *, has_come: bool) -> Point:
    planned = _planned(milestones, on)
    if not has_come:
        return Point(on, _shown(planned), None, None)
    actual = _actual(milestones, on)
    return Point(on, _shown(planned), _shown(actual), _shown(actual - planned))


def _planned(milestones: Sequence[Milestone], on: date) -> Fraction:
    return _weighted(milestones, [planned_percent(milestone, on) for milestone in milestones])


def _actual(milestones: Sequence[Milestone], on: date) -> Fraction:
    return _weighted(milestones, [_done(milestone, on) for milestone in milestones])


def _weighted(milestones: Sequence[Milestone], percents: Sequence[Fraction]) -> Fraction:
    weights = [Fraction(milestone.weight) for milestone in milestones]
    parts = (weight * percent for weight, percent in zip(weights, percents, strict=True))
    return sum(parts, Fraction(0)) / sum(weights)


def _earned_days(milestones: Sequence[Milestone], done: Fraction) -> Fraction:
    """After how many days, with their fraction, the plan wanted this percentage.

    Between the days on which a milestone begins or ends the planned percentage grows evenly.
    """
    first = _first_day(milestones)
    ends = {milestone.planned_start - _DAY for milestone in milestones} | {
        milestone.planned_finish for milestone in milestones
    }
    before, wanted_before = first - _DAY, Fraction(0)
    for day in sorted(ends):
        wanted = _planned(milestones, day)
        if wanted >= done:
            share = (done - wanted_before) / (wanted - wanted_before) if wanted > wanted_before else Fraction(0)
            return (before - first).days + 1 + share * (day - before).days
        before, wanted_before = day, wanted
    raise ValueError(done)  # more than the whole of it


def _first_day(milestones: Sequence[Milestone]) -> date:
    return min(milestone.planned_start for milestone in milestones)


def _last_day(milestones: Sequence[Milestone]) -> date:
    return max(milestone.planned_finish for milestone in milestones)


def _month_ends(first: date, last: date) -> list[date]:
    """The last days of the months, from that of `first` to that of `last`."""
    ends = [first]
    while ends[-1] < last:
        following = ends[-1] + _DAY
        ends.append(following.replace(day=calendar.monthrange(following.year, following.month)[1]))
    return ends


def _shown(percent: Fraction) -> Decimal:
    """Rounded to two decimals, halves away from zero."""
    exact = Decimal(percent.numerator) / Decimal(percent.denominator)
    return exact.quantize(Decimal("0.01"), rounding=ROUND_HALF_UP)
