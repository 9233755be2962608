"""Several statements that tell of the same thing: of one moment, whatever is stored meanwhile, in bounded time."""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar

from django.db import OperationalError, connection, transaction

_CANCELED = "57014"  # query_canceled
_limit: ContextVar[int | None] = ContextVar("limit", default=None)  # of the statements around, in milliseconds


class TookTooLong(Exception):
    """A statement was given up after the time that it may take."""


@contextmanager
def not_longer_than(milliseconds: int) -> Iterator[None]:
    """Give up each statement that takes longer; raises TookTooLong. What comes after it is bounded as before."""
    around = _limit.get()
    token = _limit.set(milliseconds)
    try:
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute("SET LOCAL statement_timeout = %s", [milliseconds])
            yield
            if around is None:
                cursor.execute("SET LOCAL statement_timeout TO DEFAULT")
            else:
                cursor.execute("SET LOCAL statement_timeout = %s", [around])
    except OperationalError as error:
        if getattr(error.__cause__, "pgcode", "") != _CANCELED:
            raise
        raise TookTooLong from error
    finally:
        _limit.reset(token)


@contextmanager
def one_moment(milliseconds: int) -> Iterator[None]:
    """Let all statements read what was stored at the first of them, none for longer; raises TookTooLong.

    Within a transaction that has begun already, it is that one which says what they read.
    """
    has_begun = connection.in_atomic_block
    with transaction.atomic():
        if not has_begun:
            with connection.cursor() as cursor:
                cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY")
        with not_longer_than(milliseconds):
            yield
