"""Which of many names are like a given one, as PostgreSQL's index of trigrams finds them, by counting what they share.

The index reads again, for each name that is asked for, every name of a regency that shares some of its trigrams: with
words that most makers have, that is the regency. Here the names are read once, and a name costs one count.
"""

from array import array
from collections import defaultdict
from collections.abc import Iterable, Sequence

import numpy as np
from numpy.typing import NDArray


class LikeNames:
    """The names of records: `(key, trigrams)` of each, in order of the keys.

    Trigrams are those of PostgreSQL's `show_trgm`, each once, so that likeness is what its `similarity` gives.
    """

    def __init__(self, names: Iterable[tuple[int, Sequence[str]]]) -> None:
        keys, lengths = array("q"), array("i")
        holders: dict[str, array[int]] = defaultdict(lambda: array("i"))
        for at, (key, trigrams) in enumerate(names):
            keys.append(key)
            lengths.append(len(trigrams))
            for trigram in trigrams:
                holders[trigram].append(at)
        self._keys, self._lengths = keys, np.frombuffer(lengths, dtype=np.intc)
        self._holders = {trigram: np.frombuffer(at, dtype=np.intc) for trigram, at in holders.items()}

    def like(self, trigrams: Sequence[str], *, least: float, most: int, besides: int | None = None) -> list[int]:
        """The keys of at most so many names that are at least (0 to 1) as like, the likest first, then the oldest."""
        shared_by = [self._holders[trigram] for trigram in trigrams if trigram in self._holders]
        if not shared_by:
            return []
        shared = np.bincount(np.concatenate(shared_by), minlength=len(self._keys))
        at = np.flatnonzero(shared >= int(least * len(trigrams)))  # who shares less cannot be so like
        shared = shared[at]
        # PostgreSQL divides in single precision, and compares with a threshold in double
        alike = np.divide(shared, self._lengths[at] + len(trigrams) - shared, dtype=np.float32)
        likest = _first(alike, most + 1)  # one may be the name itself
        likest = likest[alike[likest].astype(np.float64) >= least]
        keys = [self._keys[index] for index in at[likest]]
        return [key for key in keys if key != besides][:most]


def _first(alike: NDArray[np.float32], most: int) -> NDArray[np.intp]:
    """The places of the greatest, the greatest first, equal ones in their order; nothing is sorted but these."""
    if len(alike) > most:
        last = np.partition(alike, -most)[-most]
        above = np.flatnonzero(alike > last)
        places = np.sort(np.concatenate([above, np.flatnonzero(alike == last)[: most - len(above)]]))
    else:
        places = np.arange(len(alike))
    return places[np.argsort(-alike[places], kind="stable")]
