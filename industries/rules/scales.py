"""The three sizes of an establishment, derived from its figures, never typed; each says by which rule set and why."""

from dataclasses import dataclass
from datetime import date
from typing import NamedTuple

from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from industries.rules.choices import BusinessScale, IndustryScale, StatisticalScale

RULE_SET_LENGTH = 40
REASON_LENGTH = 60
BILLION = 1_000_000_000  # one miliar rupiah


class Classification(NamedTuple):
    """A derived size: the code of the class, the rule set that gave it, and a lasting code why (`explain`)."""

    value: str
    rule_set: str
    reason: str


@dataclass(frozen=True)
class IndustryLimits:
    """The limits of an industry's scale, workers and rupiah of investment, in force since a day.

    The two switches say whether the investment that is compared leaves land and building of the place of business out:
    that of a small industry (few workers), and that of a medium and large one (many workers).
    """

    rule_set: str
    since: date
    few_workers: int
    small_below: int
    medium_at_most: int
    small_without_land: bool
    medium_without_land: bool


@dataclass(frozen=True)
class BusinessLimits:
    """Upper limits in rupiah of micro, small and medium businesses, by yearly sales and by capital."""

    rule_set: str
    annual_sales: tuple[int, int, int]
    capital: tuple[int, int, int]


@dataclass(frozen=True)
class StatisticalLimits:
    """The most workers of a micro, a small and a medium establishment."""

    rule_set: str
    workers: tuple[int, int, int]


# Permenperin 64/M-IND/PER/7/2016, which carries out UU 3/2014 Ps 102(4): at most 19 workers and less than 1 miliar is
# small; at most 19 and 1 miliar or more is medium, whatever the amount; from 20 workers up to 15 miliar is medium,
# above it large. The words "tidak termasuk tanah dan bangunan tempat usaha" were found in the definition of small
# industry; for medium and large ones it is not certain that they are left out: the portal does so until the office has
# read the whole text, and then the switch here says it. Of its day only the month was found, which its number names.
PERMENPERIN_64_2016 = IndustryLimits(
    "Permenperin 64/2016",
    since=date(2016, 7, 1),
    few_workers=19,
    small_below=BILLION,
    medium_at_most=15 * BILLION,
    small_without_land=True,
    medium_without_land=True,
)
INDUSTRY_RULES = (PERMENPERIN_64_2016,)  # a rule that follows is added with its day: earlier days keep theirs
# PP 7/2021 Ps 35: capital counts for new businesses, yearly sales for those that already sell.
PP_7_2021 = BusinessLimits(
    "PP 7/2021 Ps 35",
    annual_sales=(2 * BILLION, 15 * BILLION, 50 * BILLION),
    capital=(BILLION, 5 * BILLION, 10 * BILLION),
)
# Size classes of BPS statistics: 1-4, 5-19, 20-99, 100 and more workers.
BPS = StatisticalLimits("BPS", (4, 19, 99))

_NEEDS = "needs:"
_REASONS = {
    "few_workers_below": _("At most 19 workers and less than Rp 1 billion of investment."),
    "few_workers_from": _("At most 19 workers and Rp 1 billion or more of investment."),
    "many_workers_up_to": _("20 workers or more and at most Rp 15 billion of investment."),
    "many_workers_above": _("20 workers or more and above Rp 15 billion of investment."),
    "annual_sales": _("By the annual sales, because they are known."),
    "capital": _("By the business capital without land and building, because the annual sales are not known."),
    "workers": _("By the number of workers."),
}
_WITH_LAND = "+land"  # ends a reason where land and building were counted
_LAND = {  # by how a reason ends or begins
    _WITH_LAND: _("Counted with land and building."),
    "few_workers": _(
        "Land and building are left out: the definition of small industry says “tidak termasuk tanah dan bangunan "
        "tempat usaha”."
    ),
    "many_workers": _(
        "Counted without land and building; the words “tidak termasuk tanah dan bangunan tempat usaha” were found only "
        "in the definition of small industry."
    ),
}
_MISSING = {
    "no_workers": _("at least one worker (both counts are zero)"),
    "workers": _("the number of male and of female workers"),
    "workers_male": _("the number of male workers"),
    "workers_female": _("the number of female workers"),
    "investment": _("the investment without land and building"),
    "land_building_value": _("the value of land and building"),
    "annual_sales_or_capital": _("the annual sales or the business capital"),
}


def industry_scale(
    *,
    workers_male: int | None,
    workers_female: int | None,
    investment: int | None,
    land_building_value: int | None = None,
    limits: IndustryLimits = PERMENPERIN_64_2016,
) -> Classification:
    """Scale of an industry by its workers and its investment in rupiah (64/2016).

    `investment` is without land and building; their value counts where the switch of the class says so. Anything
    missing, no worker at all, or only one of the two counts: `IndustryScale.UNKNOWN` with what is missing. A negative
    figure counts as missing.
    """
    missing = _missing_workers(workers_male, workers_female)
    workers = (workers_male or 0) + (workers_female or 0)
    has_few = workers <= limits.few_workers
    without_land = limits.small_without_land if has_few else limits.medium_without_land
    if not _known(investment):
        missing.append("investment")
    if not missing and not without_land and not _known(land_building_value):
        missing.append("land_building_value")
    if missing:
        return _not_yet(IndustryScale.UNKNOWN, limits.rule_set, missing)
    rupiah = (investment or 0) + (0 if without_land else land_building_value or 0)
    if has_few:
        is_below = rupiah < limits.small_below
        scale = IndustryScale.SMALL if is_below else IndustryScale.MEDIUM
        reason = "few_workers_below" if is_below else "few_workers_from"
    else:
        is_within = rupiah <= limits.medium_at_most
        scale = IndustryScale.MEDIUM if is_within else IndustryScale.LARGE
        reason = "many_workers_up_to" if is_within else "many_workers_above"
    return Classification(scale.value, limits.rule_set, reason if without_land else reason + _WITH_LAND)


def industry_rules_on(day: date) -> IndustryLimits:
    """The rule set in force on a day: the last that began; the first one for days before it."""
    begun = [limits for limits in INDUSTRY_RULES if limits.since <= day]
    return begun[-1] if begun else INDUSTRY_RULES[0]


def business_scale(
    *, capital: int | None, annual_sales: int | None, limits: BusinessLimits = PP_7_2021
) -> Classification:
    """Scale of a business in rupiah (PP 7/2021 Ps 35): by annual sales where known, else by capital, else unknown.

    The reason names which of the two decided. Zero is a known figure; a negative one counts as missing.
    """
    classes = (BusinessScale.MICRO.value, BusinessScale.SMALL.value, BusinessScale.MEDIUM.value)
    if annual_sales is not None and annual_sales >= 0:
        value = _class_of(annual_sales, limits.annual_sales, classes, BusinessScale.LARGE.value)
        return Classification(value, limits.rule_set, "annual_sales")
    if capital is not None and capital >= 0:
        value = _class_of(capital, limits.capital, classes, BusinessScale.LARGE.value)
        return Classification(value, limits.rule_set, "capital")
    return _not_yet(BusinessScale.UNKNOWN, limits.rule_set, ["annual_sales_or_capital"])


def statistical_scale(
    workers_male: int | None, workers_female: int | None, *, limits: StatisticalLimits = BPS
) -> Classification:
    """Size class of BPS statistics by all workers; unknown with the reason when a count is missing or both are zero."""
    missing = _missing_workers(workers_male, workers_female)
    if missing:
        return _not_yet(StatisticalScale.UNKNOWN, limits.rule_set, missing)
    classes = (StatisticalScale.MICRO.value, StatisticalScale.SMALL.value, StatisticalScale.MEDIUM.value)
    workers = (workers_male or 0) + (workers_female or 0)
    return Classification(
        _class_of(workers, limits.workers, classes, StatisticalScale.LARGE.value), limits.rule_set, "workers"
    )


def explain(reason: str) -> str:
    """The words of a reason code in the language of the moment; a code nobody knows comes back as it is, "" as ""."""
    if reason.startswith(_NEEDS):
        wanted = [str(_MISSING.get(code, code)) for code in reason.removeprefix(_NEEDS).split("+")]
        return gettext("Not yet classifiable. Still needed: %(wanted)s.") % {"wanted": "; ".join(wanted)}
    limits = _REASONS.get(reason.removesuffix(_WITH_LAND))
    if limits is None:
        return reason
    land = next((text for part, text in _LAND.items() if reason.endswith(part) or reason.startswith(part)), "")
    return f"{limits} {land}".strip()


def _known(figure: int | None) -> bool:
    return figure is not None and figure >= 0


def _missing_workers(workers_male: int | None, workers_female: int | None) -> list[str]:
    """Codes of what the two counts lack: both, one of them, or any worker at all."""
    if not _known(workers_male) and not _known(workers_female):
        return ["workers"]
    if not _known(workers_male):
        return ["workers_male"]
    if not _known(workers_female):
        return ["workers_female"]
    return [] if (workers_male or 0) + (workers_female or 0) else ["no_workers"]


def _not_yet(
    unknown: IndustryScale | BusinessScale | StatisticalScale, rule_set: str, missing: list[str]
) -> Classification:
    return Classification(unknown.value, rule_set, _NEEDS + "+".join(missing))


def _class_of(figure: int, limits: tuple[int, ...], classes: tuple[str, ...], above: str) -> str:
    """The first class whose upper limit is not exceeded."""
    return next((name for limit, name in zip(limits, classes, strict=True) if figure <= limit), above)
