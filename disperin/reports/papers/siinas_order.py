"""The groups of data of a report in the order in which Permenperin 13/2025 Ps 7 names them, for whoever copies them.

Of the form of shipyards only its facilities, capacities and components were seen in print; the rest stands in the order
of medium and large industry.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any, NamedTuple

from django.db.models import Prefetch, QuerySet
from django.utils.text import capfirst
from django.utils.translation import gettext as _

from disperin.reports.models import Facility, Machine, Material, QuarterlyReport, ReportedProduct, Supply
from disperin.reports.models.report import SCHOOLING, SHARES, WORKERS
from disperin.reports.rules import LARGER_FORMS, FacilityKind, Group, MaterialKind, Stage, SupplyKind
from disperin.workbooks.files.cells import Cell

PARTS = {"products": ReportedProduct, "materials": Material, "supplies": Supply, "machines": Machine,
         "facilities": Facility}  # fmt: skip


class Named(NamedTuple):
    """A figure or text under its label."""

    label: str
    value: Any


@dataclass(frozen=True)
class Block:
    """One group: what is said once, and rows under their headings."""

    title: str
    lines: Sequence[Named] = ()
    headings: Sequence[str] = ()
    rows: Sequence[Sequence[Any]] = ()


def with_rows(reports: QuerySet[QuarterlyReport]) -> QuerySet[QuarterlyReport]:
    """The reports with all that their sheets say; seven queries, however many."""
    standing = [Prefetch(name, queryset=model._default_manager.filter(closed_on=None)) for name, model in PARTS.items()]
    return reports.select_related("establishment", "regency").prefetch_related(*standing)


def is_in_known_order(report: QuarterlyReport) -> bool:
    """Whether its blocks stand in the order that Ps 7 names: of shipyards and of building it is not known."""
    return report.group != Group.SHIPYARD and report.stage == Stage.PRODUCING


def blocks_of(report: QuarterlyReport) -> list[Block]:
    """The groups of one report by its form."""
    is_larger = report.group in LARGER_FORMS
    products, materials, supplies = (
        list(getattr(report, name).all()) for name in ("products", "materials", "supplies")
    )
    blocks = [Block(_("Ownership"), _lines(report, *SHARES, "foreign_country"))] if is_larger else []
    land = ("land_area",) if report.stage == Stage.BUILDING else ()
    blocks += [
        Block(_("Investment without land and building"), _lines(report, "investment")),
        Block(_("Land and building"), _lines(report, "land_building_value", *land)),
        _table(_("Capacity and installed capacity"), products, "name", "unit", "capacity", "installed_capacity"),
        _table(_("Production"), products, "name", "hs_code", "unit", "produced", "production_value"),
    ]
    if is_larger:
        shares = ("domestic_share", "export_share")
        blocks.append(_table(_("Sales"), products, "name", "unit", "sold", "sales_value", *shares))
    kinds = (MaterialKind.RAW, *((MaterialKind.AUXILIARY, MaterialKind.COMPONENT) if is_larger else ()))
    columns = ("name", "hs_code", "unit", "quantity", "value", "domestic_share", "country")
    blocks += [_kind(materials, kind, *columns) for kind in _with_others(kinds, materials)]
    blocks.append(Block(_("Workers"), _lines(report, *WORKERS, *SCHOOLING)))
    power = (SupplyKind.OWN_POWER, SupplyKind.SOLD_POWER) if is_larger else ()
    bought = (SupplyKind.WATER, SupplyKind.FUEL, SupplyKind.POWER, *power)
    blocks += [_kind(supplies, kind, "source", "unit", "quantity", "cost") for kind in _with_others(bought, supplies)]
    blocks.append(_table(_("Machines and tools"), report.machines.all(), "name", "year", "origin", "number", "value"))
    if is_larger:
        blocks += [Block(_text(report, name).label, [_text(report, name)]) for name in _TEXTS]
    facilities = list(report.facilities.all())
    if report.group == Group.SHIPYARD or facilities:
        blocks += [_kind(facilities, kind, "name", "unit", "capacity") for kind in FacilityKind]
    return blocks


_TEXTS = ("expenditure", "distribution_plan", "waste_treatment", "indi")


def _with_others(kinds: Sequence[Any], rows: Iterable[Any]) -> list[Any]:
    """The kinds that the form asks for, and those of rows that stand there nevertheless: nothing is left out."""
    asked = type(kinds[0])
    return [*kinds, *(kind for kind in asked if kind not in kinds and any(row.kind == kind for row in rows))]


def _kind(rows: Iterable[Any], kind: Any, *names: str) -> Block:
    return _table(str(kind.label), [row for row in rows if row.kind == kind], *names)


def _table(title: str, entered: Iterable[Any], *names: str) -> Block:
    rows = list(entered)
    if not rows:
        return Block(title)
    model = type(rows[0])
    return Block(
        title, (), [_label(model, name) for name in names], [[getattr(row, name) for name in names] for row in rows]
    )


def _lines(report: QuarterlyReport, *names: str) -> list[Named]:
    return [_text(report, name) for name in names]


def _text(report: QuarterlyReport, name: str) -> Named:
    return Named(_label(QuarterlyReport, name), getattr(report, name))


def _label(model: Any, name: str) -> str:
    return str(capfirst(model._meta.get_field(name).verbose_name))


OF_RECORD = (
    *SHARES, "foreign_country", "investment", "land_building_value", "land_area", *WORKERS, *SCHOOLING, *_TEXTS,
    "signer", "signer_post", "parent_company", "jump_reason",
)  # fmt: skip
OF_PARTS = {
    "products": (
        "name", "hs_code", "unit", "capacity", "installed_capacity", "produced", "production_value", "sold",
        "sales_value", "domestic_share", "export_share",
    ),
    "materials": ("kind", "name", "hs_code", "unit", "quantity", "value", "domestic_share", "country"),
    "supplies": ("kind", "source", "unit", "quantity", "cost"),
    "machines": ("name", "year", "origin", "number", "value"),
    "facilities": ("kind", "name", "unit", "capacity"),
}  # fmt: skip


def columns_of_batch(part: str = "") -> list[tuple[str, str]]:
    """`[(column, heading)]` of the sheet of reports, or of that of a part, in the same order."""
    model: Any = PARTS[part] if part else QuarterlyReport
    return [(name, _label(model, name)) for name in (OF_PARTS[part] if part else OF_RECORD)]


def cell(row: Any, name: str) -> Cell:
    """What a column of a row holds, as a cell: figures as figures, choices in words."""
    value = getattr(row, name)
    if isinstance(value, Decimal):
        return int(value) if value == value.to_integral_value() else float(value)
    choices = row._meta.get_field(name).choices
    return str(getattr(row, f"get_{name}_display")()) if choices else value
