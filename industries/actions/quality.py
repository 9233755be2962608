"""Keeps the scores of data quality true: in the transaction that stores a maker, and by a job each day.

The formula is the office's own (`QualityRule`). Whoever judges a record holds its row, so the later judges last.
"""

import datetime
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from typing import Any

from django.db import transaction
from django.utils import timezone
from django_tasks import task

from disperin.jobs.locks import alone
from disperin.jobs.tasks import is_ordered, order_later
from disperin.registers.record.moved_last import Kind, Order, Rows
from disperin.registers.record.revisions import raise_revision
from industries.actions.league import mark_month
from industries.models import Establishment, Quality, QualityCount, QualityPass
from industries.models.quality import HAVING, PARTS, REGISTER, Formula
from industries.models.quality_judging import known_of
from industries.rules.quality import A_DAY, holds_until, judge

PIECE = 500  # records that a job judges in one transaction
SOON_AFTER = 5  # minutes after midnight the day is turned
_KEPT = ("regency_id", "listed", *PARTS, "fix", "lift", "until")
_COUNTED = ("records", *PARTS, *HAVING)
_SHIFT = f"""
    INSERT INTO industries_qualitycount (regency_id, {", ".join(_COUNTED)}) VALUES (%s{", %s" * len(_COUNTED)})
    ON CONFLICT (regency_id) DO UPDATE SET
    {", ".join(f"{column} = industries_qualitycount.{column} + EXCLUDED.{column}" for column in _COUNTED)}
"""  # noqa: S608 -- our own names


def keep_up_quality(establishments: Iterable[Establishment]) -> None:
    """After establishments were stored: judge them anew, by what stands in their rows now."""
    _judge_anew([establishment.pk for establishment in establishments], timezone.localdate())


@transaction.atomic
def recount_quality() -> int:
    """Judge every record and count them anew, for rows that were loaded past the verbs; gives how many there are."""
    today, last, number = timezone.localdate(), 0, 0
    Quality.objects.all().delete()
    QualityCount.objects.all().delete()
    records = Establishment.objects.unclosed().in_lists().order_by("pk").values_list("pk", flat=True)
    while keys := list(records.filter(pk__gt=last)[: 10 * PIECE]):
        _judge_anew(keys, today)
        last, number = keys[-1], number + len(keys)
    QualityPass.objects.create(ended_at=timezone.now())
    raise_revision(REGISTER, less=False)
    return number


@transaction.atomic
def order_judging() -> None:
    """Let a job judge every record by the formula as it is now; called where a row of it was stored."""
    QualityPass.objects.filter(ended_at=None).update(ended_at=timezone.now())
    QualityPass.objects.create()
    judge_by_formula.enqueue()


def order_idle() -> int:
    """Order the jobs that nobody has ordered: judging by the formula, and whatever has grown old; gives how many."""
    ordered = 0
    newest = QualityPass.objects.first()
    if newest is None:
        order_judging()
        ordered += 1
    elif newest.ended_at is None and not is_ordered(judge_by_formula):
        judge_by_formula.enqueue()
        ordered += 1
    if not is_ordered(turn_day):
        turn_day.enqueue()
        ordered += 1
    return ordered


@task()
def judge_by_formula() -> None:
    """Judge all records by the formula, a piece in each transaction; a job that died is gone on with where it was."""
    with alone("data quality") as mine:
        if not mine:
            order_later(judge_by_formula)
            return
        while _judge_piece():
            pass


@task()
def turn_day() -> None:
    """Judge anew whatever held until yesterday, a piece in each transaction; mark the month; come again tomorrow."""
    with alone("data quality") as mine:
        if not mine:
            order_later(turn_day)
            return
        while _turn_piece(timezone.localdate()):
            pass
        mark_month(timezone.localdate())
        order_later(turn_day, wait=_till_tomorrow())


def _till_tomorrow() -> datetime.timedelta:
    now = timezone.localtime()
    midnight = (now + A_DAY).replace(hour=0, minute=SOON_AFTER, second=0, microsecond=0)
    return midnight - now


@transaction.atomic
def _judge_piece() -> bool:
    """Whether there is more to do."""
    newest = QualityPass.objects.select_for_update().first()
    if newest is None or newest.ended_at:
        return False
    keys = _held(Establishment.objects.filter(pk__gt=newest.last))
    _judge_anew(keys, timezone.localdate())
    newest.last = keys[-1] if keys else newest.last
    newest.ended_at = None if keys else timezone.now()
    newest.save()
    if not keys:
        raise_revision(REGISTER, less=False)
    return bool(keys)


@transaction.atomic
def _turn_piece(today: datetime.date) -> bool:
    old = Quality.objects.filter(until__lt=today).order_by("until", "pk").values("pk")[:PIECE]
    keys = _held(Establishment.objects.filter(pk__in=list(old.values_list("pk", flat=True))))
    _judge_anew(keys, today)
    if keys:
        raise_revision(REGISTER, less=False)
    return bool(keys)


def _held(records: Any) -> list[int]:
    """The keys of the first of these, held until the end of the transaction, in the order in which verbs hold them."""
    held = records.select_for_update(of=["self"], no_key=True).order_by("pk")
    return list(held.values_list("pk", flat=True)[:PIECE])


def _judge_anew(keys: Sequence[int], today: datetime.date) -> None:
    """Judge these records, store what differs, and move the counts. A few queries, however many there are."""
    formula = Formula()
    counting = formula.on(today)
    wanted, stored = {}, {}
    for key, (record, known) in known_of(keys, formula, kept=_KEPT).items():
        judged, until = judge(known, counting, today), holds_until(known, formula.rows, today)
        numbers = (judged.score, *judged.parts.values())
        wanted[key] = (record.regency_id, record.is_listed, *numbers, judged.fix, judged.lift, until)
        if kept := getattr(record, "quality", None):
            stored[key] = tuple(getattr(kept, name) for name in _KEPT)
    closed = Quality.objects.filter(pk__in=[key for key in keys if key not in wanted])
    stored |= {row[0]: row[1:] for row in closed.values_list("pk", *_KEPT)}
    closed.delete()
    changed = {key: row for key, row in wanted.items() if stored.get(key) != row}
    Quality.objects.bulk_create(
        [Quality(pk=key, **dict(zip(_KEPT, row, strict=True))) for key, row in changed.items()],
        update_conflicts=True,
        unique_fields=["establishment"],
        update_fields=[name.removesuffix("_id") for name in _KEPT],
    )
    _shift(
        [row for key, row in stored.items() if wanted.get(key) != row],
        list(changed.values()),
    )


def _shift(gone: Iterable[tuple[Any, ...]], new: Iterable[tuple[Any, ...]]) -> None:
    """Move the counts from the rows that are gone to the new ones."""
    moved: Counter[tuple[str, str]] = Counter()
    for rows, sign in ((gone, -1), (new, 1)):
        for regency, is_listed, *values in rows:
            if is_listed:
                moved[regency, "records"] += sign
                for name, having, value in zip(PARTS, HAVING, values, strict=False):
                    if value is not None:
                        moved[regency, name] += sign * value
                        moved[regency, having] += sign
    _QUALITY.move(moved)


def _shifted(rows: Rows) -> Iterator[Order]:
    moved = dict(rows)
    for regency in dict.fromkeys(regency for (regency, _name), _by in rows):
        yield _SHIFT, [regency, *(moved.get((regency, name), 0) for name in _COUNTED)]


_QUALITY = Kind(3, _shifted)
