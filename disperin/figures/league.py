"""The league of the regencies by the quality of their data: how they stand, by which formula, and month by month."""

import datetime
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.http import urlencode
from django.utils.translation import gettext as _

from disperin.regions.models import Regency
from disperin.registers.lists.regency_names import regency_address
from disperin.registers.record import reference
from disperin.ui.formats import number
from disperin.ui.texts import Text
from industries.models import OutsideCount, QualityMark, QualityRule
from industries.models.league import outside_counts, sums_of, sums_on
from industries.models.quality import Formula, is_being_judged, scores_are_of
from industries.rules.league import LEAST, Standing, Sums, of_all, standings
from industries.rules.quality import A_DAY, Part, months_before

MONTHS_SHOWN = 24
MONTHS_COLUMNS = (
    "month", "marked_on", "code", "regency", "records", "completeness", "freshness", "score", "returns", "days",
)  # fmt: skip
FILE_COLUMNS = (
    "rank", "code", "regency", "records", "outside_count", "outside_counted_on", "coverage", "completeness",
    "freshness", "score", "returns", "days", "points", "as_of",
)  # fmt: skip


@dataclass(frozen=True)
class Row:
    """A regency in the league, with its page, the list of its makers, and the outside count where there is one."""

    standing: Standing
    name: str
    url: str
    makers_url: str
    outside: OutsideCount | None

    @property
    def code(self) -> str:
        return self.standing.place


@dataclass(frozen=True)
class Month:
    """How a regency stood when a month was marked; or the province: of the regencies that are told one by one."""

    month: datetime.date
    taken_on: datetime.date
    standing: Standing


class League:
    """The league of a day. Nothing is read before it is asked for; six queries for all of it."""

    def __init__(self, today: datetime.date) -> None:
        self.today = today
        self.least = LEAST

    @property
    def proposals_until(self) -> datetime.date:
        """The last day whose decisions count: what is over does not change any more."""
        return self.today - A_DAY

    @property
    def proposals_since(self) -> datetime.date:
        """The day after which decisions count."""
        return months_before(self.proposals_until, 12) + A_DAY

    @cached_property
    def day(self) -> datetime.date:
        """The day of which the scores are."""
        return scores_are_of(self.today)

    @cached_property
    def is_being_judged(self) -> bool:
        """Whether the records are being judged by a changed formula."""
        return is_being_judged()

    @cached_property
    def formula(self) -> Formula:
        """The formula as it is kept."""
        return Formula()

    @cached_property
    def sums(self) -> dict[str, Sums]:
        """What is counted of each regency."""
        return sums_on(self.today)

    @cached_property
    def rows(self) -> list[Row]:
        """The regencies in their order."""
        outside = outside_counts(self.today)
        ranked = standings(self.sums, self._weights)
        return [self._row(standing, outside) for standing in ranked]

    @cached_property
    def whole(self) -> Standing:
        """All regencies that are told one by one, together."""
        return self._together(self.sums)

    @property
    def has_outside(self) -> bool:
        """Whether there is any outside count."""
        return any(row.outside for row in self.rows)

    @property
    def ranked(self) -> int:
        """How many of the regencies have a rank."""
        return sum(row.standing.rank is not None for row in self.rows)

    @property
    def finding(self) -> str:
        """What the league says, in a sentence; "" where nobody is ranked."""
        first = [row for row in self.rows if row.standing.rank == 1]
        if not first:
            return ""
        values = {"names": ", ".join(row.name for row in first), "points": number(first[0].standing.points)}
        return _("First: %(names)s, with %(points)s of 100 points") % values

    def row_of(self, code: str) -> Row | None:
        """A regency in the league."""
        return next((row for row in self.rows if row.code == code), None)

    def rules(self) -> list[tuple[Text, Sequence[QualityRule]]]:
        """The rows of the formula that count today, by part."""
        counted = self.formula.on(self.today)
        parts = [(part.label, [row for row in counted if row.part == part]) for part in Part]
        return [(label, rows) for label, rows in parts if rows]

    def coming(self) -> list[QualityRule]:
        """Those that are to count later."""
        return [row for row in self.formula.rows if row.valid_from and row.valid_from > self.today]

    @property
    def months(self) -> list[Month]:
        """The province in the last months that were marked, the newest first."""
        return [
            Month(month, min(mark.taken_on for mark in some.values()), self._together(_sums_of(some)))
            for month, some in self._marks.items()
        ]

    def months_of(self, code: str) -> list[Month]:
        """A regency in the same months."""
        return [
            Month(month, some[code].taken_on, self._marked(code, some[code]))
            for month, some in self._marks.items()
            if code in some
        ]

    @cached_property
    def _marks(self) -> dict[datetime.date, dict[str, QualityMark]]:
        marks: dict[datetime.date, dict[str, QualityMark]] = {}
        since = months_before(self.today.replace(day=1), MONTHS_SHOWN)
        for mark in QualityMark.objects.filter(month__gt=since).order_by("-month", "regency"):
            marks.setdefault(mark.month, {})[mark.regency_id] = mark
        return marks

    def month_rows(self) -> Iterator[dict[str, Any]]:
        """Every regency in each of the months, by `MONTHS_COLUMNS`; the newest first."""
        tables = reference.Tables()
        for month, some in self._marks.items():
            for code, mark in some.items():
                standing, name = self._marked(code, mark), tables.row(Regency, code).name
                line = (month, mark.taken_on, code, name, *(getattr(standing, column) for column in MONTHS_COLUMNS[4:]))
                yield dict(zip(MONTHS_COLUMNS, line, strict=True))

    def file_rows(self) -> Iterator[tuple[Any, ...]]:
        """The rows of its file, without the header."""
        for row in self.rows:
            standing, outside = row.standing, row.outside
            counted = (outside.number, outside.counted_on.isoformat()) if outside else (None, None)
            values = (
                standing.coverage,
                standing.completeness,
                standing.freshness,
                standing.score,
                standing.returns,
                standing.days,
                standing.points,
            )
            line = (standing.rank, row.code, row.name, standing.records, *counted, *values, self.day.isoformat())
            yield tuple("" if value is None else value for value in line)

    @property
    def _weights(self) -> Mapping[str, int]:
        return self.formula.weights(self.today, Part.LEAGUE)

    def _together(self, sums: Mapping[str, Sums]) -> Standing:
        return standings({"": of_all(sums.values())}, self._weights)[0]

    def _marked(self, code: str, mark: QualityMark) -> Standing:
        """A regency by itself, as it was marked."""
        return standings({code: sums_of(mark)}, self._weights)[0]

    def _row(self, standing: Standing, outside: Mapping[str, OutsideCount]) -> Row:
        makers = f"{reverse('industries:establishment-list')}?{urlencode({'regency': standing.place})}"
        name = reference.Tables().row(Regency, standing.place).name
        return Row(standing, name, regency_address(standing.place), makers, outside.get(standing.place))


def _sums_of(marks: Mapping[str, QualityMark]) -> dict[str, Sums]:
    return {code: sums_of(mark) for code, mark in marks.items()}
