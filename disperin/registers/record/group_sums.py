"""What records state, added up by group and kept by the verbs: sums of the inside without reading a million records.

A register says what is added up and by which columns (`Record.summed`). Records that are closed or stand apart are in
no sum; hidden ones are, since only the inside reads them.
"""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from typing import NamedTuple

from django.contrib.postgres.fields import ArrayField
from django.db.models import CharField, Count, F, Func, Q, Sum, Value
from django.db.models.expressions import Combinable
from django.db.models.functions import Cast

from disperin.registers.record import past, past_rows
from disperin.registers.record.models import GroupSum, Record, RecordQuerySet
from disperin.registers.record.moved_last import Kind, Order, Row, Rows
from disperin.registers.record.summed import Summed
from disperin.registers.values.columns import column

WHOLE = ""  # the column, and the code, of the one group that holds all
RECORDS, WITHOUT = "records", "without_"  # measures: how many records; how many of them hold nothing in a column

_SHIFT = """
    INSERT INTO registers_groupsum (register, "column", regency, code, measure, total, given)
    SELECT * FROM unnest(%s::text[], %s::text[], %s::text[], %s::text[], %s::text[], %s::bigint[], %s::int[])
    ON CONFLICT (register, "column", regency, code, measure) DO UPDATE SET
        total = registers_groupsum.total + EXCLUDED.total, given = registers_groupsum.given + EXCLUDED.given
"""


class Cell(NamedTuple):
    """One sum: of a measure, of the records of one group in one regency."""

    column: str
    regency: str
    code: str
    measure: str


class Sums:
    """What some records add to each sum, and how many of them add more than nothing."""

    def __init__(self) -> None:
        self.total: Counter[Cell] = Counter()
        self.given: Counter[Cell] = Counter()

    def add(self, cell: Cell, total: int, given: int) -> None:
        """Count this in."""
        self.total[cell] += total
        self.given[cell] += given

    def add_record(self, record: Record) -> None:
        """Count in what a record states, as `recount` counts it in."""
        summed = record.summed
        if summed is None or record.closed_on is not None or record.stands_apart:
            return
        stated = [(RECORDS, 1)]
        stated += [(f"{WITHOUT}{name}", 1) for name in summed.lacking if not getattr(record, name)]
        stated += [(name, int(value)) for name in summed.figures if (value := getattr(record, name))]
        for name, code in ((WHOLE, WHOLE), *_groups(record, summed)):
            for measure, value in stated:
                self.add(Cell(name, str(record.regency_id), code, measure), value, int(value > 0))

    def add_all(self, others: "Sums", *, times: int = 1) -> None:
        """Count the others in; `times=-1` takes them out."""
        for cell in others.total:
            self.add(cell, times * others.total[cell], times * others.given[cell])


def _groups(record: Record, summed: Summed) -> Iterator[tuple[str, str]]:
    for name in summed.by:
        value = getattr(record, name)
        yield from ((name, str(code)) for code in (value if isinstance(value, list) else [value]) if code)


def shift(slug: str, before: Sums, after: Sums) -> None:
    """Move the sums from what a change took away to what it brought."""
    moved = Sums()
    moved.add_all(after)
    moved.add_all(before, times=-1)
    parts = {"given": moved.given, "total": moved.total}
    _SUMS.move({(slug, *cell, part): by for part, cells in parts.items() for cell, by in cells.items()})


def _shifted(rows: Rows) -> Iterator[Order]:
    by_cell: dict[Row, dict[str, int]] = {}  # in the order of the rows
    for (*cell, part), by in rows:
        by_cell.setdefault(tuple(cell), {})[part] = by
    columns = zip(*((*cell, by.get("total", 0), by.get("given", 0)) for cell, by in by_cell.items()), strict=True)
    yield _SHIFT, [*map(list, columns)]


_SUMS = Kind(5, _shifted)


def recount(slug: str, model: type[Record]) -> None:
    """Add up everything anew, for rows that were loaded past the verbs; a query for each way of grouping."""
    GroupSum.objects.filter(register=slug).delete()
    if model.summed:
        sums = summed_up(model.objects.all(), (WHOLE, *model.summed.by))
        GroupSum.objects.bulk_create(
            GroupSum(register=slug, **cell._asdict(), total=sums.total[cell], given=sums.given[cell])
            for cell in sums.total
        )


def read(slug: str, model: type[Record], column: str, regency: str | None = None) -> Sums:
    """The sums by a column, and of all (`WHOLE`), of every regency or one. One query.

    As of a past day they are those kept today, less what the records changed since add now, and with what they added
    then: as dear as there are such records, whatever the register holds.
    """
    kept = GroupSum.objects.filter(register=slug, column__in={column, WHOLE})
    if regency is not None:
        kept = kept.filter(regency=regency)
    sums = Sums()
    for *cell, total, given in kept.values_list("column", "regency", "code", "measure", "total", "given"):
        sums.add(Cell(*cell), total, given)
    if day := past.day():
        asked = {column, WHOLE}
        with past.changed_alone(model._meta.db_table):
            sums.add_all(summed_up(_lying_in(model.objects.all(), regency), asked))
        with past.as_they_stand():
            changed = model.objects.filter(pk__in=past_rows.changed_since(model, past.end_of(day)))
            sums.add_all(summed_up(_lying_in(changed, regency), asked), times=-1)
    return sums


def _lying_in(records: RecordQuerySet, regency: str | None) -> RecordQuerySet:
    return records if regency is None else records.filter(regency=regency)


def summed_up(records: RecordQuerySet, columns: Iterable[str]) -> Sums:
    """What the rows themselves say; a query for each column, but none for all where one beside it holds one value each.

    Those without a value are in no group, but among all.
    """
    summed, sums, asked = records.model.summed, Sums(), list(columns)
    if summed is None:
        return sums
    rows, measures = records.unclosed().in_lists().order_by(), _measures(summed)
    single = next((name for name in asked if name != WHOLE and not _holds_several(records.model, name)), "")
    for name in asked:
        if name == WHOLE and single:
            continue
        tells_all = bool(single) and name == single and WHOLE in asked
        grouped = rows.annotate(in_group=_code(records.model, name)).values_list("regency_id", "in_group")
        for regency, code, *numbers in grouped.annotate(**measures):
            groups = [(name, code)] if code or name == WHOLE else []
            groups += [(WHOLE, WHOLE)] if tells_all else []
            for at, measure in enumerate(_names(summed)):
                total, given = int(numbers[2 * at] or 0), numbers[2 * at + 1]
                for group, value in groups if total or given else []:
                    sums.add(Cell(group, regency, value, measure), total, given)
    return sums


def _names(summed: Summed) -> list[str]:
    return [RECORDS, *(f"{WITHOUT}{name}" for name in summed.lacking), *summed.figures]


def _measures(summed: Summed) -> Mapping[str, Count | Sum]:
    """What is asked of each group, in the order of `_names`: the total, then how many state more than nothing."""
    asked: dict[str, Count | Sum] = {"total_records": Count("pk"), "given_records": Count("pk")}
    for name in summed.lacking:
        asked[f"total_without_{name}"] = asked[f"given_without_{name}"] = Count("pk", filter=Q(**{name: ""}))
    for name in summed.figures:
        asked[f"total_{name}"] = Sum(name)
        asked[f"given_{name}"] = Count("pk", filter=Q(**{f"{name}__gt": 0}))
    return asked


def _code(model: type[Record], name: str) -> Combinable:
    if name == WHOLE:
        return Value(WHOLE)
    if _holds_several(model, name):
        return Cast(Func(F(name), function="unnest"), CharField())
    return Cast(F(name), CharField())


def _holds_several(model: type[Record], name: str) -> bool:
    return isinstance(column(model, name), ArrayField)
