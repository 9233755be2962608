"""What makers had reported of a quarter at the moment of a close, read from the versions of reports and products."""

from collections import defaultdict
from collections.abc import Mapping
from typing import Any, NamedTuple

from django.db.models import Max

from disperin.closes.models import Close
from disperin.figures.reported import ALL_REPORTS, REPORTED, REPORTED_BY, REPORTS, figures_of_report
from disperin.figures.sums import Sums
from disperin.registers.dated.quarters import Quarter
from disperin.registers.record.versions import events_of
from disperin.reports.models import QuarterlyReport, ReportedProduct
from disperin.reports.models.report import WORKERS
from disperin.reports.rules import period_of
from industries.models import Establishment
from industries.rules.small_sums import Cell

EVERY_REPORT: Cell = (ALL_REPORTS, "")
_COLUMNS = (
    "pgh_obj_id", "year", "quarter", "closed_on", "hidden", "establishment_id", "regency_id", "group", *WORKERS,
    "investment", "land_building_value",
)  # fmt: skip


class Marks(NamedTuple):
    """The numbers of the last versions of a moment, by what they are versions of."""

    establishments: int
    reports: int
    products: int


class Report(NamedTuple):
    """What a maker reported: the groups that it stands in, and its figures by measure."""

    cells: tuple[Cell, ...]
    figures: Mapping[str, int]


def last_marks() -> Marks:
    """Those of now."""
    models = (Establishment, QuarterlyReport, ReportedProduct)
    return Marks(*(events_of(model).objects.aggregate(last=Max("pgh_id"))["last"] or 0 for model in models))


def marks_of(close: Close) -> Marks | None:
    """Those of a close; None of one that holds no reports."""
    reports = close.told.get("reports")
    return Marks(close.told["last_event"], reports["last_event"], reports["last_product_event"]) if reports else None


def reports_at(quarter: Quarter, marks: Marks) -> dict[int, Report]:
    """`{primary key of the maker: what it had reported of a quarter}`; two queries."""
    events = events_of(QuarterlyReport).objects.filter(pgh_id__lte=marks.reports)
    about = {"year": quarter.year, "quarter": period_of(quarter)}
    last = events.filter(pgh_obj_id__in=events.filter(**about).values("pgh_obj_id")).order_by("pgh_obj_id", "-pgh_id")
    rows = [
        row
        for row in last.distinct("pgh_obj_id").values(*_COLUMNS)
        if row["closed_on"] is None and not row["hidden"] and all(row[name] == value for name, value in about.items())
    ]
    output = _output_of([row["pgh_obj_id"] for row in rows], marks)
    return {
        row["establishment_id"]: Report(_cells_of(row), figures_of_report(row, output.get(row["pgh_obj_id"], 0)))
        for row in rows
    }


def _output_of(reports: list[int], marks: Marks) -> dict[int, int]:
    events = events_of(ReportedProduct).objects.filter(report__in=reports, pgh_id__lte=marks.products)
    last = events.order_by("pgh_obj_id", "-pgh_id").distinct("pgh_obj_id")
    output: dict[int, int] = defaultdict(int)
    for row in last.values("report_id", "closed_on", "production_value"):
        if row["closed_on"] is None:
            output[row["report_id"]] += row["production_value"] or 0
    return output


def _cells_of(row: Mapping[str, Any]) -> tuple[Cell, ...]:
    codes = {"regency": row["regency_id"], "group": row["group"]}
    return (EVERY_REPORT, *((by.name, codes[by.field]) for by in REPORTED_BY))


def sums_of_reports(reports: Mapping[int, Report]) -> dict[Cell, Sums]:
    """The sums of every group, also of those of which nobody reported: that a group is named must tell nothing."""
    grouped: dict[Cell, list[Mapping[str, int]]] = {EVERY_REPORT: []}
    grouped |= {(by.name, code): [] for by in REPORTED_BY for code in by.labels()}
    for report in reports.values():
        for cell in report.cells:
            grouped.setdefault(cell, []).append(report.figures)
    return {cell: _added(some) for cell, some in grouped.items()}


def _added(some: list[Mapping[str, int]]) -> Sums:
    values = {
        REPORTS.name: len(some),
        **{measure.name: sum(report[measure.name] for report in some) for measure in REPORTED},
    }
    given = {measure.name: sum(report[measure.name] > 0 for report in some) for measure in REPORTED}
    return Sums(values, {REPORTS.name: len(some), **given})
