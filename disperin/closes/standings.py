"""Which sums of a close visitors may read: asks the registers, and the closes before, what the rule needs to know.

The rule is `industries/rules/small_sums.py`. Here stands who was in which group with which figure: now, and at each of
the last closes, from the versions that the database keeps.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import Count, Max, Q, QuerySet

from disperin.closes.models import Close
from disperin.figures.sums import DIMENSIONS, SUMMED, WHOLE
from disperin.registers.record.versions import events_of
from industries.models import Establishment
from industries.rules.small_sums import TOTAL, Cell, Makers, Sum, hidden_sums

LOOKED_BACK = 4  # closes: a year
PUBLIC = tuple(one for one in DIMENSIONS if one.is_public)
_GROUPED_BY = ("regency_id", "branch", "kbli_id", "industry_scale", "commodities")
_STATED = tuple(one.name for one in SUMMED)
_CHUNK = 2000


@dataclass(frozen=True)
class Standing:
    """The groups of an establishment at one time, and what it stated; None in place of one where it was in no list."""

    cells: tuple[Cell, ...]
    figures: Mapping[str, int]


def last_event() -> int:
    """The number of the last version of an establishment that was kept; later ones have greater numbers."""
    return events_of(Establishment).objects.aggregate(last=Max("pgh_id"))["last"] or 0


def hidden_cells(sizes: Mapping[Cell, int], stating: Mapping[str, Mapping[Cell, int]]) -> dict[str, set[Cell]]:
    """`{measure: cells to hide}` of a close that is being made, of the public groups.

    `sizes`: how many establishments each group has; `stating`: by measure, how many of them state more than nothing.
    """
    closes = list(Close.objects.order_by("-year", "-quarter")[:LOOKED_BACK])[::-1]
    newer = _newer(closes)
    changed = _changed(closes, newer) if closes else {}
    cells = [TOTAL, *sorted(sizes.keys() - {TOTAL})]
    unchanged = list(_unchanged(Establishment.objects.current().exclude(pk__in=newer)))
    return {
        measure: _hidden_of(measure, cells, sizes, stating[measure], closes, changed, unchanged) for measure in _STATED
    }


Changed = Mapping[int, Sequence[Standing | None]]  # by establishment: at each close, and now
Grouped = tuple[tuple[Cell, ...], int, Mapping[str, int]]  # cells, establishments, those that state each measure


def _hidden_of(
    measure: str,
    cells: Sequence[Cell],
    sizes: Mapping[Cell, int],
    stating: Mapping[Cell, int],
    closes: Sequence[Close],
    changed: Changed,
    unchanged: Iterable[Grouped],
) -> set[Cell]:
    places = {(len(closes), cell): at for at, cell in enumerate(cells)}
    before: list[bool] = []
    for at, close in enumerate(closes):
        kept = close.figures.filter(measure=measure, dimension__in=[WHOLE, *(one.name for one in PUBLIC)])
        for dimension, code, is_shown in kept.order_by("id").values_list("dimension", "code", "shown"):
            places[at, (dimension, code)] = len(cells) + len(before)
            before.append(is_shown)
    makers = [
        Makers(_places(places, [(at, told) for at in range(len(closes) + 1)]), some[measure], number)
        for told, number, some in unchanged
    ]
    makers += [one for standings in changed.values() for one in _apart(standings, measure, places)]
    differing = _differing(measure, changed) if closes else None
    sums = [
        Sum(
            cell=cell,
            stating=stating.get(cell, 0),
            size=sizes[cell],
            differing=None if differing is None else differing.get(cell, 0),
            rank=_rank(cell),
            adds_up=cell[0] in _ADDING_UP,
        )
        for cell in cells
    ]
    return hidden_sums(sums, before, makers)


_ADDING_UP = {one.name for one in PUBLIC if not one.is_several}
_RANKS = {WHOLE: 0, **{one.name: at for at, one in enumerate(PUBLIC, start=1)}}


def _rank(cell: Cell) -> int:
    return _RANKS[cell[0]]


def _places(places: Mapping[tuple[int, Cell], int], told: Iterable[tuple[int, Iterable[Cell]]]) -> frozenset[int]:
    return frozenset(places[at, cell] for at, cells in told for cell in cells if (at, cell) in places)


def _apart(
    standings: Sequence[Standing | None], measure: str, places: Mapping[tuple[int, Cell], int]
) -> Iterator[Makers]:
    """An establishment that changed: once for each figure that it stated, with the sums in which that one stands."""
    told: dict[int, list[tuple[int, Iterable[Cell]]]] = {}
    for at, standing in enumerate(standings):
        if standing is not None:
            told.setdefault(standing.figures[measure], []).append((at, standing.cells))
    for figure, some in told.items():
        yield Makers(_places(places, some), int(figure > 0), 1)


def _differing(measure: str, changed: Changed) -> dict[Cell, int]:
    """In how many establishments the part of each sum differs from the last close."""
    found: dict[Cell, int] = {}
    for standings in changed.values():
        then, now = (_parts(one, measure) for one in standings[-2:])
        for cell in then.keys() | now.keys():
            if then.get(cell, 0) != now.get(cell, 0):
                found[cell] = found.get(cell, 0) + 1
    return found


def _parts(standing: Standing | None, measure: str) -> dict[Cell, int]:
    return dict.fromkeys(standing.cells, standing.figures[measure]) if standing else {}


def _newer(closes: Sequence[Close]) -> QuerySet[Any, Any]:
    """The keys of the establishments that have changed since the first of the closes; none where there is none."""
    events = events_of(Establishment).objects
    found = events.filter(pgh_id__gt=closes[0].told["last_event"]) if closes else events.none()
    return found.values("pgh_obj_id")


def _unchanged(found: QuerySet[Any]) -> Iterator[Grouped]:
    """These establishments, those that stand in the same groups counted together."""
    numbers = {"number": Count("pk"), **{name: Count("pk", filter=Q(**{f"{name}__gt": 0})) for name in _STATED}}
    renamed = {f"stating_{name}": numbers[name] for name in _STATED}
    rows = found.order_by().values(*_GROUPED_BY).annotate(number=numbers["number"], **renamed)
    for row in rows.iterator(chunk_size=_CHUNK):
        yield _cells(row), row["number"], {name: row[f"stating_{name}"] for name in _STATED}


def _changed(closes: Sequence[Close], newer: QuerySet[Any, Any]) -> Changed:
    """The establishments with a version newer than the first of the closes: as they stood at each one, and now."""
    marks = [close.told["last_event"] for close in closes]
    columns = ("pgh_id", "pgh_obj_id", "closed_on", "hidden", *_GROUPED_BY, *_STATED)
    events = events_of(Establishment).objects.filter(pgh_obj_id__in=newer).order_by("pgh_id")
    told: defaultdict[int, list[Standing | None]] = defaultdict(lambda: [None] * (len(marks) + 1))
    for row in events.values(*columns).iterator(chunk_size=_CHUNK):
        for at, mark in enumerate(marks):
            if row["pgh_id"] <= mark:
                told[row["pgh_obj_id"]][at] = _standing(row)
    now = Establishment.objects.filter(pk__in=newer).values("pk", *columns[2:])
    for row in now.iterator(chunk_size=_CHUNK):
        told[row["pk"]][-1] = _standing(row)
    return told


def _standing(row: Mapping[str, Any]) -> Standing | None:
    if row["closed_on"] is not None or row["hidden"]:
        return None
    return Standing(_cells(row), {name: row[name] or 0 for name in _STATED})


def _cells(row: Mapping[str, Any]) -> tuple[Cell, ...]:
    return (TOTAL, *((one.name, code) for one in PUBLIC for code in one.codes_of(row)))
