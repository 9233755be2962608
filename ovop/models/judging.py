"""The judgement of `rules.judge` in the database, of all rows of a query at once."""

from collections.abc import Iterable
from typing import Any, NamedTuple, TypeVar

from django.db import models
from django.db.models import Case, Q, QuerySet, Value, When
from django.db.models.functions import Coalesce, NullIf

Rows = TypeVar("Rows", bound=QuerySet[Any])
NUMBER = models.BigIntegerField()
EVERY_ROW = Q(pk__isnull=False)


class Weighed(NamedTuple):
    """A weight: which rows have enough of its fact, and of which the fact is asked at all."""

    has: Q
    weight: int
    asked: Q = EVERY_ROW


def with_judgement(rows: Rows, *, gates: Iterable[Q], weights: Iterable[Weighed], name: str = "ready") -> Rows:
    """Each row with `<name>_passes` (does it lie within all `gates`?) and `<name>_score` (0–100, else 0)."""
    passes = Q()
    for gate in gates:
        passes &= gate
    reached: Any = Value(0)
    whole: Any = Value(0)
    for row in weights:
        reached += Case(When(row.asked & row.has, then=row.weight), default=0, output_field=NUMBER)
        whole += Case(When(row.asked, then=row.weight), default=0, output_field=NUMBER)
    return rows.annotate(
        **{
            f"{name}_passes": Case(
                When(passes or EVERY_ROW, then=True), default=False, output_field=models.BooleanField()
            ),
            f"{name}_score": Coalesce(Value(100) * reached / NullIf(whole, Value(0)), Value(0), output_field=NUMBER),
        }
    )
