"""What the establishments held when a quarter was closed, and at the closes before: read while others go on storing.

A close is of a version: of the last one that was stored when nobody was storing (`quiet_marks`). What is read later
is read as it stood then, from the rows that nothing has changed since and from the versions of the others. So nobody
waits for a close, and its figures are all of one moment. What makers reported of the quarter is read beside it
(`disperin/closes/reported.py`).
"""

import time
from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from itertools import groupby
from operator import add
from typing import Any, NamedTuple

from django.db import OperationalError, connection, transaction
from django.db.models import Count, Exists, OuterRef, Q, QuerySet, Subquery
from django.utils.translation import gettext as _

from disperin.closes.models import Close
from disperin.closes.reported import Marks, Report, last_marks, marks_of, reports_at, sums_of_reports
from disperin.desk.refusals import NotNow
from disperin.figures.sums import DIMENSIONS, SUMMED, Dimension, Sums, aggregates, as_sums
from disperin.registers.dated.quarters import Quarter
from disperin.registers.record.models import Origin
from disperin.registers.record.versions import events_of
from industries.models import Establishment
from industries.rules.small_sums import TOTAL, Cell

LOOKED_BACK = 4  # closes: a year
PUBLIC = tuple(dimension for dimension in DIMENSIONS if dimension.is_public)
# seconds, for whoever is storing; those who come meanwhile wait as long. PostgreSQL lets a cleaning of the table give
# way only to who has waited for its `deadlock_timeout`, which is one second unless somebody has changed it
WAITED = 1.5
PAUSE, PATIENCE = 2.0, 300.0  # seconds between two attempts, and for all of them
_CHUNK = 2000
_APART = Establishment.apart
_STATED = tuple(measure.name for measure in SUMMED)
_GROUPED_BY = (
    "regency_id", "branch", "kbli_id", "industry_scale", "business_scale", "statistical_scale", "commodities",
)  # fmt: skip
_VERSION = ("pgh_obj_id", "pgh_id", "closed_on", "hidden", "sector", "nib", "origin", *_GROUPED_BY, *_STATED)
_COUNTED = (
    "units", "without_nib", "unchecked", *(f"sum_{name}" for name in _STATED), *(f"given_{name}" for name in _STATED),
)  # fmt: skip

Part = tuple[tuple[Cell, ...], int]  # public groups, and which figure: 0 for nothing, else the first, second … one
History = tuple[Part | None, ...]  # at each close and now; None where the establishment was in no list
Numbers = Sequence[int]  # of `_COUNTED`


@dataclass(frozen=True)
class Unchanged:
    """Establishments of the same groups that have not changed since the first close; who states more than nothing."""

    cells: tuple[Cell, ...]
    number: int
    stating: Mapping[str, int]


class Stand(NamedTuple):
    """Where an establishment stood at a close: its public groups, and its figures by measure."""

    cells: tuple[Cell, ...]
    figures: Mapping[str, int]


@dataclass
class Held:
    """What was read: the sums of every group, and who stood where with which figure, by measure.

    Of those who reported a quarter of one of the closes it is told one by one, by primary key: where each stood at each
    close and now (`reporting`), and what it reported of that quarter (`reported`, one for each; None where that close
    holds no reports). They are in neither `unchanged` nor `changed`.
    """

    marks: Marks
    closes: Sequence[Close]
    reported: Sequence[Mapping[int, Report] | None] = ()
    totals: dict[Cell, Numbers] = field(default_factory=dict)
    unchanged: list[Unchanged] = field(default_factory=list)
    changed: dict[str, Counter[History]] = field(default_factory=lambda: defaultdict(Counter))
    reporting: dict[int, list[Stand | None]] = field(default_factory=dict)

    @cached_property
    def sums(self) -> dict[Cell, Sums]:
        """The sums of each group that holds anybody, by every dimension; all of them are there in any case."""
        none = [0] * len(_COUNTED)
        return {
            cell: as_sums(dict(zip(_COUNTED, numbers, strict=True)))
            for cell, numbers in {TOTAL: none, **self.totals}.items()
        }

    @cached_property
    def sums_of_reports(self) -> dict[Cell, Sums]:
        """As of `closes.reported`, of the quarter that is being closed."""
        return sums_of_reports(self.reported[-1] or {})

    @property
    def unchecked(self) -> int:
        """How many come from an older system, and nobody has checked them."""
        return self.totals[TOTAL][_COUNTED.index("unchecked")] if TOTAL in self.totals else 0

    def add(self, cells: Iterable[Cell], numbers: Numbers) -> None:
        """Count establishments in these groups."""
        for cell in cells:
            self.totals[cell] = [*map(add, self.totals[cell], numbers)] if cell in self.totals else numbers


def quiet_marks() -> Marks:
    """The last versions that were stored at a moment when nobody was storing an establishment or a report.

    The tables are held for that moment alone, and nobody waits longer than `WAITED` for it: where somebody stores for
    longer, it is tried again. Raises NotNow after five minutes of this.
    """
    given_up_at = time.monotonic() + PATIENCE
    while True:
        try:
            with transaction.atomic():
                marks = _marks_alone()
                transaction.set_rollback(True)  # lets go of the tables
        except OperationalError as error:
            if getattr(error.__cause__, "pgcode", "") != "55P03":  # the lock was not to be had
                raise
        else:
            return marks
        if time.monotonic() + PAUSE >= given_up_at:
            text = _("Establishments are being stored without a pause. Close the quarter when that is done.")
            raise NotNow(text)
        time.sleep(PAUSE)


def read(marks: Marks, quarter: Quarter) -> Held:
    """The establishments and the reports of a quarter as they stood then, and at the last closes.

    Two queries over establishments, two over reports for each close that holds any.
    """
    closes = list(Close.objects.order_by("-year", "-quarter")[:LOOKED_BACK])[::-1]
    first, version = closes[0].told["last_event"] if closes else marks.establishments, marks.establishments
    then = [reports_at(close.period, before) if (before := marks_of(close)) else None for close in closes]
    held = Held(marks, closes, [*then, reports_at(quarter, marks)])
    apart = {maker for some in held.reported for maker in some or ()}
    groups = _Groups()
    for row in _not_changed_between(first, version, apart).iterator(chunk_size=_CHUNK):
        cells, public = groups.of(row)
        held.add(cells, [int(row[name] or 0) for name in _COUNTED])
        stating = {name: row[f"given_{name}"] for name in _STATED}
        held.unchanged.append(Unchanged(public, row["units"], stating))
    versions_until = [*(close.told["last_event"] for close in closes), version]
    for maker, versions in _changed_between(first, version, apart):
        rows = [_last_of(versions, mark) for mark in versions_until]
        if maker in apart:
            held.reporting[maker] = [_stand(groups, row) if row else None for row in rows]
            if now := rows[-1]:
                held.add(groups.of(now)[0], _numbers(now))
        else:
            _count_changed(held, groups, rows)
    return held


def _marks_alone() -> Marks:
    with connection.cursor() as cursor:
        cursor.execute("SELECT set_config('lock_timeout', %s, true)", [f"{round(1000 * WAITED)}ms"])
        cursor.execute("LOCK TABLE industries_establishment IN SHARE MODE")
        # never waited for while the first is held: whoever stores both might wait for that one
        cursor.execute("LOCK TABLE reports_quarterlyreport, reports_reportedproduct IN SHARE MODE NOWAIT")
    return last_marks()


def _not_changed_between(first: int, version: int, apart: Collection[int]) -> QuerySet[Any, Any]:
    """The groups of open establishments, as of a version, without those that changed from another one until then.

    Nor those that are read `apart`.
    """
    events = events_of(Establishment).objects
    own = events.filter(pgh_obj_id=OuterRef("pk"))
    as_they_stand = Establishment.objects.current().filter(~Exists(own.filter(pgh_id__gt=first)))
    # and of those that changed after it the last version until then
    later = events.filter(pgh_id__gt=version).values("pgh_obj_id")
    own = events.filter(pgh_obj_id=OuterRef("pgh_obj_id"))
    last = own.filter(pgh_id__lte=version).order_by("-pgh_id").values("pgh_id")[:1]
    before = events.filter(pgh_id__lte=first, pgh_obj_id__in=later, closed_on=None, hidden=False)
    before = before.exclude(**_APART.asked)
    as_they_stood = before.filter(~Exists(own.filter(pgh_id__gt=first, pgh_id__lte=version)), pgh_id=Subquery(last))
    if apart:
        as_they_stand, as_they_stood = as_they_stand.exclude(pk__in=apart), as_they_stood.exclude(pgh_obj_id__in=apart)
    return _grouped(as_they_stand).union(_grouped(as_they_stood), all=True)


def _grouped(rows: QuerySet[Any, Any]) -> QuerySet[Any, Any]:
    unchecked = Count("pk", filter=Q(origin=Origin.OLDER_SYSTEM))
    return rows.order_by().values(*_GROUPED_BY).annotate(**aggregates(), unchecked=unchecked)


def _changed_between(first: int, version: int, apart: Collection[int]) -> Iterator[tuple[int, list[dict[str, Any]]]]:
    """Of each establishment that changed from one version until another, or is read apart: its versions, in order."""
    events = events_of(Establishment).objects
    changed = events.filter(pgh_id__gt=first, pgh_id__lte=version).values("pgh_obj_id")
    asked = Q(pgh_obj_id__in=changed) | Q(pgh_obj_id__in=apart) if apart else Q(pgh_obj_id__in=changed)
    rows = events.filter(asked, pgh_id__lte=version).order_by("pgh_obj_id", "pgh_id").values(*_VERSION)
    for maker, versions in groupby(rows.iterator(chunk_size=_CHUNK), key=lambda row: row["pgh_obj_id"]):
        yield maker, list(versions)


def _last_of(versions: Sequence[dict[str, Any]], mark: int) -> dict[str, Any] | None:
    """The row of then; None where the establishment was in no list."""
    row = next((version for version in reversed(versions) if version["pgh_id"] <= mark), None)
    is_listed = row and row["closed_on"] is None and not row["hidden"] and row[_APART.column] != _APART.value
    return row if is_listed else None


def _count_changed(held: Held, groups: "_Groups", rows: Sequence[dict[str, Any] | None]) -> None:
    """Count an establishment, given by its row at each close and now."""
    if now := rows[-1]:
        held.add(groups.of(now)[0], _numbers(now))
    public = [groups.of(row)[1] if row else () for row in rows]
    for name in _STATED:
        known: dict[int, int] = {0: 0}  # figure: which
        parts = (
            (cells, known.setdefault(row[name] or 0, len(known))) if row else None
            for row, cells in zip(rows, public, strict=True)
        )
        held.changed[name][tuple(parts)] += 1


def _stand(groups: "_Groups", row: Mapping[str, Any]) -> Stand:
    return Stand(groups.of(row)[1], {name: row[name] or 0 for name in _STATED})


def _numbers(row: Mapping[str, Any]) -> Numbers:
    figures = [row[name] or 0 for name in _STATED]
    counted = (1, int(row["nib"] == ""), int(row["origin"] == Origin.OLDER_SYSTEM))
    return [*counted, *figures, *(int(figure > 0) for figure in figures)]


class _Groups:
    """The groups of establishments by what stands in their columns: all of them, and the public ones."""

    def __init__(self) -> None:
        self._known: dict[tuple[Any, ...], tuple[tuple[Cell, ...], tuple[Cell, ...]]] = {}

    def of(self, row: Mapping[str, Any]) -> tuple[tuple[Cell, ...], tuple[Cell, ...]]:
        """The same tuple for the same columns."""
        key = tuple(tuple(value) if isinstance(value, list) else value for value in map(row.get, _GROUPED_BY))
        if key not in self._known:
            self._known[key] = _cells_of(row, DIMENSIONS), _cells_of(row, PUBLIC)
        return self._known[key]


def _cells_of(row: Mapping[str, Any], dimensions: Sequence[Dimension]) -> tuple[Cell, ...]:
    return (TOTAL, *((dimension.name, code) for dimension in dimensions for code in dimension.codes_of(row)))
