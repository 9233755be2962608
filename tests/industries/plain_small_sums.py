"""The rule of `small_sums` as it is plainly told: everything is reckoned anew after each sum that is hidden.

Slow where there is much to hide, and no other than the rule: a test compares what the two hide.
"""

from itertools import chain

import numpy as np

from industries.rules.small_groups import LEAST
from industries.rules.small_sums import NEARLY, _covering, _differs_by_few


def hidden_sums(sums, before, makers):
    """As `small_sums.hidden_sums`."""
    number = len(sums) + len(before)
    shown_before = [len(sums) + at for at, is_shown in enumerate(before) if is_shown]
    hidden_before = {len(sums) + at for at, is_shown in enumerate(before) if not is_shown}
    everybody = Equations([(one.cells, one.everybody) for one in makers], number)
    stating = Equations([(one.cells, one.stating) for one in makers], number)
    told_before = set(everybody.following_from(shown_before))
    known = {at for at in told_before if at < len(sums)}
    hidden = {at for at, one in enumerate(sums) if one.stating < LEAST or (_differs_by_few(one) and at not in known)}
    hidden |= _covering(sums, hidden, known - hidden)
    while True:
        shown = [at for at in range(number) if at not in hidden and at not in hidden_before]
        secret = hidden | hidden_before - told_before
        found = chain(stating.telling_of_few(shown), everybody.telling_of_hidden(shown, secret))
        choices = ([at for at in telling if at < len(sums) and at not in known] for telling in found)
        choice = next(filter(None, choices), None)
        if choice is None:
            return {sums[at].cell for at in hidden}
        hidden.add(max(choice, key=lambda at: (sums[at].rank, sums[at].size, sums[at].cell)))


class Equations:
    """Sums of unknown figures: what can be computed from some of them lies in the span of their rows."""

    def __init__(self, makers, number):
        merged = {}
        for cells, count in makers:
            if count and cells:
                merged[cells] = merged.get(cells, 0) + count
        self.counts = np.array(list(merged.values()), dtype=float)
        self.rows = np.zeros((len(merged), number))
        for at, cells in enumerate(merged):
            self.rows[at, list(cells)] = 1
        self.overlaps = self.rows.T @ (self.rows * self.counts[:, None])

    def telling_of_few(self, shown):
        """Each time, the sums shown that together tell the figure of one maker, or something of two."""
        few = np.flatnonzero(self.counts < LEAST)
        if not few.size or not shown:
            return
        inverse, counts = self._inverse(shown), self.counts[few]
        rows = self.rows[few][:, list(shown)]
        known = ((rows @ inverse) * rows).sum(axis=1)
        for at in np.flatnonzero(known * counts >= 1 - NEARLY):
            yield self._used(rows[at] @ inverse, shown)
        single = np.flatnonzero((counts == 1) & (known > NEARLY))
        for first in single[known[single] >= 0.5 - NEARLY]:
            others = single[(single != first) & (known[single] >= 1 - known[first] - NEARLY)]
            half = rows[first] @ inverse
            free = (1 - known[first]) * (1 - known[others]) - (rows[others] @ half) ** 2
            for second in others[free <= NEARLY / 10]:
                yield self._used(half, shown) + self._used(rows[second] @ inverse, shown)

    def telling_of_hidden(self, shown, hidden):
        """Each time, the sums shown that together tell one of the hidden ones."""
        told = set(self.following_from(shown))
        for at in sorted(told & hidden):
            yield self._used(self._inverse(shown) @ self.overlaps[at, shown], shown)

    def following_from(self, shown):
        """The sums that follow from these."""
        if not shown:
            return []
        told = np.einsum("ij,jk,ik->i", self.overlaps[:, shown], self._inverse(shown), self.overlaps[:, shown])
        whole = np.diag(self.overlaps)
        return [int(at) for at in np.flatnonzero((whole > 0) & (told >= whole * (1 - NEARLY)))]

    def _inverse(self, shown):
        part = self.overlaps[np.ix_(shown, shown)]
        scale = 1 / np.sqrt(np.where(np.diag(part) > 0, np.diag(part), 1))
        return np.linalg.pinv(part * np.outer(scale, scale), rcond=1e-10, hermitian=True) * np.outer(scale, scale)

    @staticmethod
    def _used(weights, shown):
        return [shown[int(at)] for at in np.flatnonzero(np.abs(weights) > NEARLY)]
