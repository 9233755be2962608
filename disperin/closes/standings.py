"""Which sums of a close visitors may read: tells the rule who was in which group with which figure, now and then.

The rule is `industries/rules/small_sums.py`; who stood where is read in `disperin/closes/reading.py`. What a maker
reported of a quarter may be what the register holds of it as well, and then stays the same for years: sums of both are
equations about the same unknown figures, so that each is told of the other.
"""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import NamedTuple

from disperin.closes.reading import PUBLIC, Held, Part
from disperin.closes.reported import EVERY_REPORT, Report
from disperin.figures.reported import ALL_REPORTS, REPORTED, REPORTS, STATED_ALIKE
from disperin.figures.sums import SUMMED, UNITS, WHOLE, Sums
from industries.rules import hide_small
from industries.rules.small_groups import LEAST
from industries.rules.small_sums import TOTAL, Cell, Makers, Sum, hidden_sums

_ADDING_UP = {dimension.name for dimension in PUBLIC if not dimension.is_several}
_RANKS = {WHOLE: 0, **{dimension.name: at for at, dimension in enumerate(PUBLIC, start=1)}}
_OF_REPORTS = {ALL_REPORTS: 0, "reports_regency": 1}
_REPORTED_AS = {alike: name for name, alike in STATED_ALIKE.items()}
_SAME_GROUP = {ALL_REPORTS: WHOLE, "reports_regency": "regency"}  # of reports, and of establishments

Places = Mapping[tuple[int, Cell], int]  # of sums, by the close (the one being made is the last) and the group
Figured = tuple[Iterable[Cell], int]  # the groups that a figure stands in, and the figure


class _Asked(NamedTuple):
    """The sums to be shown or hidden, their groups, and of this close those that are decided: whether each is shown."""

    sums: Sequence[Sum]
    cells: Sequence[Cell]
    told: Mapping[Cell, bool]


def hidden_cells(held: Held) -> dict[str, set[Cell]]:
    """`{measure: cells to hide}` of a close that is being made, of the public groups."""
    reported = _to_be_judged(held)
    hidden: dict[str, set[Cell]] = {REPORTS.name: _few_reports(held, reported)}
    for measure in SUMMED:
        hidden[measure.name] = _hidden_of(measure.name, held)
    for measure in REPORTED:
        hidden[measure.name] = _hidden_of_reports(measure.name, held, reported, hidden)
    return hidden


def _few_reports(held: Held, reported: Mapping[Cell, Sums]) -> set[Cell]:
    """Of how many reports is not told: who has reported is of the inside."""
    numbers = {cell: sums.values[REPORTS.name] for cell, sums in reported.items() if cell != EVERY_REPORT}
    units = held.sums[TOTAL].values[UNITS.name]
    # who of a regency has not reported is not told either, since nobody says in public who is obliged
    groups = {cell[1]: (number, max(units, number + LEAST)) for cell, number in numbers.items()}
    if not groups:
        return set()
    suppressed = hide_small(groups)
    return {("reports_regency", code) for code in suppressed.groups} | ({EVERY_REPORT} if suppressed.total else set())


def _to_be_judged(held: Held) -> dict[Cell, Sums]:
    """The sums of the reports of the quarter that are public, but for those that tell nothing of anybody.

    Where none of three makers or more has reported, the nought is shown.
    """
    public = {cell: sums for cell, sums in held.sums_of_reports.items() if cell[0] in _OF_REPORTS}
    return {
        cell: sums
        for cell, sums in public.items()
        if cell == EVERY_REPORT or sums.values[REPORTS.name] or _makers_in(held, _of_establishments(cell)) < LEAST
    }


def _makers_in(held: Held, cell: Cell | None) -> int:
    return held.sums[cell].values[UNITS.name] if cell in held.sums else 0


def _hidden_of(measure: str, held: Held) -> set[Cell]:
    cells = [TOTAL, *sorted(cell for cell in held.sums if cell[0] in _RANKS and cell != TOTAL)]
    alike = _REPORTED_AS.get(measure, "")
    counts = _differing(_parts_of(held, measure)) if held.closes else None
    given = {cell: held.sums[cell].given[measure] for cell in _reports_shown(held, alike) if cell in held.sums}
    since = _differing_from_reports(held, measure, alike, len(held.closes) - 1, given)
    sums = [
        Sum(
            cell=cell,
            stating=held.sums[cell].given[measure],
            size=held.sums[cell].values[UNITS.name],
            differing=_fewest(None if counts is None else counts[cell], since.get(cell)),
            rank=_RANKS[cell[0]],
            adds_up=cell[0] in _ADDING_UP,
        )
        for cell in cells
    ]
    return _decide(held, measure, alike, _Asked(sums, cells, {}))


def _hidden_of_reports(
    name: str, held: Held, reported: Mapping[Cell, Sums], hidden: Mapping[str, set[Cell]]
) -> set[Cell]:
    """As of the sums of establishments, which are told before; those of this close are known to the reader, too."""
    now, alike = len(held.closes), STATED_ALIKE.get(name, "")
    shown = {cell: cell not in hidden[alike] for cell in held.sums if cell[0] in _RANKS} if alike else {}
    then = held.reported[now - 1] if now else None
    moved = _differing_reports(name, then, held.reported[now] or {}) if then is not None else None
    given = {cell: held.sums[cell].given[alike] for cell, is_shown in shown.items() if is_shown}
    beside = _differing_from_reports(held, alike, name, now, given)
    since = _differing_from_reports(held, alike, name, now, _register_shown(held, alike), stood=-2)
    cells = [EVERY_REPORT, *sorted(cell for cell in reported if cell != EVERY_REPORT)]
    sums = [
        Sum(
            cell=TOTAL if cell == EVERY_REPORT else cell,
            stating=reported[cell].given[name],
            size=reported[cell].values[REPORTS.name],
            differing=_fewest(
                None if moved is None else moved[cell],
                *(some.get(_of_establishments(cell) or cell) for some in (beside, since)),
            ),
            rank=_OF_REPORTS[cell[0]],
            adds_up=cell != EVERY_REPORT,
        )
        for cell in cells
    ]
    to_hide = _decide(held, alike, name, _Asked(sums, cells, shown))
    return {EVERY_REPORT if cell == TOTAL else cell for cell in to_hide}


def _decide(held: Held, measure: str, name: str, asked: _Asked) -> set[Cell]:
    """Asks the rule. `measure` of establishments and `name` of reports are about the same figures; "" is none."""
    places, before = _places_of(held, measure, name, asked)
    makers = []
    if measure:
        every = range(len(held.closes) + 1)
        for some in held.unchanged:
            at = _places(places, [(index, some.cells) for index in every])
            makers.append(Makers(at, some.stating[measure], some.number))
        for history, number in held.changed[measure].items():
            makers += _apart(enumerate(history), number, places)
    for maker in _reporting(held):
        makers += _apart(_both(held, maker, measure, name), 1, places)
    return hidden_sums(asked.sums, before, makers)


def _places_of(held: Held, measure: str, name: str, asked: _Asked) -> tuple[Places, list[bool]]:
    now = len(held.closes)
    places = {(now, cell): at for at, cell in enumerate(asked.cells)}
    before: list[bool] = []
    for at, close in enumerate(held.closes):
        kept = close.figures.filter(measure__in=[measure, name], dimension__in=[*_RANKS, *_OF_REPORTS])
        for dimension, code, is_shown in kept.order_by("id").values_list("dimension", "code", "shown"):
            places[at, (dimension, code)] = len(asked.cells) + len(before)
            before.append(is_shown)
    for cell, is_shown in asked.told.items():
        places[now, cell] = len(asked.cells) + len(before)
        before.append(is_shown)
    return places, before


def _reports_shown(held: Held, name: str) -> set[Cell]:
    """The sums of reports that the last close shows, under the groups of establishments."""
    if not held.closes or not name:
        return set()
    kept = held.closes[-1].figures.filter(measure=name, shown=True).values_list("dimension", "code")
    return {group for cell in kept if (group := _of_establishments(cell))}


def _register_shown(held: Held, measure: str) -> dict[Cell, int]:
    """The sums of establishments that the last close shows, and how many of them state more than nothing in each."""
    if not held.closes or not measure:
        return {}
    kept = held.closes[-1].figures.filter(measure=measure, shown=True).values_list("dimension", "code", "given")
    return {(dimension, code): given for dimension, code, given in kept}


def _reporting(held: Held) -> list[int]:
    return sorted({maker for some in held.reported for maker in some or ()})


def _both(held: Held, maker: int, measure: str, name: str) -> Iterator[tuple[int, Part]]:
    """What the register held of a maker and what it reported, at each close and now; equal figures are one."""
    known: dict[int, int] = {0: 0}
    stands = held.reporting.get(maker, [])
    for at, stand in enumerate(stands):
        if measure and stand:
            yield at, (stand.cells, known.setdefault(stand.figures[measure], len(known)))
    for at, some in enumerate(held.reported):
        report = (some or {}).get(maker)
        if name and report:
            yield at, (report.cells, known.setdefault(report.figures[name], len(known)))


def _places(places: Places, parts: Iterable[tuple[int, Iterable[Cell]]]) -> frozenset[int]:
    return frozenset(places[at, cell] for at, cells in parts for cell in cells if (at, cell) in places)


def _apart(history: Iterable[tuple[int, Part | None]], number: int, places: Places) -> Iterator[Makers]:
    """Establishments that changed alike: once for each figure that they stated, with the sums in which it stands."""
    by_figure: dict[int, list[tuple[int, Iterable[Cell]]]] = {}
    for at, part in history:
        if part is not None:
            cells, figure = part
            by_figure.setdefault(figure, []).append((at, cells))
    for figure, some in by_figure.items():
        yield Makers(_places(places, some), number if figure else 0, number)


def _parts_of(held: Held, measure: str) -> Iterator[tuple[Figured | None, Figured | None, int]]:
    """The parts of establishments at the last close and now, and of how many."""
    for history, number in held.changed[measure].items():
        yield history[-2], history[-1], number
    for maker in _reporting(held):
        stands = held.reporting.get(maker, [None, None])[-2:]
        then, now = ((stand.cells, stand.figures[measure]) if stand else None for stand in stands)
        yield then, now, 1


def _differing(parts: Iterable[tuple[Figured | None, Figured | None, int]]) -> Counter[Cell]:
    """In how many establishments the part of each sum differs."""
    counts: Counter[Cell] = Counter()
    for before, after, number in parts:
        then, now = _by_cell(before), _by_cell(after)
        for cell in then.keys() | now.keys():
            if then.get(cell, 0) != now.get(cell, 0):
                counts[cell] += number
    return counts


def _differing_reports(name: str, then: Mapping[int, Report], now: Mapping[int, Report]) -> Counter[Cell]:
    return _differing(
        (_reported_part(then, maker, name), _reported_part(now, maker, name), 1) for maker in then.keys() | now.keys()
    )


def _reported_part(reports: Mapping[int, Report], maker: int, name: str) -> Figured | None:
    report = reports.get(maker)
    return (report.cells, report.figures[name]) if report else None


def _differing_from_reports(
    held: Held, measure: str, name: str, at: int, given: Mapping[Cell, int], *, stood: int = -1
) -> dict[Cell, int]:
    """In how many establishments their sum differs from that of the reports of one of the closes, group by group.

    `stood`: whether their sum is that of now (-1) or of the last close (-2). `given`: how many state more than nothing
    in it, in the groups of which the reader knows one of the two sums.
    """
    reports = held.reported[at] if given else None
    if reports is None:
        return {}
    parts = []
    stating: Counter[Cell] = Counter()
    for maker in _reporting(held):
        stand, report = held.reporting.get(maker, [None, None])[stood], reports.get(maker)
        mine = (
            {cell: stand.figures[measure] for cell in stand.cells if cell[0] in _SAME_GROUP.values()} if stand else {}
        )
        some = [same for cell in report.cells if (same := _of_establishments(cell))] if report else []
        theirs = dict.fromkeys(some, report.figures[name]) if report else {}
        stating.update(cell for cell, figure in mine.items() if figure)
        parts.append((mine, theirs))
    counts: Counter[Cell] = Counter(given)
    counts.subtract(stating)  # of those who reported nothing, whoever states anything differs
    for mine, theirs in parts:
        counts.update(cell for cell in mine.keys() | theirs.keys() if mine.get(cell, 0) != theirs.get(cell, 0))
    return {cell: number for cell, number in counts.items() if cell in given}


def _of_establishments(cell: Cell) -> Cell | None:
    return (_SAME_GROUP[cell[0]], cell[1]) if cell[0] in _SAME_GROUP else None


def _fewest(*numbers: int | None) -> int | None:
    """The smallest number above nought, which is the one to be asked about; None where nothing was compared."""
    compared = [number for number in numbers if number is not None]
    return min((number for number in compared if number), default=0 if compared else None)


def _by_cell(part: Figured | None) -> dict[Cell, int]:
    return dict.fromkeys(*part) if part else {}
