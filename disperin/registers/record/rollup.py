"""Counts per facet value, kept by the verbs: what an unfiltered list shows without counting a million rows."""

from collections import Counter
from collections.abc import Iterable

from django.contrib.postgres.fields import ArrayField
from django.db import connection
from django.db.models import Count, F, Func

from disperin.registers.record.models import FacetCount, Record

FacetValue = tuple[str, str]  # a facet, and the value that a record counts under
ALL: FacetValue = ("all", "")  # the facet that counts every open record

_SHIFT = """
    INSERT INTO registers_facetcount (register, facet, value, number) VALUES (%s, %s, %s, %s)
    ON CONFLICT (register, facet, value) DO UPDATE SET number = registers_facetcount.number + EXCLUDED.number
"""


def facets_of(record: Record | None) -> list[FacetValue]:
    """The (facet, value) pairs that a record counts under; none while no list holds it."""
    if record is None or not record.is_listed:
        return []
    pairs = [ALL]
    for facet, column in record.facets.items():
        value = getattr(record, column)
        pairs += [(facet, str(one)) for one in (value if isinstance(value, list) else [value]) if one not in (None, "")]
    return pairs


def shift(slug: str, before: Iterable[FacetValue], after: Iterable[FacetValue]) -> None:
    """Move the counts from the pairs that a change took away to those that it brought; always in the same order."""
    moved = Counter(after)
    moved.subtract(Counter(before))
    rows: list[list[str | int]] = [[slug, facet, value, by] for (facet, value), by in sorted(moved.items()) if by]
    if rows:
        with connection.cursor() as cursor:
            cursor.executemany(_SHIFT, rows)


def recount(slug: str, model: type[Record]) -> None:
    """Count everything anew, for rows that were loaded in bulk (sample, benchmark)."""
    FacetCount.objects.filter(register=slug).delete()
    open_records = model.objects.current()
    counts = [FacetCount(register=slug, facet=ALL[0], value=ALL[1], number=open_records.count())]
    for facet, column in model.facets.items():
        is_list = isinstance(model._meta.get_field(facet), ArrayField)
        told = Func(F(column), function="unnest") if is_list else F(column)
        found = open_records.annotate(told=told).values("told").annotate(number=Count("id")).order_by()
        counts += [
            FacetCount(register=slug, facet=facet, value=row["told"], number=row["number"])
            for row in found
            if row["told"] not in (None, "")
        ]
    FacetCount.objects.bulk_create(counts)


def counts_of(slug: str) -> dict[str, dict[str, int]]:
    """`{facet: {value: number}}` of a register, in one query."""
    told: dict[str, dict[str, int]] = {}
    for facet, value, number in FacetCount.objects.filter(register=slug, number__gt=0).values_list(
        "facet", "value", "number"
    ):
        told.setdefault(facet, {})[value] = number
    return told
