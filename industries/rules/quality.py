"""How good the data of one maker is, 0 to 100: the office's own count, no regulation.

Which facts count, how much, and after how many months something known is old, are dated rows that the caller hands in.
"""

import datetime
from calendar import monthrange
from collections.abc import Iterable, Mapping
from typing import NamedTuple, Protocol

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _

A_DAY = datetime.timedelta(days=1)
MONTHS = 12  # of a year
TOO_FAR = 1.0  # kilometres outside the regency's boundary: surveys and boundaries differ by less


class Part(TextChoices):
    """What a fact belongs to: the four parts of the score of a record, and what is counted of a regency."""

    COMPLETE = "complete", _("Complete")
    FRESH = "fresh", _("Fresh")
    PLAUSIBLE = "plausible", _("Plausible")
    VERIFIED = "verified", _("Verified")
    LEAGUE = "league", _("Of a regency")


PARTS = (Part.COMPLETE, Part.FRESH, Part.PLAUSIBLE, Part.VERIFIED)
OF_PART = "."  # between the part and the fact: complete.nib


class Fact(TextChoices):
    """What counts beside the fields that are to be there (`complete.<field>`)."""

    CHECKED = "fresh.checked", _("Checked lately")
    FIGURES = "fresh.figures", _("Figures of workers and money are recent")
    POINT = "plausible.point", _("The point lies in its regency")
    WORKERS = "plausible.workers", _("Men and women at work are both known, and not both none")
    YEARS = "plausible.years", _("It was not at work before it was founded")
    DAY_OF_FIGURES = "plausible.day_of_figures", _("Figures of workers and money say their day")
    ACTIVITY = "plausible.activity", _("It is not said to be closed while its record is open")
    NPWP = "plausible.npwp", _("The check digit of the NPWP fits")
    VERIFIED = "verified.origin", _("Proposed by its regency and verified by the province")
    COVERAGE = "league.coverage", _("Coverage: records for every maker that an outside count knows")
    COMPLETENESS = "league.completeness", _("Completeness: the part “complete” of its records")
    FRESHNESS = "league.freshness", _("Freshness: the part “fresh” of its records")
    RETURNS = "league.returns", _("Proposals decided without being returned")


CONFIRM = "confirm"  # the one fix that changes no field: somebody checks the record as it stands

_MENDED_AT = {
    Fact.CHECKED: CONFIRM,
    Fact.FIGURES: "as_of",
    Fact.POINT: "latitude",
    Fact.WORKERS: "workers_male",
    Fact.YEARS: "founded_year",
    Fact.DAY_OF_FIGURES: "as_of",
    Fact.ACTIVITY: "activity",
    Fact.NPWP: "npwp",
    Fact.VERIFIED: CONFIRM,
}


class Counted(Protocol):
    """A dated row of the formula."""

    @property
    def fact(self) -> str: ...

    @property
    def weight(self) -> int: ...

    @property
    def months(self) -> int | None: ...

    @property
    def valid_from(self) -> datetime.date | None: ...

    @property
    def valid_to(self) -> datetime.date | None: ...


class Known(NamedTuple):
    """What a record holds, as far as it counts: what it lacks, the days it names, which facts speak against it."""

    lacks: frozenset[str]
    days: Mapping[str, datetime.date | None]  # of the facts of `fresh`
    against: frozenset[str]  # facts of `plausible` and `verified` that do not hold


class Judged(NamedTuple):
    """A record on a day; `score` and parts in whole percent rounded down, None where nothing counts.

    `fix` is the field (or CONFIRM) whose mending lifts the score most, by `lift` points; "" where nothing is amiss.
    """

    score: int | None
    parts: dict[str, int | None]
    fix: str
    lift: int
    missed: tuple[Counted, ...]


def part_of(fact: str) -> str:
    """The part that a fact belongs to."""
    return fact.partition(OF_PART)[0]


def mended_at(fact: str) -> str:
    """The field whose mending fulfils a fact, `products.photo` for one of rows, or CONFIRM."""
    return _MENDED_AT.get(fact) or fact.partition(OF_PART)[2]  # type: ignore[call-overload]  # a Fact is its text


def holds(row: Counted, known: Known, on: datetime.date) -> bool:
    """Does a fact hold of a record on a day? What is to be fresh must have its day, and not be older than said."""
    part, _dot, name = row.fact.partition(OF_PART)
    if part == Part.COMPLETE:
        return name not in known.lacks
    if part == Part.FRESH:
        day = known.days.get(row.fact)
        return day is not None and on <= fresh_until(day, row.months or 0)
    return row.fact not in known.against


def judge(known: Known, rows: Iterable[Counted], on: datetime.date) -> Judged:
    """Judge what is known of a record by the rows that are in force on a day."""
    counted = [row for row in rows if part_of(row.fact) in PARTS]
    missed = tuple(row for row in counted if not holds(row, known, on))
    whole, lost = _weight(counted), _weight(missed)
    fix, lift = _best_fix(missed, whole)
    parts = {part.value: _percent([row for row in counted if part_of(row.fact) == part], missed) for part in PARTS}
    return Judged(100 * (whole - lost) // whole if whole else None, parts, fix, lift, missed)


def fixes(missed: Iterable[Counted], whole: int) -> list[tuple[str, int]]:
    """`[(field, points)]`: what mending each field would lift the score by at least, the most first."""
    missed = list(missed)
    lost = _weight(missed)
    gains: dict[str, int] = {}
    for row in missed:
        gains[mended_at(row.fact)] = gains.get(mended_at(row.fact), 0) + row.weight
    score = 100 * (whole - lost) // whole if whole else 0
    lifted = [(field, 100 * (whole - lost + gain) // whole - score) for field, gain in gains.items()]
    return sorted(lifted, key=lambda fix: -gains[fix[0]])


def holds_until(known: Known, rows: Iterable[Counted], on: datetime.date) -> datetime.date | None:
    """The last day on which a judgement of `on` still holds if nobody changes anything; None: for ever.

    `rows` are all rows of the formula, those that begin or end later too.
    """
    ends: list[datetime.date] = []
    for row in rows:
        if part_of(row.fact) not in PARTS:
            continue
        if row.valid_from and row.valid_from > on:
            ends.append(row.valid_from - A_DAY)
        if row.valid_to and on <= row.valid_to < datetime.date.max:
            ends.append(row.valid_to)
        day = known.days.get(row.fact) if part_of(row.fact) == Part.FRESH else None
        if day and on <= (last := fresh_until(day, row.months or 0)) < datetime.date.max:
            ends.append(last)
    return min(ends, default=None)


def fresh_until(day: datetime.date, months: int) -> datetime.date:
    """The last day on which something of that day is not older than so many months."""
    return _moved(day, months)


def months_before(day: datetime.date, months: int) -> datetime.date:
    """The day so many months before; the last of its month where that month is shorter."""
    return _moved(day, -months)


def _moved(day: datetime.date, months: int) -> datetime.date:
    year, month = divmod(day.month - 1 + months, MONTHS)
    year, month = day.year + year, month + 1
    if not datetime.MINYEAR <= year <= datetime.MAXYEAR:
        return datetime.date.max if months > 0 else datetime.date.min
    return datetime.date(year, month, min(day.day, monthrange(year, month)[1]))


def _best_fix(missed: tuple[Counted, ...], whole: int) -> tuple[str, int]:
    return fixes(missed, whole)[0] if missed else ("", 0)


def _percent(counted: list[Counted], missed: tuple[Counted, ...]) -> int | None:
    whole = _weight(counted)
    lost = _weight(row for row in counted if row in missed)
    return 100 * (whole - lost) // whole if whole else None


def _weight(rows: Iterable[Counted]) -> int:
    return sum(row.weight for row in rows)
