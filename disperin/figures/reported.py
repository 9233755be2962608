"""What makers reported of a quarter, added up: workers, production and investment, of the reports that are verified.

For people with an account, within their reach; the public reads such sums as of quarter closes only
(`disperin/closes`). Quantities are not added up: their units differ.
"""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from functools import reduce
from operator import add
from typing import Any

from django.db.models import Count, F, Q, QuerySet, Sum
from django.db.models.functions import Coalesce
from django.utils.http import urlencode
from django.utils.translation import gettext_lazy as _

from disperin.accounts.models import User
from disperin.figures.sums import WHOLE, Measure, NoSuchDimension, Sums, dimension_named
from disperin.registers.dated.quarters import Quarter
from disperin.registers.lists.addresses import list_address
from disperin.registers.record import directory
from disperin.reports.models import QuarterlyReport, ReportedProduct, ReportingDuty
from disperin.reports.models.compliance import obliged_within
from disperin.reports.models.report import WORKERS
from disperin.reports.rules import Group, period_of
from disperin.ui.texts import Text

REPORTS = Measure("reports", _("Reports"), is_summed=False)
REPORTED = (
    Measure("reported_men", _("Male workers")),
    Measure("reported_women", _("Female workers")),
    Measure("reported_output", _("Value of production"), is_money=True),
    Measure("reported_investment", _("Investment without land and building"), is_money=True),
    Measure("reported_land", _("Value of land and building"), is_money=True),
)
REPORTED_MEASURES = (REPORTS, *REPORTED)
STATED_ALIKE = {  # what the register of establishments holds of the same maker, under the name of its own measure
    "reported_men": "workers_male",
    "reported_women": "workers_female",
    "reported_investment": "investment",
    "reported_land": "land_building_value",
}
_MEN = tuple(name for name in WORKERS if name.endswith("_men"))
_WOMEN = tuple(name for name in WORKERS if name.endswith("_women"))


@dataclass(frozen=True)
class ReportedBy:
    """A way of grouping reports. `field` is the column of a report, and the filter of its list, of the same name.

    `is_public`: closes tell visitors of its groups. A form may be that of one or two makers of the province, and all
    others of another; then nothing of either could be shown, nor their total.
    """

    name: str
    title: Text
    field: str
    is_public: bool = True

    @property
    def asked(self) -> str:
        """What the pages call it in their addresses, and what it is called of makers that are obliged."""
        return self.name.removeprefix("reports_")

    def labels(self) -> dict[str, Text]:
        """`{code: what it is called}` of the groups that there can be, in their order."""
        if self.field == "regency":
            return dimension_named("regency").labels()
        return {group.value: group.label for group in Group}


ALL_REPORTS = "reports"  # the dimension of one group in closes; `sums.WHOLE` is that of establishments
REPORTED_BY = (
    ReportedBy("reports_regency", _("Regency/city"), "regency"),
    ReportedBy("reports_form", _("Form of the report"), "group", is_public=False),
)


def reported_by_named(asked: str) -> ReportedBy:
    """Raises NoSuchDimension."""
    for by in REPORTED_BY:
        if by.asked == asked:
            return by
    raise NoSuchDimension(asked)


def figures_of_report(row: Mapping[str, Any], output: int) -> dict[str, int]:
    """What a report states by measure, of its columns and of the value of what was made; nothing counts as 0."""
    return {
        "reported_men": sum(row[name] or 0 for name in _MEN),
        "reported_women": sum(row[name] or 0 for name in _WOMEN),
        "reported_output": output,
        "reported_investment": row["investment"] or 0,
        "reported_land": row["land_building_value"] or 0,
    }


def reported_sums(reports: QuerySet[QuarterlyReport], by: ReportedBy) -> dict[str, Sums]:
    """`{code: Sums}` of the groups that hold a report, and that of all under `WHOLE`. Two queries."""
    made = ReportedProduct.objects.filter(closed_on=None, report__in=reports.order_by().values("pk"))
    output: dict[str, Any] = {
        row["group"]: row
        for row in made.order_by()
        .annotate(group=F(f"report__{by.field}"))
        .values("group")
        .annotate(sum=Sum("production_value"), given=Count("report", distinct=True, filter=Q(production_value__gt=0)))
    }
    men, women = _together(_MEN), _together(_WOMEN)
    plain = {"reported_men": men, "reported_women": women, "reported_investment": F("investment"),
             "reported_land": F("land_building_value")}  # fmt: skip
    rows = reports.order_by().annotate(
        cell=F(by.field), **{f"of_{name}": expression for name, expression in plain.items()}
    )
    asked: dict[str, Any] = {"reports": Count("pk")}
    for name in plain:
        asked[f"sum_{name}"] = Sum(f"of_{name}")
        asked[f"given_{name}"] = Count("pk", filter=Q(**{f"of_{name}__gt": 0}))
    by_code: dict[str, Sums] = {}
    row: Any  # what is asked by names that are put together
    for row in rows.values("cell").annotate(**asked):
        beside = output.get(row["cell"], {"sum": 0, "given": 0})
        values = {measure.name: int(row.get(f"sum_{measure.name}") or 0) for measure in REPORTED}
        given = {measure.name: row.get(f"given_{measure.name}") or 0 for measure in REPORTED}
        values |= {REPORTS.name: row["reports"], "reported_output": int(beside["sum"] or 0)}
        given |= {REPORTS.name: row["reports"], "reported_output": beside["given"]}
        by_code[row["cell"]] = Sums(values, given)
    by_code[WHOLE] = _added_up(by_code.values())
    return by_code


def _added_up(rows: Collection[Sums]) -> Sums:
    """Several of them in one; noughts where there is none."""
    values = {measure.name: sum(row.values[measure.name] for row in rows) for measure in REPORTED_MEASURES}
    return Sums(values, {measure.name: sum(row.given[measure.name] for row in rows) for measure in REPORTED_MEASURES})


def obliged_by(user: User, quarter: Quarter, by: ReportedBy, duties: list[ReportingDuty]) -> dict[str, int] | None:
    """`{code: how many makers within reach are obliged}`, all of them under `WHOLE`; None where nobody said who is."""
    if not duties:
        return None
    rows = obliged_within(user, quarter, duties).order_by().values_list(by.asked).annotate(number=Count("pk"))
    numbers = dict(rows)
    return numbers | {WHOLE: sum(numbers.values())}


def reports_url(quarter: Quarter, **narrowed: str) -> str:
    """The list of the reports of a quarter within reach, narrowed so."""
    asked: dict[str, str | int] = {"year": quarter.year, "quarter": period_of(quarter), **narrowed}
    return f"{list_address(directory.get('reports'))}?{urlencode(asked)}"


def _together(names: tuple[str, ...]) -> Any:
    return reduce(add, (Coalesce(F(name), 0) for name in names))
