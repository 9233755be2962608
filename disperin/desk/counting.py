"""Many counts and first days at once: one row of scalar subqueries, whatever tables they look into."""

from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.core.exceptions import EmptyResultSet
from django.db import connection
from django.db.models import QuerySet

from disperin.desk.lists import COUNTED


@dataclass(frozen=True)
class Count:
    """How many rows a query finds, counted up to one more than `most`."""

    found: QuerySet[Any, Any]
    most: int = COUNTED

    def sql(self) -> tuple[str, Sequence[Any]]:
        """The subquery with its parameters."""
        try:
            rows, given = self.found.order_by().values("pk")[: self.most + 1].query.sql_with_params()
        except EmptyResultSet:
            return "0", ()
        return f"(SELECT count(*) FROM ({rows}) AS counted)", given  # noqa: S608 - made of our own queries


@dataclass(frozen=True)
class First:
    """The least value that a query has in a column; None where it finds nothing."""

    found: QuerySet[Any, Any]
    column: str

    def sql(self) -> tuple[str, Sequence[Any]]:
        """The subquery with its parameters."""
        try:
            rows, given = self.found.order_by(self.column).values(self.column)[:1].query.sql_with_params()
        except EmptyResultSet:
            return "NULL", ()
        return f"({rows})", given


def answers(asked: Sequence[Count | First]) -> list[Any]:
    """What these subqueries give, in their order, in one query; nothing at all costs none.

    Each makes its own SQL: as parts of one query of Django's they would be copied and named anew, which took longer.
    """
    if not asked:
        return []
    parts = [subquery.sql() for subquery in asked]
    with connection.cursor() as cursor:
        cursor.execute(
            f"SELECT {', '.join(sql for sql, _given in parts)}", [it for _sql, given in parts for it in given]
        )
        return list(cursor.fetchone())


def counted_by_day(
    querysets: Sequence[QuerySet[Any, Any]], spans: Sequence[tuple[date | None, date | None]]
) -> list[Any]:
    """Of each query of days: how many lie in each of the spans, and the earliest of all; one after the other.

    One query. Each is written once and asked several times, since making the SQL costs more than its answer does.
    """
    asked: list[str] = []
    given: list[Any] = []
    for queryset in querysets:
        try:
            days, parameters = queryset.order_by().query.sql_with_params()
        except EmptyResultSet:
            asked += ["0"] * len(spans) + ["NULL::date"]
            continue
        for first, last in spans:
            ends = [(f"of_it.day {sign} %s", day) for sign, day in ((">=", first), ("<=", last)) if day is not None]
            within = " AND ".join(["true", *(condition for condition, _day in ends)])
            few = f"SELECT 1 FROM ({days}) AS of_it (day) WHERE {within} LIMIT %s"  # noqa: S608 - made of our own queries
            asked.append(f"(SELECT count(*) FROM ({few}) AS counted)")  # noqa: S608
            given += [*parameters, *(day for _condition, day in ends), COUNTED + 1]
        asked.append(f"(SELECT of_it.day FROM ({days}) AS of_it (day) ORDER BY 1 LIMIT 1)")  # noqa: S608
        given += parameters
    if not asked:
        return []
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT {', '.join(asked)}", given)  # noqa: S608
        return list(cursor.fetchone())


def grouped(querysets: Sequence[QuerySet[Any, Any]]) -> list[tuple[str, str | None, str | None, int, date | None]]:
    """Of rows `(what, place, person, day)`: how many of each what, place and person, and their first day. One query."""
    asked: list[str] = []
    given: list[Any] = []
    for queryset in querysets:
        with suppress(EmptyResultSet):
            rows, parameters = queryset.query.sql_with_params()
            asked.append(f"({rows})")
            given += parameters
    if not asked:
        return []
    columns = "of_it (what, place, person, day)"
    with connection.cursor() as cursor:
        cursor.execute(
            f"SELECT what, place, person, count(*), min(day) FROM ({' UNION ALL '.join(asked)}) AS {columns}"  # noqa: S608 - made of our own queries
            " GROUP BY what, place, person",
            given,
        )
        return list(cursor.fetchall())
