"""Which counts of makers may be public where nobody may be named: small groups are hidden, and cannot be computed.

What is public by name (stars, certificates, who exists) is counted openly instead: its list names everyone anyway.
"""

from collections.abc import Callable, Iterable, Mapping
from typing import NamedTuple

LEAST = 3  # makers; fewer could be known by name. So many groups at least are hidden together, too.


class Suppressed(NamedTuple):
    """The groups whose count stays hidden, and whether the total does."""

    groups: frozenset[str]
    total: bool


def hide_small(groups: Mapping[str, tuple[int, int]], *, least: int = LEAST) -> Suppressed:
    """Which of `{group: (makers counted, makers in all)}` to hide.

    A group is hidden where fewer than `least` makers are counted, or all but fewer than `least` of them (everybody
    would know who they are). None counted is hidden as well, or the only maker of a place would be known by its number
    being hidden; only where nobody is counted anywhere is there nothing to hide.

    The hidden ones must be `least` groups or more and not small together, or the total would give them away: others
    are hidden with them, at last the total itself. The largest come first: they leave most open, and which they are is
    known to all, so that the choice tells nothing.
    """
    counted, everybody = _sums(groups.values())
    if counted == 0 and everybody >= least:
        return Suppressed(frozenset(), total=False)
    hidden = {name for name, group in groups.items() if _is_small(group, least)}
    rest = sorted(
        (name for name in groups.keys() - hidden if groups[name][1]), key=lambda name: (groups[name][1], name)
    )
    return cover(hidden, rest, lambda some: _give_themselves_away(some, groups, least))


def cover(hidden: set[str], rest: list[str], give_themselves_away: Callable[[set[str]], bool]) -> Suppressed:
    """Hide others with what is hidden until it does not give itself away: the last of `rest` first, then the total."""
    hidden, rest = set(hidden), list(rest)
    while hidden and rest and give_themselves_away(hidden):
        hidden.add(rest.pop())
    return Suppressed(frozenset(hidden), total=bool(hidden) and give_themselves_away(hidden))


def _is_small(group: tuple[int, int], least: int) -> bool:
    counted, everybody = group
    return everybody > 0 and (counted < least or everybody - counted < least)


def _give_themselves_away(hidden: set[str], groups: Mapping[str, tuple[int, int]], least: int) -> bool:
    return len(hidden) < least or _is_small(_sums(groups[name] for name in hidden), least)


def _sums(groups: Iterable[tuple[int, int]]) -> tuple[int, int]:
    counted, everybody = 0, 0
    for of_these, of_all in groups:
        counted, everybody = counted + of_these, everybody + of_all
    return counted, everybody
