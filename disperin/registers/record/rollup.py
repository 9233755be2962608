"""Counts per facet value, and sums, kept by the verbs: what is shown without counting a million rows."""

import datetime
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence

from django.contrib.postgres.fields import ArrayField
from django.db import connection
from django.db.models import CharField, Count, F, Func
from django.db.models.functions import Cast

from disperin.registers.record import directory, group_sums, past, past_rows
from disperin.registers.record.models import FacetCount, Record, RecordQuerySet
from disperin.registers.record.moved_last import Kind, Order, Rows

FacetValue = tuple[str, str]  # a facet, and the value that a record counts under
ALL: FacetValue = ("all", "")  # the facet that counts every open record
CROSS, BESIDE = "/", "|"  # between two facets that are counted together, and between their values

_SHIFT = """
    INSERT INTO registers_facetcount (register, facet, value, number)
    SELECT * FROM unnest(%s::text[], %s::text[], %s::text[], %s::int[])
    ON CONFLICT (register, facet, value) DO UPDATE SET number = registers_facetcount.number + EXCLUDED.number
"""


def facets_of(record: Record) -> list[FacetValue]:
    """The (facet, value) pairs that a record counts under; none while no list holds it."""
    if not record.is_listed:
        return []
    values = {facet: _values(getattr(record, column)) for facet, column in record.facets.items()}
    pairs = [(facet, value) for facet, some in values.items() for value in some]
    crossed = [
        (f"{facet}{CROSS}{other}", f"{value}{BESIDE}{beside}")
        for facet, other in record.crossed
        for value in values[facet]
        for beside in values[other]
    ]
    return [ALL, *pairs, *crossed]


def _values(value: object) -> list[str]:
    return [str(member) for member in (value if isinstance(value, list) else [value]) if member not in (None, "")]


class Tally:
    """What some records of a register count under, and what they add to its sums, as they stand at a moment."""

    def __init__(self, records: Iterable[Record] = ()) -> None:
        self.pairs: Counter[FacetValue] = Counter()
        self.sums = group_sums.Sums()
        self.add(records)

    def add(self, records: Iterable[Record]) -> None:
        """Count these in."""
        for record in records:
            self.pairs.update(facets_of(record))
            self.sums.add_record(record)


def shift(slug: str, before: Tally, after: Tally) -> None:
    """Move counts and sums from what a change took away to what it brought."""
    moved = Counter(after.pairs)
    moved.subtract(before.pairs)
    _FACETS.move({(slug, *pair): by for pair, by in moved.items()})
    group_sums.shift(slug, before.sums, after.sums)


def _shifted(rows: Rows) -> Iterator[Order]:
    yield _SHIFT, [*map(list, zip(*((*row, by) for row, by in rows), strict=True))]


_FACETS = Kind(4, _shifted)


def recount(slug: str, model: type[Record]) -> None:
    """Count everything anew, for rows that were loaded in bulk (sample, benchmark)."""
    FacetCount.objects.filter(register=slug).delete()
    asked = [*((facet,) for facet in model.facets), *model.crossed]
    counted = _counted(model.objects.current(), asked).items()
    FacetCount.objects.bulk_create(
        FacetCount(register=slug, facet=facet, value=value, number=number) for (facet, value), number in counted
    )
    group_sums.recount(slug, model)


def _counted(records: RecordQuerySet, asked: Iterable[Sequence[str]]) -> Counter[FacetValue]:
    """How many of these records count under each pair, by facets and by several at once; a query for each."""
    counts = Counter({ALL: records.order_by().count()})
    for facets in asked:
        columns = {f"told_{at}": _told(records.model, facet) for at, facet in enumerate(facets)}
        rows = records.annotate(**columns).values_list(*columns).annotate(number=Count("id")).order_by()
        for *values, number in rows:
            if all(value not in (None, "") for value in values):
                counts[CROSS.join(facets), BESIDE.join(values)] += number
    return counts


def _moved_since(model: type[Record], moment: datetime.datetime) -> Counter[FacetValue]:
    """What the records of a register that changed since a moment counted under then, less what they do now.

    Only what differs leaves the database, in one statement: of thousands that changed few count under something else.
    """
    facets = model.facets
    alike = model.objects.current().order_by().values_list(*facets.values()).annotate(Count("id"))
    with past.changed_alone(model._meta.db_table):
        then, then_params = alike.query.sql_with_params()
        then = past.asked_then(then)
    with past.as_they_stand():
        now, now_params = alike.filter(pk__in=past_rows.changed_since(model, moment)).query.sql_with_params()
        columns = ", ".join(f"facet_{at}" for at in range(len(facets)))
        asked = (
            f"SELECT {columns}, sum(number) FROM (({then}) UNION ALL "  # noqa: S608 -- our own statements
            f"(SELECT {columns}, -number FROM ({now}) AS today ({columns}, number))) AS either ({columns}, number) "
            f"GROUP BY {columns} HAVING sum(number) <> 0"
        )
        with connection.cursor() as cursor:
            cursor.execute(asked, [*then_params, *now_params])
            rows = cursor.fetchall()
    counts: Counter[FacetValue] = Counter()
    for *row, number in rows:
        counts[ALL] += int(number)
        for facet, held in zip(facets, row, strict=True):
            for value in _values(held):
                counts[facet, value] += int(number)
    return counts


def _told(model: type[Record], facet: str) -> Cast:
    column = F(model.facets[facet])
    is_list = isinstance(model._meta.get_field(facet), ArrayField)
    return Cast(Func(column, function="unnest") if is_list else column, CharField())


def counts_of(slug: str) -> dict[str, dict[str, int]]:
    """`{facet: {value: number}}` of a register, in one query.

    As of a past day they are those kept today, less what the records changed since count under now, and with what they
    counted under then: as dear as there are such records, whatever the register holds.
    """
    counted = FacetCount.objects.filter(register=slug).exclude(facet__contains=CROSS)
    counts = Counter(
        {(facet, value): number for facet, value, number in counted.values_list("facet", "value", "number")}
    )
    if day := past.day():
        counts.update(_moved_since(directory.get(slug).model, past.end_of(day)))
    by_facet: dict[str, dict[str, int]] = {}
    for (facet, value), number in counts.items():
        if number > 0:
            by_facet.setdefault(facet, {})[value] = number
    return by_facet


def crossed_counts(slug: str, facet: str, value: str) -> dict[str, dict[str, int]]:
    """As `counts_of`, of the records that have this value of one facet; only of what the register counts with it."""
    by_facet: dict[str, dict[str, int]] = {}
    beginnings = f"{facet}{CROSS}", f"{value}{BESIDE}"
    counted = FacetCount.objects.filter(
        register=slug, number__gt=0, facet__startswith=beginnings[0], value__startswith=beginnings[1]
    )
    for crossing, values, number in counted.values_list("facet", "value", "number"):
        by_facet.setdefault(crossing.removeprefix(beginnings[0]), {})[values.removeprefix(beginnings[1])] = number
    return by_facet
