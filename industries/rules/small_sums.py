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
NOUGHT = 1e-10  # what is as good as nothing, in matrices whose diagonal is 1
ANEW_AFTER = 64  # sums hidden, one after the other, until all is reckoned anew, so that errors do not add up
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
    everybody = _Equations([(group.cells, group.everybody) for group in makers], number)
    stating = _Equations([(group.cells, group.stating) for group in makers], number)
    told_before = set(_Shown(everybody, shown_before).following())
    known = {at for at in told_before if at < len(sums)}
    hidden = {
        at for at, figure in enumerate(sums) if figure.stating < LEAST or (_differs_by_few(figure) and at not in known)
    }
    hidden |= _covering(sums, hidden, known - hidden)
    shown = [at for at in range(number) if at not in hidden and at not in hidden_before]
    of_few, of_all = _Shown(stating, shown, few=LEAST), _Shown(everybody, shown)
    while True:
        revealing = chain(of_few.telling_of_few(), of_all.telling_of(hidden | hidden_before - told_before))
        # what was published before stays so
        choices = ([at for at in telling if at < len(sums) and at not in known] for telling in revealing)
        choice = next(filter(None, choices), None)
        if choice is None:
            return {sums[at].cell for at in hidden}
        worst = max(choice, key=lambda at: (sums[at].rank, sums[at].size, sums[at].cell))
        hidden.add(worst)
        of_few.hide(worst)
        of_all.hide(worst)


def _differs_by_few(figure: Sum) -> bool:
    return figure.differing is not None and 0 < figure.differing < LEAST


def _covering(sums: Sequence[Sum], hidden: Collection[int], known: Collection[int]) -> set[int]:
    """What is hidden with them in the tables that add up to the total, as for counts."""
    covered: set[int] = set()
    tables: dict[str, dict[str, int]] = {}
    for at, figure in enumerate(sums):
        if figure.adds_up:
            tables.setdefault(figure.cell[0], {})[figure.cell[1]] = at
    for table in tables.values():
        small = {code for code, at in table.items() if at in hidden}
        rest = (code for code, at in table.items() if at not in hidden and at not in known)
        order = sorted(rest, key=lambda code: (sums[table[code]].size, code))
        suppressed = cover(small, order, partial(_give_themselves_away, table, sums))
        covered |= {table[code] for code in suppressed.groups}
        if suppressed.total:
            covered |= {at for at, figure in enumerate(sums) if figure.cell == TOTAL}
    return covered


def _give_themselves_away(table: Mapping[str, int], sums: Sequence[Sum], codes: set[str]) -> bool:
    return len(codes) < LEAST or sum(sums[table[code]].stating for code in codes) < LEAST


class _Equations:
    """Sums of unknown figures, as they overlap: of each two, how many makers stand in both.

    Makers who stand in the same sums are one row, that names its sums; so what follows costs by such rows and by sums,
    not by makers. Rows of fewer sums are filled up with one that does not exist, whose number is the greatest.
    """

    def __init__(self, makers: Sequence[tuple[frozenset[int], int]], number: int) -> None:
        merged: dict[frozenset[int], int] = {}
        for cells, count in makers:
            if count and cells:
                merged[cells] = merged.get(cells, 0) + count
        self.number = number
        self.counts = np.array(list(merged.values()), dtype=float)
        self.cells = np.full((len(merged), max(map(len, merged), default=1)), number, dtype=np.intp)
        for at, cells in enumerate(merged):
            self.cells[at, : len(cells)] = sorted(cells)
        self.overlaps = self._overlapping()

    def _overlapping(self) -> NDArray[np.float64]:
        side = self.number + 1
        flat = np.zeros(side * side)
        for part in _parts_of(len(self.cells)):
            cells = self.cells[part]
            pairs = cells[:, :, None] * side + cells[:, None, :]
            weights = np.broadcast_to(self.counts[part, None, None], pairs.shape)
            flat += np.bincount(pairs.ravel(), weights.ravel(), minlength=side * side)
        overlaps = flat.reshape(side, side)
        overlaps[-1, :] = overlaps[:, -1] = 0
        return overlaps


class _Shown:
    """What follows from the sums that are shown, while one after the other is hidden.

    With M the rows (sums by makers) and G = M Mᵗ, a vector v can be computed where the part of v in the span of the
    rows is all of v: mᵗ G⁺ m reaches vᵗ v, m being M v. So one small matrix, sums by sums, is enough. Where a sum is
    hidden, G⁺ without it follows from G⁺: a sum that followed from others leaves the span as it is; without any other,
    the span loses one direction, and each v what it has in it (Greville's rule for pseudoinverses, backwards).
    """

    def __init__(self, equations: _Equations, shown: Sequence[int], *, few: int = 0) -> None:
        """`few`: rows of fewer makers are looked after."""
        self.equations = equations
        self.shown = list(shown)
        diagonal = np.diag(equations.overlaps)
        self.scale = 1 / np.sqrt(np.where(diagonal > 0, diagonal, 1))
        at = np.flatnonzero(equations.counts < few)
        self.cells, self.counts = equations.cells[at], equations.counts[at]
        self._reckon()

    def _reckon(self) -> None:
        overlaps, shown, side = self.equations.overlaps, self.shown, self.equations.number + 1
        self.hidden_since = 0
        self.inverse, self.free = np.zeros((side, side)), np.zeros((side, side))  # G⁺ scaled; what is free in the sums
        if shown:
            at = np.ix_(shown, shown)
            values, vectors = np.linalg.eigh(overlaps[at] * np.outer(self.scale[shown], self.scale[shown]))
            counts = values > NOUGHT * values[-1]
            self.inverse[at] = (vectors[:, counts] / values[counts]) @ vectors[:, counts].T
            self.free[at] = vectors[:, ~counts] @ vectors[:, ~counts].T
        plain = self._plain()
        self.told = ((overlaps @ plain) * overlaps).sum(axis=1)  # of each sum, how much of it is computed
        known = [
            plain[self.cells[part][:, :, None], self.cells[part][:, None, :]].sum(axis=(1, 2))
            for part in _parts_of(len(self.cells))
        ]
        self.known = np.concatenate([*known, np.zeros(0)])  # of each row, how much of one maker's figure is computed

    def hide(self, sum_at: int) -> None:
        """Show one of the sums no more."""
        self.shown.remove(sum_at)
        self.hidden_since += 1
        if self.hidden_since >= ANEW_AFTER:
            self._reckon()
            return
        column, its_own = self.inverse[:, sum_at].copy(), self.inverse[sum_at, sum_at]
        free, of_its_own = self.free[:, sum_at].copy(), self.free[sum_at, sum_at]
        if of_its_own > NOUGHT:  # it follows from others, by these weights
            weights, column[sum_at] = -free / of_its_own, 0
            weights[sum_at] = 0
            both = np.outer(column, weights)
            self.inverse += both + both.T + its_own * np.outer(weights, weights)
            self.free -= np.outer(free, free) / of_its_own
        elif its_own > 0:
            lost = self.scale * column
            self.known -= lost[self.cells].sum(axis=1) ** 2 / its_own
            self.told -= (self.equations.overlaps @ lost) ** 2 / its_own
            self.inverse -= np.outer(column, column) / its_own
        for matrix in (self.inverse, self.free):
            matrix[sum_at, :] = matrix[:, sum_at] = 0

    def following(self) -> list[int]:
        """The sums that follow from these."""
        whole = np.diag(self.equations.overlaps)
        return [int(at) for at in np.flatnonzero((whole > 0) & (self.told >= whole * (1 - NEARLY)))]

    def telling_of(self, hidden: Collection[int]) -> Iterator[list[int]]:
        """Each time, the sums shown that together tell one of the hidden ones."""
        for at in self.following():
            if at in hidden:
                yield self._used(self._weights(self.equations.overlaps[at]))

    def telling_of_few(self) -> Iterator[list[int]]:
        """Each time, the sums shown that together tell the figure of one maker, or something of two."""
        known = self.known
        for at in np.flatnonzero(known * self.counts >= 1 - NEARLY):
            yield self._used(self._of_row(int(at)))
        single = np.flatnonzero((self.counts == 1) & (known > NEARLY))
        for first in single[known[single] >= 0.5 - NEARLY]:
            others = single[(single != first) & (known[single] >= 1 - known[first] - NEARLY)]
            half = self._of_row(int(first))
            shared = half[self.cells[others]].sum(axis=1)
            free = (1 - known[first]) * (1 - known[others]) - shared**2
            for second in others[free <= NEARLY / 10]:
                yield self._used(half) + self._used(self._of_row(int(second)))

    def _plain(self) -> NDArray[np.float64]:
        return self.inverse * np.outer(self.scale, self.scale)

    def _weights(self, overlapping: NDArray[np.float64]) -> NDArray[np.float64]:
        return self.scale * (self.inverse @ (self.scale * overlapping))

    def _of_row(self, at: int) -> NDArray[np.float64]:
        cells = self.cells[at]
        return self.scale * (self.inverse[:, cells] @ self.scale[cells])

    @staticmethod
    def _used(weights: NDArray[np.float64]) -> list[int]:
        return [int(at) for at in np.flatnonzero(np.abs(weights) > NEARLY)]


def _parts_of(number: int) -> Iterator[slice]:
    """So many rows at a time that memory is bounded."""
    return (slice(at, at + AT_A_TIME) for at in range(0, number, AT_A_TIME))
