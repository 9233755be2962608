"""Many counts and first days at once: one row of scalar subqueries, whatever tables they look into."""

from collections.abc import Sequence
from typing import Any

from django.db.models import IntegerField, QuerySet, Subquery

from disperin.accounts.models import User
from disperin.desk.lists import COUNTED


class Count(Subquery):
    """How many rows a query finds, counted up to one more than `most`."""

    template = "(SELECT count(*) FROM (%(subquery)s) AS counted)"
    empty_result_set_value = 0

    def __init__(self, found: QuerySet[Any, Any], most: int = COUNTED) -> None:
        super().__init__(found.order_by().values("pk")[: most + 1], output_field=IntegerField())


class First(Subquery):
    """The least value that a query has in a column; None where it finds nothing."""

    def __init__(self, found: QuerySet[Any, Any], column: str) -> None:
        super().__init__(found.order_by(column).values(column)[:1])


def answers(asked: Sequence[Subquery], *, by: User) -> list[Any]:
    """What these subqueries give, in their order, in one query; nothing at all costs none."""
    if not asked:
        return []
    named = {f"answer_{number}": one for number, one in enumerate(asked)}
    row = User.objects.filter(pk=by.pk).annotate(**named).values_list(*named)  # they stand beside the row of who asks
    return list(row.get())
