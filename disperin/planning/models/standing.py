"""How indicators stand in a year: target with its document, realisation with its source, achievement and light."""

import datetime
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from decimal import Decimal

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from disperin.planning.models.counting import CountedList, Counter, counted_list
from disperin.planning.models.indicator import Indicator, Realisation, Target
from disperin.planning.models.laid_down import LightRule
from disperin.planning.rules import indicators as rules
from disperin.registers.dated.validity import in_force
from disperin.registers.record import past


@dataclass(frozen=True)
class Told:
    """The figure of a period. `row` is what was typed about it; `url` opens the list where it is a list's number.

    `so_far`: the period is not over, and the list was counted today. `added`: the quarters of which it is the sum; then
    no row and no list is its own.
    """

    period: str
    value: Decimal | None = None
    row: Realisation | None = None
    url: str = ""
    day: datetime.date | None = None  # on which the list was counted
    so_far: bool = False
    added: tuple["Told", ...] = ()

    @property
    def made_of(self) -> tuple["Told", ...]:
        """The quarters that were added up, or itself."""
        return self.added or (self,)

    @property
    def label(self) -> str:
        """Of which period it is, or of which quarters together."""
        return " + ".join(str(rules.Period(figure.period).label) for figure in self.made_of)

    @property
    def certainty(self) -> rules.Certainty | None:
        """Provisional as long as any part of it is; None where nothing was typed."""
        certainties = {row.certainty for row in self._rows}
        provisional = rules.Certainty.PROVISIONAL
        return provisional if provisional in certainties else rules.Certainty.FINAL if certainties else None

    @property
    def source(self) -> str:
        """Every source that it was typed from, each once."""
        return "; ".join(dict.fromkeys(row.source for row in self._rows))

    @property
    def _rows(self) -> list[Realisation]:
        return [figure.row for figure in self.made_of if figure.row]

    @property
    def spent(self) -> int | None:
        """The money spent, where it was typed."""
        return self.row.spent if self.row else None


@dataclass
class Standing:
    """One indicator in one year."""

    indicator: Indicator
    year: int
    targets: list[Target] = field(default_factory=list)
    periods: dict[str, Told] = field(default_factory=dict)
    thresholds: LightRule | None = None

    @property
    def target(self) -> Target | None:
        """The one that counts: of the plan with the newest date."""
        counts: Target | None = rules.target_that_counts(self.targets)
        return counts

    def target_by(self, *documents: str) -> Target | None:
        """The newest one set by one of these kinds of documents."""
        targets = [target for target in self.targets if target.document in documents]
        return max(targets, key=lambda target: (target.document_on, target.pk), default=None)

    @property
    def told(self) -> Told | None:
        """The figure of the year, or of the year so far."""
        values = {name: figure.value for name, figure in self.periods.items() if figure.value is not None}
        reckoned = rules.of_year(self.indicator.over_year, values)
        if reckoned is None:
            return None
        value, names = reckoned
        parts = tuple(self.periods[name] for name in names)
        return parts[0] if len(parts) == 1 else Told(names[-1], value, added=parts)

    @property
    def running(self) -> Told | None:
        """What of that figure was counted while its quarter runs; None where all of it is over."""
        return next((figure for figure in self.told.made_of if figure.so_far), None) if self.told else None

    @property
    def value(self) -> Decimal | None:
        """The same, its number alone."""
        return self.told.value if self.told else None

    @property
    def spent(self) -> int | None:
        """The money of the year: that of the whole year, else of its quarters together."""
        if (whole := self.periods.get(rules.WHOLE_YEAR)) and whole.spent is not None:
            return whole.spent
        some = [figure.spent for figure in self.periods.values() if figure.spent is not None]
        return sum(some) if some else None

    @property
    def percent(self) -> Decimal | None:
        """The achievement."""
        target = self.target
        return rules.achievement(self.indicator.direction, target.value if target else None, self.value)

    @property
    def light(self) -> rules.Light | None:
        """As the office's thresholds have it."""
        return rules.light(self.percent, self.thresholds)

    @property
    def missing(self) -> str:
        """Why there is no light; "" where there is one."""
        if self.indicator.kind == rules.Kind.STRUCTURE:
            return ""
        if self.target is None:
            return _("No target yet")
        if self.value is None:
            return _("No realisation yet")
        if self.percent is None:
            return _("Not to be reckoned with these figures")
        return "" if self.thresholds else _("No thresholds yet")


def listed_by(indicator: Indicator) -> CountedList | None:
    """The list that an indicator counts; None for none, and for one that is not known any more."""
    try:
        return counted_list(indicator.counts) if indicator.counts else None
    except ValidationError:
        return None


def standings(indicators: Iterable[Indicator], years: Iterable[int]) -> dict[int, dict[int, Standing]]:
    """`{key: {year: Standing}}` of these indicators; three queries, and one for each register and quarter counted."""
    some, asked = list(indicators), sorted(set(years))
    today = past.today()
    laid_down = list(LightRule.objects.all())
    ends = {year: min(datetime.date(year, 12, 31), today) for year in asked}
    thresholds = {year: next(iter(in_force(laid_down, day)), None) for year, day in ends.items()}
    by_indicator = {
        indicator.pk: {year: Standing(indicator, year, thresholds=thresholds[year]) for year in asked}
        for indicator in some
    }
    for target in Target.objects.filter(indicator__in=some, year__in=asked, closed_on=None).order_by("document_on"):
        by_indicator[target.indicator_id][target.year].targets.append(target)
    typed: dict[tuple[int, int], dict[str, Realisation]] = defaultdict(dict)
    for row in Realisation.objects.filter(indicator__in=some, year__in=asked, closed_on=None):
        typed[row.indicator_id, row.year][row.period] = row
    counter = Counter()
    for indicator in some:
        listed = listed_by(indicator)
        for year in asked:
            rows = typed[indicator.pk, year]
            by_indicator[indicator.pk][year].periods = (
                _counted(listed, year, rows, counter) if indicator.counts else _typed(rows)
            )
    return by_indicator


def _typed(rows: dict[str, Realisation]) -> dict[str, Told]:
    return {name: Told(name, row.value, row) for name, row in sorted(rows.items())}


def _counted(listed: CountedList | None, year: int, rows: dict[str, Realisation], counter: Counter) -> dict[str, Told]:
    """The list at the end of each quarter that has begun; what was typed beside it keeps its money and reasons."""
    figures = {name: Told(name, None, row) for name, row in rows.items()}
    for name in rules.QUARTERS:
        begins, ends = rules.days_of(year, name)
        if listed is None or begins > counter.today:
            continue
        day = min(ends, counter.today)
        number = counter.number_on(listed, day)
        if number is not None:
            url = listed.url_on(day)
            figures[name] = Told(name, Decimal(number), rows.get(name), url, day, so_far=ends > counter.today)
    return figures
