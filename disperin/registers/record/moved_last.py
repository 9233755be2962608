"""What the verbs of everybody move: counts, revisions, known words. It is written last, each kind and row in one order.

So of two verbs none ever holds a row that the other waits for while it waits for one of the other's, however many
records of however many registers each of them stores.
"""

from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from contextvars import ContextVar
from typing import Any, TypeAlias

Row: TypeAlias = tuple[Any, ...]  # the key of a row that is moved, such as (register, facet, value)
Rows: TypeAlias = Sequence[tuple[Row, int]]  # each with what is added to it, in the order of their keys


class Kind:
    """Rows of one table that verbs move. `rank` says which kinds come first; `write` adds to the rows in their order.

    Ranks: 0 known words, 1 what is counted of products, 2 of makers, 3 of their quality, 4 facets, 5 sums, 6 revisions.
    """

    def __init__(self, rank: int, write: Callable[[Rows], None]) -> None:
        self.rank, self._write = rank, write

    def move(self, moved: Mapping[Row, int]) -> None:
        """Add to these rows: at the end of the outermost `moved_last`, or now where there is none."""
        waiting = _waiting.get()
        if waiting is None:
            self.write(moved)
        else:
            waiting.setdefault(self, Counter()).update(moved)

    def write(self, moved: Mapping[Row, int]) -> None:
        """Add to those of these rows that move at all."""
        if rows := [(row, by) for row, by in sorted(moved.items()) if by]:
            self._write(rows)


_waiting: ContextVar[dict[Kind, Counter[Row]] | None] = ContextVar("waiting", default=None)


@contextmanager
def moved_last() -> Iterator[None]:
    """What is moved within is written when all of it is done; within another one, with that. Nothing where it fails.

    Stands within the transaction of a verb, around everything that it stores; a verb may be decorated with it.
    """
    around, own = _waiting.get(), dict[Kind, Counter[Row]]()
    token = _waiting.set(own)
    try:
        yield
    finally:
        _waiting.reset(token)
    for kind, moved in sorted(own.items(), key=lambda pair: pair[0].rank):
        if around is None:
            kind.write(moved)
        else:
            around.setdefault(kind, Counter()).update(moved)
