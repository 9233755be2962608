"""What a report is compared with: the newest earlier report of the same maker, and the maker as it was in the quarter.

Both are questions that a form asks of its context (docs/how-to/check-many-rows.md): of one report, or of a thousand.
"""

import datetime
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from decimal import Decimal
from typing import Any, NamedTuple

from django.db.models import Q

from disperin.registers.dated.quarters import Quarter
from disperin.registers.record.past import end_of
from disperin.registers.record.versions import events_of
from disperin.registers.record.withholding import unveil
from disperin.reports.models.parts import Machine, Material, ReportedProduct, Supply
from disperin.reports.models.report import MONEY, WORKERS, QuarterlyReport, workers_of
from disperin.reports.rules import Cell, period_of, quarter_of, row_name
from industries.models import Establishment

Asked = tuple[int, Quarter]  # primary key of a maker, and the quarter that it reports
COMPARED = {  # by part: the columns that name a row, and its figures
    "products": (
        ReportedProduct,
        ("name", "unit"),
        ("capacity", "installed_capacity", "produced", "production_value", "sold", "sales_value"),
    ),
    "materials": (Material, ("kind", "name", "unit"), ("quantity", "value")),
    "supplies": (Supply, ("kind", "source", "unit"), ("quantity", "cost")),
    "machines": (Machine, ("name", "year"), ("number", "value")),
}


class Earlier(NamedTuple):
    """An earlier report with its figures."""

    key: int
    number: str
    quarter: Quarter
    figures: dict[Cell, Decimal | int]


class Maker(NamedTuple):
    """What decides which form a maker fills in."""

    scale: str
    kbli: str


def figures_of(record: dict[str, Any], rows: Mapping[str, Iterable[Mapping[str, Any]]]) -> dict[Cell, Decimal | int]:
    """The figures that are compared, of the columns of a report and of the rows of its parts. Rows alike add up."""
    figures: dict[Cell, Decimal | int] = {
        Cell("", "", name): record[name] for name in MONEY if record.get(name) is not None
    }
    workers = workers_of(record)
    if workers is not None:
        figures[Cell("", "", "workers")] = workers
    for part, (_model, named_by, columns) in COMPARED.items():
        for row in rows.get(part, ()):
            name = row_name(*(row.get(column) for column in named_by))
            for column in columns:
                if (figure := row.get(column)) is not None:
                    cell = Cell(part, name, column)
                    figures[cell] = figures.get(cell, 0) + figure
    return figures


def earlier_reports(asked: Sequence[Asked]) -> dict[Asked, Earlier]:
    """`{(maker, quarter): the newest report before it}`; six queries, however many are asked."""
    makers, last = {maker for maker, _quarter in asked}, max(quarter for _maker, quarter in asked)
    columns = ("pk", "number", "establishment", "year", "quarter", *MONEY, *WORKERS)
    before = Q(year__lt=last.year) | Q(year=last.year, quarter__lt=period_of(last))
    reports = QuarterlyReport.objects.current().filter(before, establishment__in=makers)
    known: dict[int, list[dict[str, Any]]] = defaultdict(list)
    for report in reports.order_by("-year", "-quarter").values(*columns):
        known[report["establishment"]].append(report | {"period": quarter_of(report["year"], report["quarter"])})
    chosen = {}
    for maker, quarter in asked:
        older = (report for report in known[maker] if report["period"] < quarter)
        if (report := next(older, None)) is not None:
            chosen[maker, quarter] = report
    rows = _rows_of({report["pk"] for report in chosen.values()})
    return {
        key: Earlier(report["pk"], report["number"], report["period"], figures_of(report, rows[report["pk"]]))
        for key, report in chosen.items()
    }


def _rows_of(reports: set[int]) -> dict[int, dict[str, list[dict[str, Any]]]]:
    rows: dict[int, dict[str, list[dict[str, Any]]]] = defaultdict(lambda: defaultdict(list))
    for part, (model, named_by, columns) in COMPARED.items():
        for row in model._default_manager.filter(report__in=reports, closed_on=None).values(
            "report", *named_by, *columns
        ):
            rows[row["report"]][part].append(row)
    return rows


def makers_then(asked: Sequence[Asked]) -> dict[Asked, Maker]:
    """`{(maker, quarter): Maker}` as each was at the end of that quarter; of one that runs, as it is.

    A maker that came into the register later is not in the answer: what it was then is not known. One query for each
    quarter that is asked.
    """
    by_quarter: dict[Quarter, list[int]] = defaultdict(list)
    for maker, quarter in asked:
        by_quarter[quarter].append(maker)
    known = {}
    for quarter, makers in by_quarter.items():
        events = events_of(Establishment).objects.filter(pgh_obj_id__in=makers)
        events = events.filter(pgh_created_at__lt=end_of(quarter.last_day))
        for event in events.order_by("pgh_obj_id", "-pgh_id").distinct("pgh_obj_id"):
            unveil(event)
            known[event.pgh_obj_id, quarter] = Maker(event.industry_scale, event.kbli_id)
    return known


def day_of(quarter: Quarter, today: datetime.date) -> datetime.date:
    """The day on which rules are read for a quarter: its last, or today while it runs."""
    return min(quarter.last_day, today)
