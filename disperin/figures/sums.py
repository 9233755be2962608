"""What the registers hold inside, added up: workers and money of establishments by regency, branch, class and scale.

For people with an account, within their reach; the public reads such sums as of quarter closes only
(`disperin/closes`). Everything is counted in the database; all of them are read once, for groups and total alike.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from django.contrib.postgres.fields import ArrayField
from django.db.models import CharField, Count, F, Func, Q, QuerySet, Sum
from django.db.models.expressions import Combinable
from django.db.models.functions import Cast, Left
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext_lazy as _

from disperin.accounts.models import User
from disperin.regions.models import Regency
from disperin.registers.record import reference
from disperin.registers.values.columns import column
from disperin.ui.texts import Text
from industries.models import Commodity, Establishment, KbliClass

WHOLE = "all"  # the dimension of one group, which holds everybody
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
    def code(self) -> Combinable:
        """What an establishment's group is, as the database reads it."""
        if self.is_several:
            return Cast(Func(F(self.field), function="unnest"), CharField())
        return Left("kbli_id", _DIVISION) if self.name == "division" else F(self.field)

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


def sums_of(establishments: QuerySet[Any]) -> Sums:
    """All of them in one. One query."""
    return as_sums(establishments.aggregate(**aggregates()))


def sums_by(establishments: QuerySet[Any], dimension: Dimension) -> dict[str, Sums]:
    """`{code: Sums}` of the groups that hold anybody. One query."""
    rows = establishments.order_by().annotate(group=dimension.code).values("group").annotate(**aggregates())
    return {row["group"]: as_sums(row) for row in rows if row["group"]}


def sums_by_and_of(establishments: QuerySet[Any], dimension: Dimension) -> tuple[dict[str, Sums], Sums]:
    """`sums_by` and `sums_of`; one query where each of them stands in one group, which then add up to all."""
    if dimension.is_several:
        return sums_by(establishments, dimension), sums_of(establishments)
    rows = establishments.order_by().annotate(group=dimension.code).values("group").annotate(**aggregates())
    groups = {row["group"]: as_sums(row) for row in rows}
    return {group: sums for group, sums in groups.items() if group}, _together(groups.values())


def sums_within(user: User, dimension: Dimension) -> tuple[dict[str, Sums], Sums]:
    """`sums_by_and_of` the open establishments within somebody's reach."""
    return sums_by_and_of(Establishment.objects.within_reach(user).unclosed().in_lists(), dimension)


def _together(groups: Iterable[Sums]) -> Sums:
    every, names = list(groups), [measure.name for measure in MEASURES]
    return Sums(
        values={name: sum(sums.values[name] for sums in every) for name in names},
        given={name: sum(sums.given[name] for sums in every) for name in names},
    )


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
