"""Quarterly reports of the sample: invented, and each says so. Deadline and duty are invented too."""

import datetime
from collections.abc import Sequence
from typing import Any

from django.utils import timezone

from disperin.accounts.models import User
from disperin.registers.dated.quarters import Quarter
from disperin.registers.record import directory
from disperin.reports import actions as reports
from disperin.reports.models import QuarterlyReport, ReportingDeadline, ReportingDuty
from disperin.reports.rules import State, period_of
from disperin.submissions import actions
from industries.models import Establishment

SOURCE = "Contoh, bukan ketentuan"
MOST, OF_THESE_OBLIGED = 6, 4  # makers that report; the others are small ones, of whom the sample obliges none


def create(records: Sequence[Establishment], *, by: User) -> list[QuarterlyReport]:
    """Publish reports of the two quarters that ended last, of a few makers, each elsewhere in SIINas."""
    last = Quarter.last_over(timezone.localdate())
    for quarter in (last.before, last):
        due = quarter.last_day + datetime.timedelta(days=15)
        row = ReportingDeadline(
            year=quarter.year, quarter=period_of(quarter), opens_on=quarter.first_day, due_on=due, source=SOURCE
        )
        reports.keep_deadline(row, by=by)
    for scale in ("menengah", "besar"):
        reports.keep_duty(ReportingDuty(key=f"contoh_{scale}", scale=scale, source=SOURCE), by=by)
    still = Establishment.objects.current().filter(pk__in=[record.pk for record in records])  # some were closed since
    obliged = still.filter(industry_scale__in=("menengah", "besar")).order_by("pk")[:OF_THESE_OBLIGED]
    makers = [*obliged, *still.filter(industry_scale="kecil").order_by("pk")[: MOST - OF_THESE_OBLIGED]]
    made = []
    for at, maker in enumerate(makers):
        made += [_report(maker, quarter, at + number, by=by) for number, quarter in enumerate((last.before, last))]
    _file(made, by=by)
    return made


def _report(maker: Establishment, quarter: Quarter, more: int, *, by: User) -> QuarterlyReport:
    product = {"name": "Produk contoh", "unit": "buah", "produced": 100 + more, "production_value": 9_000_000 + more}
    values: dict[str, Any] = {
        "establishment": maker.number,
        "year": quarter.year,
        "quarter": period_of(quarter),
        "stage": "produksi",
        "group": "",
        "permanent_men": 2 + more,
        "permanent_women": 3,
        "investment": maker.investment,
        "products": [product],
        "materials": [{"kind": "baku", "name": "Bahan contoh", "unit": "kg", "quantity": 50, "value": 2_000_000}],
        "supplies": [{"kind": "listrik", "source": "Contoh", "unit": "kWh", "quantity": 300, "cost": 450_000}],
    }
    return actions.publish(directory.get("reports"), values, by=by)


def _file(made: Sequence[QuarterlyReport], *, by: User) -> None:
    """Let the first be accepted, the second returned, the third late, the fourth entered; the others wait."""
    paths = (
        [(State.SENT, 5), (State.ACCEPTED, 9)],
        [(State.SENT, 6), (State.RETURNED, 8)],
        [(State.SENT, 20)],
        [(State.DRAFT, 4)],
    )
    for report, path in zip(made, paths, strict=False):
        for state, days in path:
            day = min(report.period.last_day + datetime.timedelta(days=days), timezone.localdate())
            reports.note_step(report, state, day, by=by, reason="Contoh: kapasitas kosong.")
