"""Which sums of what makers state (workers, money) may be public: none that tells of fewer than three of them.

`small_groups` says it of the counts of one table. Sums stand in several tables at once, whose groups overlap, and are
published again and again: what is hidden in one table may be computed from another, or from the one of last quarter.
Who is in which group is public. So a reader has equations: each sum shown is that of unknown figures of known makers.
Nothing may follow from them for fewer than three makers, and no hidden sum may follow from them at all.
"""

from collections.abc import Collection, Iterator, Mapping, Sequence
from functools import partial
from itertools import chain
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from industries.rules.small_groups import LEAST, cover

AT_A_TIME = 4096  # rows of a matrix
NEARLY = 1e-6  # how near to computed counts as computed
Cell = tuple[str, str]  # a table and a group of it; ("all", "") is the total
TOTAL: Cell = ("all", "")


class Makers(NamedTuple):
    """So many makers whose figure stands in the same sums; of those who have one above nothing, and of all.

    A figure that has changed since an earlier publication is two: one in the sums of then, one in those of now.
    """

    cells: frozenset[int]  # places in the list of sums
    stating: int
    everybody: int


class Sum(NamedTuple):
    """A sum that may be shown. `size` is how many makers are in its group; `rank`: of what is hidden first, higher."""

    cell: Cell
    stating: int
    size: int
    differing: int | None  # makers whose part of it differs from the publication before; None: there was none
    rank: int
    adds_up: bool  # whether the groups of its table make up the total


def hidden_sums(sums: Sequence[Sum], before: Sequence[bool], makers: Sequence[Makers]) -> set[Cell]:
    """Which of the `sums` to hide.

    `makers` name the sums by their places: those of `sums` first, then those of earlier publications, of which `before`
    says one by one whether they were shown; those that were hidden then must not be told now either.
    A sum is hidden where fewer than three makers state more than nothing, or where the parts of one or two differ from
    the publication before. Then others are hidden with it: first so many of its table as `small_groups` asks for, then
    whatever sum lets something be computed, the one of the highest rank and the largest group first. What follows from
    earlier publications already, since nothing has changed in it, covers nothing and stays shown.
    """
    number = len(sums) + len(before)
    shown_before = [len(sums) + at for at, is_shown in enumerate(before) if is_shown]
    hidden_before = {len(sums) + at for at, is_shown in enumerate(before) if not is_shown}
    everybody = _Equations([(one.cells, one.everybody) for one in makers], number)
    stating = _Equations([(one.cells, one.stating) for one in makers], number)
    told_before = set(everybody.following_from(shown_before))
    known = {at for at in told_before if at < len(sums)}
    hidden = {at for at, one in enumerate(sums) if one.stating < LEAST or (_differs_by_few(one) and at not in known)}
    hidden |= _covering(sums, hidden, known - hidden)
    while True:
        shown = [at for at in range(number) if at not in hidden and at not in hidden_before]
        secret = hidden | hidden_before - told_before
        found = chain(stating.telling_of_few(shown), everybody.telling_of_hidden(shown, secret))
        # what was published before stays so
        choices = ([at for at in telling if at < len(sums) and at not in known] for telling in found)
        choice = next(filter(None, choices), None)
        if choice is None:
            return {sums[at].cell for at in hidden}
        hidden.add(max(choice, key=lambda at: (sums[at].rank, sums[at].size, sums[at].cell)))


def _differs_by_few(one: Sum) -> bool:
    return one.differing is not None and 0 < one.differing < LEAST


def _covering(sums: Sequence[Sum], hidden: Collection[int], known: Collection[int]) -> set[int]:
    """What is hidden with them in the tables that add up to the total, as for counts."""
    covered: set[int] = set()
    tables: dict[str, dict[str, int]] = {}
    for at, one in enumerate(sums):
        if one.adds_up:
            tables.setdefault(one.cell[0], {})[one.cell[1]] = at
    for table in tables.values():
        small = {code for code, at in table.items() if at in hidden}
        rest = (code for code, at in table.items() if at not in hidden and at not in known)
        order = sorted(rest, key=lambda code: (sums[table[code]].size, code))
        suppressed = cover(small, order, partial(_give_themselves_away, table, sums))
        covered |= {table[code] for code in suppressed.groups}
        if suppressed.total:
            covered |= {at for at, one in enumerate(sums) if one.cell == TOTAL}
    return covered


def _give_themselves_away(table: Mapping[str, int], sums: Sequence[Sum], codes: set[str]) -> bool:
    return len(codes) < LEAST or sum(sums[table[code]].stating for code in codes) < LEAST


class _Equations:
    """Sums of unknown figures. What can be computed from some of them is what lies in the span of their rows.

    With M the rows (sums by makers) and G = M Mᵗ, a vector v lies in it where the part of v in the span is all of v:
    mᵗ G⁺ m reaches vᵗ v, m being M v. So one small matrix, sums by sums, is enough, however many makers there are.
    """

    def __init__(self, makers: Sequence[tuple[frozenset[int], int]], number: int) -> None:
        merged: dict[frozenset[int], int] = {}
        for cells, count in makers:
            if count and cells:
                merged[cells] = merged.get(cells, 0) + count
        self.counts = np.array(list(merged.values()), dtype=float)
        self.rows = np.zeros((len(merged), number), dtype=bool)
        for at, cells in enumerate(merged):
            self.rows[at, list(cells)] = True
        self.overlaps = np.zeros((number, number))
        for part in self._parts(len(merged)):
            rows = self.rows[part].astype(float)
            self.overlaps += rows.T @ (rows * self.counts[part, None])

    @staticmethod
    def _parts(number: int) -> Iterator[slice]:
        """So many rows at a time that memory is bounded."""
        return (slice(at, at + AT_A_TIME) for at in range(0, number, AT_A_TIME))

    def telling_of_few(self, shown: Sequence[int]) -> Iterator[list[int]]:
        """Each time, the sums shown that together tell the figure of one maker, or something of two."""
        few = np.flatnonzero(self.counts < LEAST)
        if not few.size or not shown:
            return
        inverse, counts = self._inverse(shown), self.counts[few]
        rows = self.rows[few][:, list(shown)]
        # how much of a maker's figure is computed, 1 being all
        known = np.concatenate([((rows[part] @ inverse) * rows[part]).sum(axis=1) for part in self._parts(len(rows))])
        for at in np.flatnonzero(known * counts >= 1 - NEARLY):
            yield self._used(rows[at] @ inverse, shown)
        single = np.flatnonzero((counts == 1) & (known > NEARLY))
        for first in single[known[single] >= 0.5 - NEARLY]:
            others = single[(single != first) & (known[single] >= 1 - known[first] - NEARLY)]
            half = rows[first] @ inverse
            free = (1 - known[first]) * (1 - known[others]) - (rows[others] @ half) ** 2
            for second in others[free <= NEARLY / 10]:
                yield self._used(half, shown) + self._used(rows[second] @ inverse, shown)

    def telling_of_hidden(self, shown: Sequence[int], hidden: Collection[int]) -> Iterator[list[int]]:
        """Each time, the sums shown that together tell one of the hidden ones."""
        if shown:
            inverse = self._inverse(shown)
            for at in sorted(hidden):
                used = inverse @ self.overlaps[at, shown]
                if self._is_told(at, shown, used):
                    yield self._used(used, shown)

    def following_from(self, shown: Sequence[int]) -> list[int]:
        """The sums that follow from these."""
        if not shown:
            return []
        inverse = self._inverse(shown)
        return [at for at in range(len(self.overlaps)) if self._is_told(at, shown, inverse @ self.overlaps[at, shown])]

    def _is_told(self, at: int, shown: Sequence[int], used: NDArray[np.float64]) -> bool:
        whole = self.overlaps[at, at]
        return bool(whole and self.overlaps[at, shown] @ used >= whole * (1 - NEARLY))

    def _inverse(self, shown: Sequence[int]) -> NDArray[np.float64]:
        part = self.overlaps[np.ix_(shown, shown)]
        scale = 1 / np.sqrt(np.where(np.diag(part) > 0, np.diag(part), 1))
        return np.linalg.pinv(part * np.outer(scale, scale), rcond=1e-10, hermitian=True) * np.outer(scale, scale)

    @staticmethod
    def _used(weights: NDArray[np.float64], shown: Sequence[int]) -> list[int]:
        return [shown[int(at)] for at in np.flatnonzero(np.abs(weights) > NEARLY)]
