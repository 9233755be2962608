"""What the verbs of everybody move: counts, revisions, known words. It is written last, each kind and row in one order.

So of two verbs none ever holds a row that the other waits for while it waits for one of the other's, however many
records of however many registers each of them stores.
"""

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from contextvars import ContextVar
from typing import Any, TypeAlias

from django.db import connection

Row: TypeAlias = tuple[Any, ...]  # the key of a row that is moved, such as (register, facet, value)
Rows: TypeAlias = Sequence[tuple[Row, int]]  # each with what is added to it, in the order of their keys
Order: TypeAlias = tuple[str, Sequence[Any]]  # a statement that answers nothing, and its values


class Kind:
    """Rows of one table that verbs move. `rank` says which kinds come first; `order` adds to the rows, in turn.

    Ranks: 0 known words, 1 what is counted of products, 2 of makers, 3 of their quality, 4 facets, 5 sums, 6 revisions.
    """

    def __init__(self, rank: int, order: Callable[[Rows], Iterable[Order]]) -> None:
        self.rank, self._order = rank, order

    def move(self, moved: Mapping[Row, int]) -> None:
        """Add to these rows: at the end of the outermost `moved_last`, or now where there is none."""
        waiting = _waiting.get()
        if waiting is None:
            _send(self.orders(moved))
        else:
            waiting.setdefault(self, Counter()).update(moved)

    def orders(self, moved: Mapping[Row, int]) -> list[Order]:
        """What adds to those of these rows that move at all."""
        rows = [(row, by) for row, by in sorted(moved.items()) if by]
        return [*self._order(rows)] if rows else []


_waiting: ContextVar[dict[Kind, Counter[Row]] | None] = ContextVar("waiting", default=None)


@contextmanager
def moved_last() -> Iterator[None]:
    """What is moved within is written when all of it is done; within another one, with that. Nothing where it fails.

    It goes to the database in one journey. Whatever is done within sees nothing of it.

    Stands within the transaction of a verb, around everything that it stores; a verb may be decorated with it.
    """
    around, own = _waiting.get(), dict[Kind, Counter[Row]]()
    token = _waiting.set(own)
    try:
        yield
    finally:
        _waiting.reset(token)
    kinds = sorted(own.items(), key=lambda pair: pair[0].rank)
    if around is None:
        _send([order for kind, moved in kinds for order in kind.orders(moved)])
    else:
        for kind, moved in kinds:
            around.setdefault(kind, Counter()).update(moved)


def _send(orders: Sequence[Order]) -> None:
    if orders:
        with connection.cursor() as cursor:
            values = [value for _statement, some in orders for value in some]
            cursor.execute(";\n".join(statement for statement, _some in orders), values)
