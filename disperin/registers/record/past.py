"""Registers as they stood at the end of a day: while that is read, every query finds the rows of then.

Nothing else has to know: each statement is given, under the names of the tables that it reads, what these held at the
end of the day (`past_rows`). So lists, filters, orders, searches, counts, parts and files of a past day are those of
today, asked of other rows.
"""

import datetime
import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager, nullcontext
from contextvars import ContextVar
from typing import Any

from django.db import connection
from django.utils import timezone

from disperin.registers.record import past_rows

_READ = re.compile(r"[\s(]*(SELECT|WITH)\b", re.I)  # what asks
_WRITTEN = re.compile(r"\s*(?:INSERT INTO|UPDATE|DELETE FROM)\s+\"?(\w+)", re.I)

_day: ContextVar[datetime.date | None] = ContextVar("day", default=None)
_alone: ContextVar[str] = ContextVar("alone", default="")  # the table of which only what changed since is read


class NotToBeChanged(RuntimeError):
    """Something was to be written to a register while a past day of it was read."""


def day() -> datetime.date | None:
    """The day as of which registers are read now; None where they are read as they stand."""
    return _day.get()


def today() -> datetime.date:
    """The day on which what is read is judged: whether a certificate holds, what is late."""
    return _day.get() or timezone.localdate()


def end_of(day: datetime.date) -> datetime.datetime:
    """The moment at which a day is over, where the portal stands."""
    return timezone.make_aware(datetime.datetime.combine(day + datetime.timedelta(days=1), datetime.time()))


@contextmanager
def reading(day: datetime.date) -> Iterator[None]:
    """Read the registers as of the end of a day, in this thread; nothing may be written to them meanwhile.

    While one day is read another may be asked for: the statements in between are those of the inner day alone.
    """
    is_passed_through = _asked_then in connection.execute_wrappers
    with _as_of(day), nullcontext() if is_passed_through else connection.execute_wrapper(_asked_then):
        yield


@contextmanager
def changed_alone(table: str) -> Iterator[None]:
    """While a past day is read: of this table only the rows that have changed since, as they stood then."""
    token = _alone.set(table)
    try:
        yield
    finally:
        _alone.reset(token)


@contextmanager
def as_they_stand() -> Iterator[None]:
    """While a past day is read: what is asked of the tables of today."""
    with _as_of(None):
        yield


@contextmanager
def _as_of(day: datetime.date | None) -> Iterator[None]:
    token, features = _day.set(day), connection.features
    grouping = features.allows_group_by_selected_pks
    features.allows_group_by_selected_pks = grouping and day is None  # rows of then have no primary key
    try:
        yield
    finally:
        features.allows_group_by_selected_pks = grouping
        _day.reset(token)


def asked_then(sql: str) -> str:
    """A statement as the day that is read now wants it asked; whoever hands one to the database by itself asks this."""
    read = day()
    tables = past_rows.tables() if read else {}
    named = [table for table in past_rows.names_in(sql) if table in tables]
    match = _READ.match(sql) if named else None
    if read is None or match is None:
        return sql
    held = past_rows.given(named, end_of(read), _alone.get(), past_rows.words_in(sql))
    return f"{held}, {sql[match.end() :]}" if match[1].upper() == "WITH" else f"{held} {sql}"


def _asked_then(run: Callable[..., Any], sql: Any, params: Any, many: bool, context: Any) -> Any:
    """What every statement passes through, as the framework has it (`execute_wrapper`)."""
    if isinstance(sql, str) and day():
        written = _WRITTEN.match(sql)
        if written and written[1] in past_rows.tables():
            raise NotToBeChanged(written[1])
        sql = asked_then(sql)
    return run(sql, params, many, context)


def is_known(day: datetime.date) -> bool:
    """Whether any record had a version on a day: whether there is anything to read as of it."""
    commonest = next(iter(past_rows.tables().values()))  # it nearly always answers; all versions are far dearer to ask
    with connection.cursor() as cursor:
        cursor.execute(
            f"SELECT EXISTS (SELECT 1 FROM {commonest.events} WHERE pgh_created_at < %s)",  # noqa: S608 -- our own names
            [end_of(day)],
        )
        (has_versions,) = cursor.fetchone()
    return has_versions or first_day() <= day


def first_day() -> datetime.date:
    """The day of the first version of any record; today where there is none yet."""
    asked = " UNION ALL ".join(
        f"SELECT min(pgh_created_at) AS at FROM {table.events}"  # noqa: S608 -- our own names
        for table in past_rows.tables().values()
    )
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT min(at) FROM ({asked}) AS first")  # noqa: S608
        (first,) = cursor.fetchone()
    return timezone.localdate(first) if first else timezone.localdate()
