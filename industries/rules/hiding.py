"""Which counts of makers may be public: small groups are hidden, and nothing shown lets them be computed."""

from collections.abc import Mapping
from typing import NamedTuple

LEAST = 3  # makers; fewer could be known by name


class Hidden(NamedTuple):
    """The groups whose count stays hidden, and whether the total does."""

    groups: frozenset[str]
    total: bool


def hide_small(groups: Mapping[str, tuple[int, int]], *, least: int = LEAST) -> Hidden:
    """Which of `{group: (makers counted, makers in all)}` to hide.

    A group is hidden where fewer than `least` makers are counted, or all but fewer than `least` of them (everybody
    would know who they are); no makers counted is nothing to hide. The hidden ones together must not be small either,
    or the total would give them away: the smallest of the others are hidden too, at last the total itself.
    """
    hidden = {name for name, (counted, everybody) in groups.items() if _is_small(counted, everybody, least)}
    rest = sorted(groups.keys() - hidden, key=lambda name: (groups[name], name))
    while hidden and rest and _give_themselves_away(hidden, groups, least):
        hidden.add(rest.pop(0))
    return Hidden(frozenset(hidden), bool(hidden) and _give_themselves_away(hidden, groups, least))


def _is_small(counted: int, everybody: int, least: int) -> bool:
    return counted > 0 and (counted < least or everybody - counted < least)


def _give_themselves_away(hidden: set[str], groups: Mapping[str, tuple[int, int]], least: int) -> bool:
    counted = sum(groups[name][0] for name in hidden)
    everybody = sum(groups[name][1] for name in hidden)
    return len(hidden) < 2 or _is_small(counted, everybody, least)
