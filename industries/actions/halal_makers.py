"""Keeps how many makers are past a halal deadline: counted once a day, moved with each record stored."""

import datetime
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager

from django.db import transaction
from django.utils import timezone

from disperin.regions.models import Regency
from disperin.registers.record.moved_last import Kind, Order, Rows
from industries.models import HalalDuty, HalalMakerCount
from industries.models.halal_maker import Makers, Span, counted_makers, judged_on, makers_of

NONE = (0, 0, 0)
# A row that is missing is made, so that a count of the day that is under way waits for this transaction and sees it.
_SHIFT = """
    INSERT INTO industries_halalmakercount (day, judged, regency_id, past, asked, makers, is_counted)
    VALUES (%s, %s, %s, %s, %s, %s, false)
    ON CONFLICT (day, judged, regency_id) DO UPDATE SET
        past = industries_halalmakercount.past + EXCLUDED.past,
        asked = industries_halalmakercount.asked + EXCLUDED.asked,
        makers = industries_halalmakercount.makers + EXCLUDED.makers
"""


@transaction.atomic
def count_halal_makers(day: datetime.date | None = None) -> int:
    """Count the makers of a day (today) anew, to be kept by the verbs from then on; gives how many there are.

    Rows are locked before they are counted: a verb that has moved them is waited for, and one that has not waits.
    """
    on, duties = day or timezone.localdate(), list(HalalDuty.objects.all())
    judged = judged_on(on, duties)
    HalalMakerCount.objects.filter(day__lt=on).delete()
    codes = Regency.objects.order_by("pk").values_list("pk", flat=True)
    HalalMakerCount.objects.bulk_create(
        [HalalMakerCount(day=on, judged=judged, regency_id=code) for code in codes], ignore_conflicts=True
    )
    rows = HalalMakerCount.objects.select_for_update(of=["self"]).filter(day=on, judged=judged).order_by("regency")
    kept, counted = list(rows), counted_makers(on, duties)
    for row in kept:
        row.past, row.asked, row.makers = counted.get(row.regency_id, NONE)
        row.is_counted = True
    HalalMakerCount.objects.bulk_update(kept, ["past", "asked", "makers", "is_counted"])
    return sum(row.makers for row in kept)


@contextmanager
def makers_moved(makers: Iterable[int]) -> Iterator[None]:
    """Whatever happens within to some spans of these makers (primary keys) moves the numbers of today. Four queries."""
    keys, today, duties = list(makers), timezone.localdate(), list(HalalDuty.objects.all())
    before = counted_makers(today, duties, keys)
    yield
    _move(before, counted_makers(today, duties, keys), today, duties)


def move_makers(before: Iterable[Span], after: Iterable[Span]) -> None:
    """As `makers_moved`, where all spans of the makers are known, as they were and as they will be. Two queries."""
    today, duties = timezone.localdate(), list(HalalDuty.objects.all())
    _move(makers_of(before, today, duties), makers_of(after, today, duties), today, duties)


def _move(before: Makers, after: Makers, today: datetime.date, duties: Sequence[HalalDuty]) -> None:
    judged, moved = judged_on(today, duties), {}
    for code in {*before, *after}:
        for at, (now, then) in enumerate(zip(after.get(code, NONE), before.get(code, NONE), strict=True)):
            moved[today, judged, code, at] = now - then
    _MAKERS.move(moved)


def _shifted(rows: Rows) -> Iterator[Order]:
    moved = dict(rows)
    for place in dict.fromkeys(row[:-1] for row, _by in rows):
        yield _SHIFT, (*place, *(moved.get((*place, at), 0) for at in range(len(NONE))))


_MAKERS = Kind(2, _shifted)
