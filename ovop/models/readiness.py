"""Readiness in the database: the facts of a page of products, and the same judgement as `rules.judge` for all of them.

The facts are what the registers say now; halal certificates, decrees and years are those of the day asked for.
"""

import datetime
from collections.abc import Mapping
from typing import Any

from django.db import models
from django.db.models import Case, Count, Exists, F, OuterRef, Q, Subquery, Value, When
from django.db.models.functions import Coalesce, ExtractYear, Greatest

from disperin.registers.dated.validity import in_force
from industries.models import Cluster, Establishment, HalalCover, Product
from industries.models.cluster import ClusterQuerySet
from industries.models.standing import ProductQuerySet
from industries.rules import Branch, HalalCategory
from ovop import rules
from ovop.models.judging import EVERY_ROW, NUMBER, Weighed, with_judgement
from ovop.models.standards import FactRow, Gate, ReadinessWeight
from ovop.rules import Fact
from ovop.rules.readiness import Readiness

_FOOD = (HalalCategory.FOOD, HalalCategory.DRINK, HalalCategory.INGREDIENT)
IS_FOOD = Q(halal_category__in=_FOOD) | Q(halal_category="", establishment__branch=Branch.FOOD)
_THERE = {
    Fact.NIB: ~Q(establishment__nib=""),
    Fact.PERMIT: Q(permits__len__gt=0),
    Fact.BRAND: ~Q(brand=""),
    Fact.DESCRIPTION: ~Q(description_id=""),
    Fact.ENGLISH: ~Q(description_en=""),
    Fact.EXPORT: Q(export_share__gt=0),
}


Standards = tuple[list[Gate], list[ReadinessWeight]]  # what opens the door, and what weighs how much


def with_facts(products: ProductQuerySet, on: datetime.date) -> ProductQuerySet:
    """Each product with `fact_<code>`: how much of each `Fact` it has on a day, NULL where it need not have it."""
    return products.annotate(**{f"fact_{fact}": _asked(fact, _number_of(fact, on)) for fact in Fact})


def readiness_of(
    product: Product | Mapping[str, Any], on: datetime.date, *, standards: Standards | None = None
) -> Readiness:
    """The `Readiness` of one product, or of a row of `with_facts`; `standards` as of `standards_on`, else read."""
    gates, weights = standards_on(on) if standards is None else standards
    row = product
    if isinstance(row, Product):
        row = with_facts(Product.objects.filter(pk=row.pk), on).values(*FACT_COLUMNS).get()
    facts = {fact.value: row[f"fact_{fact}"] for fact in Fact}
    return rules.judge(facts, gates=gates, weights=weights)


FACT_COLUMNS = tuple(f"fact_{fact}" for fact in Fact)


def standards_on(on: datetime.date, *, instead: FactRow | None = None) -> Standards:
    """The gates and the weights in force on a day; `instead` is a row that replaces the one of its key, or is new."""

    def rows(model: type[FactRow]) -> list[Any]:
        kept: list[Any] = list(model._default_manager.all())
        if isinstance(instead, model):
            kept = [row for row in kept if row.pk != instead.pk] + [instead]
        return in_force(kept, on)

    return rows(Gate), rows(ReadinessWeight)


def judged(
    products: ProductQuerySet, on: datetime.date, *, standards: Standards, name: str = "ready"
) -> ProductQuerySet:
    """Each product with `<name>_passes` (are all gates open?) and `<name>_score` (0–100, 0 where nothing weighs)."""
    gates, weights = standards
    return with_judgement(
        products,
        gates=[_met(gate, on) for gate in gates],
        weights=[Weighed(_has(row, on), row.weight, _asked_of(row.fact)) for row in weights],
        name=name,
    )


def moved(before: Standards, after: Standards, on: datetime.date) -> dict[str, int]:
    """How many products two sets of standards judge differently on a day; one query, however many products.

    Gives `{"products", "up", "down", "opened", "shut"}`: all that are made, those whose score rises and falls, and
    those for which the gates open and shut.
    """
    products = judged(Product.objects.made(), on, standards=before, name="before")
    products = judged(products, on, standards=after, name="after")
    return products.aggregate(
        products=Count("pk"),
        up=Count("pk", filter=Q(after_score__gt=F("before_score"))),
        down=Count("pk", filter=Q(after_score__lt=F("before_score"))),
        opened=Count("pk", filter=Q(after_passes=True, before_passes=False)),
        shut=Count("pk", filter=Q(after_passes=False, before_passes=True)),
    )


def _asked_of(fact: str) -> Q:
    """Of which products a fact is asked at all."""
    return IS_FOOD if fact in rules.OF_FOOD else EVERY_ROW


def _asked(fact: Fact, number: Any) -> Case:
    return Case(When(_asked_of(fact), then=number), default=None, output_field=NUMBER)


def _met(row: Gate, on: datetime.date) -> Q:
    return (~_asked_of(row.fact) | _has(row, on)) if row.fact in rules.OF_FOOD else _has(row, on)


def _has(row: Gate | ReadinessWeight, on: datetime.date) -> Q:
    """The products that have enough of the fact of a gate or weight; sets are made once, not asked for each product."""
    if row.fact == Fact.CLUSTER:
        return Q(establishment__cluster__in=_decreed(on).with_members().filter(members__gte=row.least).values("pk"))
    if row.fact in rules.COUNTED:
        return Q(models.lookups.GreaterThanOrEqual(_number_of(row.fact, on), row.least))
    return _is_there(row.fact, on)


def _is_there(fact: str, on: datetime.date) -> Q:
    if fact == Fact.HALAL:
        return Q(pk__in=HalalCover.objects.running(on).values("product"))
    return _THERE[Fact(fact)]


def _number_of(fact: str, on: datetime.date) -> Any:
    if fact == Fact.CLUSTER:
        members = Establishment.objects.current().filter(cluster=OuterRef("establishment__cluster"))
        count = members.order_by().values("cluster").annotate(number=Count("pk")).values("number")
        decreed = Exists(_decreed(on).filter(pk=OuterRef("establishment__cluster")))
        return Case(When(decreed, then=Coalesce(Subquery(count), 0)), default=0, output_field=NUMBER)
    if fact == Fact.PHOTOS:
        return sum((_one_if(Q(**{f"{photo}__isnull": False})) for photo in ("photo", "establishment__photo")), Value(0))
    if fact == Fact.CAPACITY:
        return Coalesce("yearly_capacity", Value(0), output_field=NUMBER)
    if fact == Fact.CONTINUITY:
        begun = Coalesce(ExtractYear("establishment__active_since"), "establishment__founded_year", Value(on.year))
        return Greatest(Value(on.year) - begun, Value(0), output_field=NUMBER)
    return _one_if(_is_there(fact, on))


def _one_if(condition: Any) -> Case:
    return Case(When(condition, then=1), default=0, output_field=NUMBER)


def _decreed(on: datetime.date) -> ClusterQuerySet:
    """Open clusters that a decree names on this day."""
    return Cluster.objects.current().filter(decree_on__lte=on).exclude(decree_number="")
