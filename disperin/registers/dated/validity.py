"""Rows that count on some days only. A rule that changes is ended and followed by a new row."""

import datetime
from collections.abc import Iterable
from typing import Protocol, TypeVar


class Dated(Protocol):
    """A row that is in force on some days, and the names of the columns that it counts with."""

    @property
    def COUNTED(self) -> tuple[str, ...]: ...

    @property
    def valid_from(self) -> datetime.date | None: ...

    @property
    def valid_to(self) -> datetime.date | None: ...


Row = TypeVar("Row", bound=Dated)


def is_in_force(row: Dated, on: datetime.date) -> bool:
    """Does a dated row count on this day? Its first and its last day belong to it."""
    return (row.valid_from is None or row.valid_from <= on) and (row.valid_to is None or on <= row.valid_to)


def in_force(rows: Iterable[Row], on: datetime.date) -> list[Row]:
    """The rows that count on this day."""
    return [row for row in rows if is_in_force(row, on)]


def counted(row: Dated | None, on: datetime.date) -> tuple | None:
    """What a row counts with on a day, by its own `COUNTED` columns; None on days on which it is not in force."""
    return None if row is None or not is_in_force(row, on) else tuple(getattr(row, name) for name in row.COUNTED)


def first_day_of_change(before: Dated | None, after: Dated, today: datetime.date) -> datetime.date | None:
    """The first day from today on that a changed row counts otherwise than before: the day to look at in a preview.

    `before` is None for a new row. None where the change makes no difference any more.
    """
    rows = [row for row in (before, after) if row is not None]
    begins = {row.valid_from for row in rows if row.valid_from is not None}
    ends = {row.valid_to for row in rows if row.valid_to is not None and row.valid_to < datetime.date.max}
    days = {today, *(day for day in begins | {end + datetime.timedelta(days=1) for end in ends} if day > today)}
    return next((day for day in sorted(days) if counted(before, day) != counted(after, day)), None)
