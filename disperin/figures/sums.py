"""What the registers hold inside, added up: workers and money of establishments by regency, branch, class and scale.

For people with an account, within their reach; the public reads such sums as of quarter closes only
(`disperin/closes`). The verbs keep them (docs/decisions/0080), so that a page costs the same for a million makers.
"""

from collections import Counter, defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.contrib.postgres.fields import ArrayField
from django.db.models import Count, Q, Sum
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext_lazy as _

from disperin.accounts.models import User
from disperin.regions.models import Regency
from disperin.registers.record import directory, group_sums, reference
from disperin.registers.values.columns import column
from disperin.ui.texts import Text
from industries.models import Commodity, Establishment, KbliClass

WHOLE = "all"  # the dimension of one group, which holds everybody
NOWHERE = "-"  # no regency: who has none, and does not see all, reaches nothing
_DIVISION = len("2025-13")  # of the key of a KBLI class: version and two digits


class NoSuchDimension(LookupError):
    """Nothing is summed by this."""


@dataclass(frozen=True)
class Measure:
    """What is added up. `is_summed`: a figure that establishments state; the others count establishments."""

    name: str
    label: Text
    is_summed: bool = True
    is_money: bool = False


UNITS = Measure("units", _("Establishments"), is_summed=False)
WITHOUT_NIB = Measure("without_nib", _("Without NIB"), is_summed=False)
SUMMED = (
    Measure("workers_male", _("Male workers")),
    Measure("workers_female", _("Female workers")),
    Measure("investment", _("Investment"), is_money=True),
    Measure("land_building_value", _("Value of land and building"), is_money=True),
    Measure("capital", _("Business capital"), is_money=True),
    Measure("annual_sales", _("Annual sales"), is_money=True),
)
MEASURES = (UNITS, WITHOUT_NIB, *SUMMED)


@dataclass(frozen=True)
class Dimension:
    """A way of grouping. `parameter` narrows the table of establishments to a group; `is_public`: visitors may know it.

    `kind` stands for a column of the inside, which the table takes as `kind=<column>:<code>`.
    """

    name: str
    title: Text
    field: str
    parameter: str = ""
    is_public: bool = True

    @property
    def is_several(self) -> bool:
        """Whether an establishment may stand in several groups, or in none, so that they do not add up to all."""
        return isinstance(column(Establishment, self.field), ArrayField)

    @property
    def kept_by(self) -> str:
        """The column by which the verbs keep its sums (`Establishment.summed`)."""
        return "kbli_group_id" if self.name == "division" else self.field

    def group_of(self, code: str) -> str:
        """The group that this value of that column lies in."""
        return code[:_DIVISION] if self.name == "division" else code

    def codes_of(self, row: Mapping[str, Any]) -> list[str]:
        """The groups of an establishment whose columns these are."""
        value = row[self.field]
        if self.is_several:
            return list(dict.fromkeys(value))
        return [value[:_DIVISION] if self.name == "division" else value] if value else []

    def query(self, code: str) -> dict[str, str]:
        """What narrows the table to this group."""
        return {self.parameter: code} if self.parameter else {"kind": f"{self.field}:{code}"}

    def labels(self) -> dict[str, Text]:
        """`{code: what it is called}` of the groups that there can be, in their order."""
        if self.name == "regency":
            return {regency.code: regency.name for regency in reference.rows_of(Regency, _ordered(Regency))}
        if self.name == "division":
            divisions = KbliClass.objects.filter(level=2).order_by("-version", "code")
            return {
                division.key: f"{division.code} {division.title} (KBLI {division.version})" for division in divisions
            }
        if self.name == "commodity":
            return {commodity.pk: commodity.name for commodity in reference.rows_of(Commodity, _ordered(Commodity))}
        return dict(column(Establishment, self.field).flatchoices)


def _ordered(model: Any) -> list[Any]:
    return sorted(reference.Tables().table(model))


DIMENSIONS = (
    Dimension("regency", _("Regency/city"), "regency_id", "regency"),
    Dimension("branch", _("Branch of industry"), "branch", "branch"),
    Dimension("division", _("KBLI, two digits"), "kbli_id", "kbli_division"),
    Dimension("industry_scale", _("Scale of the industry"), "industry_scale", "industry_scale"),
    Dimension("business_scale", _("Scale of the business"), "business_scale", is_public=False),
    Dimension("statistical_scale", _("Scale in statistics"), "statistical_scale", is_public=False),
    Dimension("commodity", _("Commodity"), "commodities", "commodity"),
)


@dataclass(frozen=True)
class Sums:
    """The sums of a group by measure; `given` says how many establishments have more than nothing of each."""

    values: Mapping[str, int]
    given: Mapping[str, int]


def dimension_named(name: str) -> Dimension:
    """Raises NoSuchDimension."""
    for dimension in DIMENSIONS:
        if dimension.name == name:
            return dimension
    raise NoSuchDimension(name)


def sums_within(user: User, dimension: Dimension) -> tuple[dict[str, Sums], Sums]:
    """`{code: Sums}` of the groups that hold anybody, and those of all: of the open establishments within reach.

    As the verbs keep them (`disperin/registers/record/group_sums.py`): one query, whatever the register holds; two more
    as of a past day, which cost by what changed since.
    """
    regency = None if user.sees_all else str(user.regency_id or NOWHERE)
    kept = group_sums.read(directory.of(Establishment).slug, Establishment, dimension.kept_by, regency)
    values: defaultdict[str, Counter[str]] = defaultdict(Counter)
    given: defaultdict[str, Counter[str]] = defaultdict(Counter)
    for cell, total in kept.total.items():
        group = WHOLE if cell.column == group_sums.WHOLE else dimension.group_of(cell.code)
        name = UNITS.name if cell.measure == group_sums.RECORDS else cell.measure
        values[group][name] += total
        given[group][name] += kept.given[cell]
    sums = {group: _as_kept(values[group], given[group]) for group in values if values[group][UNITS.name]}
    return sums, sums.pop(WHOLE, None) or _as_kept(Counter(), Counter())


def _as_kept(values: Mapping[str, int], given: Mapping[str, int]) -> Sums:
    names = [measure.name for measure in MEASURES]
    return Sums({name: values[name] for name in names}, {name: given[name] for name in names})


def aggregates() -> dict[str, Any]:
    """What a query over establishments asks for, by names that no column has; `as_sums` reads its answer."""
    asked: dict[str, Any] = {"units": Count("pk"), "without_nib": Count("pk", filter=Q(nib=""))}
    for measure in SUMMED:
        asked[f"sum_{measure.name}"] = Sum(measure.name)
        asked[f"given_{measure.name}"] = Count("pk", filter=Q(**{f"{measure.name}__gt": 0}))
    return asked


def as_sums(row: Mapping[str, Any]) -> Sums:
    """The Sums of a group, of what was asked by `aggregates`."""
    counted = {measure.name: row[measure.name] for measure in (UNITS, WITHOUT_NIB)}
    return Sums(
        values=counted | {measure.name: int(row[f"sum_{measure.name}"] or 0) for measure in SUMMED},
        given=counted | {measure.name: row[f"given_{measure.name}"] for measure in SUMMED},
    )


def table_url(**narrowed: str) -> str:
    """The table of the establishments within reach, narrowed so."""
    return f"{reverse('mydata:table', args=['establishments'])}?{urlencode(narrowed or {'all': 'on'})}"
