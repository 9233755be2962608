"""Which sums of a close visitors may read: tells the rule who was in which group with which figure, now and then.

The rule is `industries/rules/small_sums.py`; who stood where is read in `disperin/closes/reading.py`.
"""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping

from disperin.closes.reading import PUBLIC, Held, History, Part
from disperin.figures.sums import SUMMED, UNITS, WHOLE
from industries.rules.small_sums import TOTAL, Cell, Makers, Sum, hidden_sums

_ADDING_UP = {one.name for one in PUBLIC if not one.is_several}
_RANKS = {WHOLE: 0, **{one.name: at for at, one in enumerate(PUBLIC, start=1)}}


def hidden_cells(held: Held) -> dict[str, set[Cell]]:
    """`{measure: cells to hide}` of a close that is being made, of the public groups."""
    return {one.name: _hidden_of(one.name, held) for one in SUMMED}


def _hidden_of(measure: str, held: Held) -> set[Cell]:
    cells = [TOTAL, *sorted(cell for cell in held.sums if cell[0] in _RANKS and cell != TOTAL)]
    now = len(held.closes)
    places = {(now, cell): at for at, cell in enumerate(cells)}
    before: list[bool] = []
    for at, close in enumerate(held.closes):
        kept = close.figures.filter(measure=measure, dimension__in=list(_RANKS))
        for dimension, code, is_shown in kept.order_by("id").values_list("dimension", "code", "shown"):
            places[at, (dimension, code)] = len(cells) + len(before)
            before.append(is_shown)
    makers = [
        Makers(_places(places, [(at, one.cells) for at in range(now + 1)]), one.stating[measure], one.number)
        for one in held.unchanged
    ]
    changed = held.changed[measure]
    makers += [one for history, number in changed.items() for one in _apart(history, number, places)]
    differing = _differing(changed) if held.closes else None
    sums = [
        Sum(
            cell=cell,
            stating=held.sums[cell].given[measure],
            size=held.sums[cell].values[UNITS.name],
            differing=None if differing is None else differing[cell],
            rank=_RANKS[cell[0]],
            adds_up=cell[0] in _ADDING_UP,
        )
        for cell in cells
    ]
    return hidden_sums(sums, before, makers)


def _places(places: Mapping[tuple[int, Cell], int], told: Iterable[tuple[int, Iterable[Cell]]]) -> frozenset[int]:
    return frozenset(places[at, cell] for at, cells in told for cell in cells if (at, cell) in places)


def _apart(history: History, number: int, places: Mapping[tuple[int, Cell], int]) -> Iterator[Makers]:
    """Establishments that changed alike: once for each figure that they stated, with the sums in which it stands."""
    told: dict[int, list[tuple[int, Iterable[Cell]]]] = {}
    for at, part in enumerate(history):
        if part is not None:
            cells, figure = part
            told.setdefault(figure, []).append((at, cells))
    for figure, some in told.items():
        yield Makers(_places(places, some), number if figure else 0, number)


def _differing(changed: Mapping[History, int]) -> Counter[Cell]:
    """In how many establishments the part of each sum differs from the last close."""
    found: Counter[Cell] = Counter()
    for history, number in changed.items():
        then, now = (_parts(one) for one in history[-2:])
        for cell in then.keys() | now.keys():
            if then.get(cell, 0) != now.get(cell, 0):
                found[cell] += number
    return found


def _parts(part: Part | None) -> dict[Cell, int]:
    return dict.fromkeys(*part) if part else {}
