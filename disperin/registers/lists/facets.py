"""What a list can be narrowed by, with how many records each choice would leave."""

from collections import Counter
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import chain
from typing import Any, cast

from django.db.models import CharField, F, QuerySet, Value
from django.db.models.functions import Cast
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from disperin.regions.models import Regency
from disperin.registers.hiding.hidden import Hidden
from disperin.registers.record import directory, past, rollup
from disperin.registers.record.models import FacetCount, Origin, Record, RecordQuerySet
from disperin.ui.formats import capped, number
from disperin.ui.listing import extended, with_query
from disperin.ui.texts import Text

MOST_COUNTED = 1000  # matches are counted up to here; beyond it lists say "1.000+"


@dataclass(frozen=True)
class Facet:
    """A column that lists are narrowed by. `names` gives (value, label) rows for codes; choices need none."""

    name: str  # as in the model's `facets`
    title: Text
    parameter: str  # as in the address
    names: Callable[[dict], QuerySet] | None = None
    drops: tuple[str, ...] = ()  # parameters that make no sense once this one changes
    within: str = ""  # only offered once this parameter is chosen
    by_count: bool = False  # the fullest first, instead of the order of the list
    language_of: Callable[[str], str] = lambda value: ""  # of a label, where it may be other than that of the page
    scale_of: Callable[[str], str] = lambda value: ""  # values of different scales are never compared or added up
    scales: Text = ""  # says so to a reader of several

    def wholes(self, counted: Mapping[str, int], whole: int) -> dict[str, int]:
        """What the number of each value is a part of: the whole, or of several scales all that its own counts."""
        scales: Counter[str] = Counter()
        for value, count in counted.items():
            scales[self.scale_of(value)] += count
        return {value: scales[self.scale_of(value)] if self.scale_of(value) else whole for value in counted}

    def is_of_one_scale(self, counted: Mapping[str, int]) -> bool:
        """Whether what is counted may be compared."""
        return len({self.scale_of(value) for value, count in counted.items() if count}) <= 1


def regencies(active: Mapping[str, Any]) -> QuerySet[Regency]:
    """The regencies with their names."""
    return Regency.objects.annotate(label=F("name"))


ORIGIN = Facet("origin", _("Origin of the data"), "origin", by_count=True)  # of every register


@dataclass(frozen=True)
class Counts:
    """How many records a list holds, and how many of them have each value of each facet.

    `unchecked` are those brought from an older system that nobody has checked: they are always told apart.
    """

    total: int
    exact: bool
    of: Mapping[str, Mapping[str, int]]
    everywhere: Mapping[str, Mapping[str, int]]  # of the whole register
    few: tuple[int, ...] | None = None  # the ids of all matches, where there are at most 1,000
    unchecked: int = 0

    @property
    def total_text(self) -> str:
        """The number of matches as people read it: "1.000+" where counting stopped."""
        return number(self.total) if self.exact else capped(self.total, MOST_COUNTED)

    @property
    def unchecked_text(self) -> str:
        """As `total_text`, of the unchecked ones; of the whole register their number is known beyond it."""
        is_known = self.unchecked == unchecked_of(self.everywhere)
        return number(self.unchecked) if is_known else capped(self.unchecked, MOST_COUNTED)


def unchecked_of(counts: Mapping[str, Mapping[str, int]]) -> int:
    """How many of a register (counts of the rollup) were brought from an older system and never checked."""
    return counts.get(ORIGIN.name, {}).get(Origin.OLDER_SYSTEM, 0)


def count(
    everywhere: Mapping[str, Mapping[str, int]] | None,
    model: type[Record],
    matches: RecordQuerySet,
    active: Mapping[str, Any],
    facets: Iterable[Facet],
) -> Counts:
    """Counts of a list: over its first 1,001 matches, or those of the rollup (`everywhere`) where nothing is filtered.

    `active` maps the parameters that narrow the list to their values. The rollup counts the whole register: it is None
    for whoever sees only a part of it. At most one query, and one for the unchecked ones among many matches.
    """
    kept, everywhere = everywhere is not None, everywhere or {}
    whole = everywhere.get(rollup.ALL[0], {}).get(rollup.ALL[1], 0)
    if kept and not active:
        return Counts(whole, True, everywhere, everywhere, unchecked=unchecked_of(everywhere))
    rows = list(matches.order_by().values_list("id", *model.facets.values())[: MOST_COUNTED + 1])
    ids, *columns = zip(*rows, strict=True) if rows else ((), *(() for _ in model.facets))
    counted: dict[str, Mapping[str, int]] = {
        name: _count(column) for name, column in zip(model.facets, columns, strict=True)
    }
    total, exact = len(ids), len(ids) <= MOST_COUNTED
    few = ids if exact else None
    unchecked = unchecked_of(counted)
    only = next(iter(active)) if kept and len(active) == 1 else ""
    for facet in facets:
        if facet.parameter == only:  # nothing else narrows the list: the rollup knows the neighbours too
            counted[facet.name] = everywhere.get(facet.name, {})
            total, exact = max(total, counted[facet.name].get(active[only], total)), True
    if few is None:
        some = unchecked_of(everywhere) if kept else _are_unchecked(model)
        unchecked = _unchecked_among(matches, active, total) if some else 0
    return Counts(total, exact, counted, everywhere, few, unchecked)


def _are_unchecked(model: type[Record]) -> bool:
    """Whether a register holds any: its kept counts say it, but for what is hidden. On a past day it may have."""
    if past.day():
        return True
    origin = {"facet": ORIGIN.name, "value": Origin.OLDER_SYSTEM, "number__gt": 0}
    if FacetCount.objects.filter(register=directory.of(model).slug, **origin).exists():
        return True
    unseen = model.objects.filter(hidden=True, origin=Origin.OLDER_SYSTEM).exclude(withheld={})
    return Hidden.objects.live().exists() and unseen.exists()


def _unchecked_among(matches: RecordQuerySet, active: Mapping[str, Any], total: int) -> int:
    """How many of more than 1,000 matches nobody has checked, counted as far as these."""
    if ORIGIN.parameter in active:
        return total if active[ORIGIN.parameter] == Origin.OLDER_SYSTEM else 0
    return matches.filter(origin=Origin.OLDER_SYSTEM).order_by()[: MOST_COUNTED + 1].count()


def _count(values: Sequence[Any]) -> Counter[str]:
    is_of_lists = values and isinstance(values[0], list)
    counted = Counter(chain.from_iterable(values) if is_of_lists else values)
    for nothing in (None, ""):
        counted.pop(nothing, None)
    return counted


def names_of(facets: Iterable[Facet], active: dict[str, str]) -> dict[str, dict[str, str]]:
    """The labels of the codes that the facets may show, as `{facet: {value: label}}`, in one query."""
    parts = [
        facet.names(active).order_by().values_list(Value(facet.name), Cast("pk", CharField()), "label")
        for facet in facets
        if facet.names and (not facet.within or facet.within in active)
    ]
    labels: dict[str, dict[str, str]] = {facet.name: {} for facet in facets}
    if parts:
        for name, value, label in parts[0].union(*parts[1:], all=True):
            labels[name][value] = label
    return labels


def shown(
    request: HttpRequest,
    model: type[Record],
    facets: Sequence[Facet],
    counts: Counts,
    names: Mapping[str, Mapping[str, str]],
    active: Mapping[str, Any],
) -> list[dict[str, Any]]:
    """The facets as the page shows them: dicts with title and options (value, label, count, url, active)."""
    listed = []
    for facet in facets:
        if facet.within and facet.within not in active:
            continue
        labels = names[facet.name] or dict(cast(Any, model._meta.get_field(facet.name)).choices or ())
        counted = counts.of.get(facet.name, {})
        more = () if counts.exact else counts.everywhere.get(facet.name, {})
        listed += shown_facet(request, facet, labels, counted, active, exact=counts.exact, more=more)
    return listed


def shown_facet(
    request: HttpRequest,
    facet: Facet,
    labels: Mapping[str, Text],
    counted: Mapping[str, int],
    active: Mapping[str, Any],
    *,
    exact: bool = True,
    more: Collection[str] = (),
) -> list[dict[str, Any]]:
    """One facet as the page shows it, in a list, which is empty where there is nothing to choose.

    `counted` says how many of the matches have each value, also of what no column says; `exact`: of all of them.
    `more` are values that may be there beyond the counted ones.
    """
    chosen = active.get(facet.parameter)
    values = {*counted, *more, chosen}
    without = with_query(request, **dict.fromkeys((facet.parameter, *facet.drops)))
    options: list[dict[str, Any]] = [
        {
            "value": value,
            "label": label,
            "language": facet.language_of(value),
            "count": counted.get(value),
            "at_least": not exact and 0 < counted.get(value, 0) <= MOST_COUNTED,
            "url": without if value == chosen else extended(without, facet.parameter, value),
            "active": value == chosen,
        }
        for value, label in labels.items()
        if value in values
    ]
    if facet.by_count:
        options.sort(key=lambda option: (not option["active"], -(option["count"] or 0), option["label"]))
    return [{"title": facet.title, "options": options, "open": bool(chosen) or not facet.by_count}] if options else []
