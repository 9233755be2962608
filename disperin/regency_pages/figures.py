"""What the registers hold of one regency, counted; each number with the address of exactly the list that it counts."""

import datetime
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext_lazy as _

from disperin.regions.models import Regency
from disperin.registers.record import reference, rollup
from disperin.registers.record.models import Origin
from disperin.ui.texts import Text
from industries import rules
from industries.models import Commodity
from industries.views.chains import products_of_chains

REGENCY = "regency"
MAKERS = "industries:establishment-list"
COMMODITIES = 8  # the fullest


@dataclass(frozen=True)
class Line:
    """How many of something there are, and the address of their list; `share` in percent of all of its kind."""

    label: Text
    number: int
    url: str
    share: float = 0


@dataclass(frozen=True)
class Chain:
    """A downstream chain as one regency has it: the products made here, and those with no registered maker here."""

    key: str
    name: str
    made: Sequence[Line]
    gaps: Sequence[Text]


@dataclass(frozen=True)
class Figures:
    """All of one regency that is public and counted."""

    makers: Line
    unchecked: Line  # of the makers: brought from an older system
    kept: Sequence[Line]  # of other public registers
    branches: Sequence[Line]
    scales: Sequence[Line]
    commodities: Sequence[Line]
    chains: Sequence[Chain]


# a public register beside the makers: its slug, what its records are called, and their list
_REGISTERS = (
    ("clusters", _("Production centres"), "industries:cluster-list"),
    ("awards", _("OVOP awards"), "ovop:award-list"),
    ("halal", _("Halal certificates on record"), "industries:halalcertification-list"),
    ("green", _("Green-industry certificates on record"), "industries:greencertification-list"),
    ("zones", _("Industrial zones"), "zones:zone-list"),
    ("partnerships", _("Partnerships"), "zones:partnership-list"),
)


def figures_of(regency: Regency, on: datetime.date) -> Figures:
    """The figures of a regency on this day: counts that the verbs keep, whatever their number of records."""
    here = _addresses(regency)
    counts = rollup.crossed_counts("establishments", REGENCY, regency.code)
    makers = rollup.counts_of("establishments").get(REGENCY, {}).get(regency.code, 0)
    listed = here(MAKERS)
    old = counts.get("origin", {}).get(Origin.OLDER_SYSTEM, 0)
    commodities = {
        commodity.pk: commodity.name for commodity in reference.rows_of(Commodity, counts.get("commodities", {}))
    }
    by_number = sorted(
        _lines(commodities, counts.get("commodities", {}), here, "commodity"), key=lambda line: -line.number
    )
    return Figures(
        makers=Line(_("Makers"), makers, listed()),
        unchecked=Line(_("Not checked yet"), old, listed(origin=Origin.OLDER_SYSTEM.value)),
        kept=[_kept(slug, label, here(view), regency.code) for slug, label, view in _REGISTERS],
        branches=_lines(dict(rules.Branch.choices), counts.get("branch", {}), here, "branch"),
        scales=_lines(dict(rules.IndustryScale.choices), counts.get("industry_scale", {}), here, "industry_scale"),
        commodities=by_number[:COMMODITIES],
        chains=_chains(counts.get("kbli", {}), on, regency.code),
    )


def _addresses(regency: Regency) -> Callable[[str], Callable[..., str]]:
    """A function `name of a list -> address of it, narrowed by this regency and whatever else is said`."""

    def of_list(view: str) -> Callable[..., str]:
        return lambda **more: f"{reverse(view)}?{urlencode({REGENCY: regency.code, **more})}"

    return of_list


def _kept(slug: str, label: Text, address: Callable[..., str], code: str) -> Line:
    return Line(label, rollup.counts_of(slug).get(REGENCY, {}).get(code, 0), address())


def _lines(
    labels: Mapping[str, Text], counted: Mapping[str, int], here: Callable[[str], Callable[..., str]], parameter: str
) -> list[Line]:
    """Those of the labels that count anybody, in their order, the makers of each."""
    whole, listed = sum(counted.values()), here(MAKERS)
    return [
        Line(label, counted[value], listed(**{parameter: value}), 100 * counted[value] / whole)
        for value, label in labels.items()
        if counted.get(value)
    ]


def _chains(counted: Mapping[str, int], on: datetime.date, code: str) -> list[Chain]:
    """The chains of which steps are entered, in the order of the province."""
    products: dict[str, list[dict[str, Any]]] = {}
    for product in products_of_chains(counted, on, **{REGENCY: code}):
        products.setdefault(product["step"].commodity, []).append(product)
    return [
        Chain(
            key,
            str(name),
            made=[_made(product) for product in products[key] if product["makers"]],
            gaps=[product["step"].product for product in products[key] if product["is_gap"]],
        )
        for key, name in settings.PROVINCE.downstream.items()
        if key in products
    ]


def _made(product: dict[str, Any]) -> Line:
    """A product with its makers; their list, where one class makes it, else the step in the chain of the province."""
    classes = [kbli_class for kbli_class in product["classes"] if kbli_class["number"]]
    step = f"{reverse('industries:downstream')}#{product['anchor']}"
    return Line(product["step"].product, product["makers"], classes[0]["url"] if len(classes) == 1 else step)
