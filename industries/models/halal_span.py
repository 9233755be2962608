"""Made products by what covers them over time, and how many there are: any day is judged from these two tables.

Nothing here depends on the day it is, so nothing has to be turned over at midnight: what the law asks on a day is known
for each class and scale (`duties_by_class`), and what covers a product stands here with its days. Verbs keep both.
`category` is the halal category as it is judged: with the answer that it asks for (`rules.halal_class`).
"""

import datetime
from collections import Counter
from collections.abc import Iterable, Sequence
from typing import Any, Self

from django.db import models
from django.db.models import Case, Count, F, Q, Sum, Value, When

from disperin.accounts.models import User
from disperin.regions.models import District
from disperin.regions.reach import HasRegency, ReachQuerySet
from industries import rules
from industries.models.establishment import Establishment, Product
from industries.models.halal_duty import HalalDuty, duties_by_class
from industries.rules.halal import HalalState

CLASS = ("cover", "category", "scale")


class HalalSpanQuerySet(ReachQuerySet):
    """Spans of made products, and how they are judged on a day."""

    def on(self, day: datetime.date) -> Self:
        """The one span of each product that a day lies in."""
        return self.filter(Q(until=None) | Q(until__gte=day), since__lte=day)

    def counted(self, day: datetime.date, by: str) -> Counter[tuple[str, ...]]:
        """`Counter({(place, cover, category, scale): products})` of a day, `by` naming the column of the place."""
        rows = self.on(day).order_by().values_list(by, *CLASS).annotate(Count("pk"))
        return Counter({tuple(row[:4]): row[4] for row in rows})

    def judged(self, day: datetime.date, duties: Sequence[HalalDuty] | None = None) -> models.QuerySet[Any]:
        """The products of a day with `state` and `overdue_days`, as `rules.status_on`: one query, however many."""
        states: dict[str, list[tuple[str, str]]] = {}
        days: dict[int, list[tuple[str, str]]] = {}
        for (category, scale), duty in duties_by_class(day, duties).items():
            states.setdefault(duty.state, []).append((category, scale))
            days.setdefault(duty.overdue_days, []).append((category, scale))
        return self.on(day).annotate(
            state=Case(
                When(category=rules.FORBIDDEN, then=Value(rules.HalalState.EXEMPT)),
                When(~Q(cover=rules.NOT_COVERED), then=F("cover")),
                *(When(of_classes(some), then=Value(state)) for state, some in states.items()),
                output_field=models.CharField(),
            ),
            overdue_days=Case(
                When(cover=rules.HalalState.CERTIFIED, then=Value(0)),
                *(When(of_classes(some), then=Value(number)) for number, some in days.items()),
                output_field=models.IntegerField(),
            ),
        )


class HalalSpan(HasRegency):
    """A stretch of days in which a made product is certified, in process, or neither (`rules.cover_spans`)."""

    product = models.ForeignKey(Product, models.CASCADE, related_name="halal_spans", db_index=False)
    establishment = models.ForeignKey(Establishment, models.CASCADE, related_name="+", db_index=False)
    district = models.ForeignKey(District, models.PROTECT, related_name="+", db_index=False)
    category = models.CharField(max_length=24, blank=True)
    scale = models.CharField(max_length=10)
    cover = models.CharField(max_length=12, blank=True)
    since = models.DateField()
    until = models.DateField(null=True)

    objects = HalalSpanQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(name="one_halal_span_of_a_product_begins_on_a_day", fields=["product", "since"]),
            models.CheckConstraint(
                name="a_halal_span_ends_after_it_begins", condition=Q(until=None) | Q(until__gte=F("since"))
            ),
        ]
        indexes = [
            # a page of the work list is a run of this index, for the province, a regency or a district
            models.Index(
                fields=[*CLASS, "regency", "district", "establishment", "product"],
                include=["since", "until"],
                name="halal_span_of_class",
            ),
            # what changes after a day, to take it off the counts
            models.Index(
                fields=["since"],
                include=["regency", "district", *CLASS],
                name="halal_span_begun",
                condition=Q(since__gt=rules.EVER),
            ),
            models.Index(
                fields=["until"],
                include=["regency", "district", *CLASS],
                name="halal_span_ended",
                condition=Q(until__isnull=False),
            ),
            # makers by regency, each counted once
            models.Index(
                fields=["regency", "establishment"], include=[*CLASS, "since", "until"], name="halal_span_of_maker"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.product} {self.since}: {self.cover or '–'}"


class HalalCount(HasRegency):
    """How many spans without an end there are in a district, of a cover, category and scale."""

    district = models.ForeignKey(District, models.PROTECT, related_name="+", db_index=False)
    category = models.CharField(max_length=24, blank=True)
    scale = models.CharField(max_length=10)
    cover = models.CharField(max_length=12, blank=True)
    number = models.IntegerField(default=0)

    objects = ReachQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(name="one_halal_count_per_class", fields=["regency", "district", *CLASS])
        ]

    def __str__(self) -> str:
        return f"{self.district_id} {self.category} {self.scale} {self.cover}: {self.number}"


def halal_counts(days: Sequence[datetime.date], *, by: str, user: User, **where: Any) -> list[Counter[tuple[str, ...]]]:
    """`[Counter({(place, cover, category, scale): products})]` for each of the days, in three queries for all of them.

    The kept counts tell the spans without an end. What began after a day is taken off again, and what ended on it or
    later is added: as many rows as there were changes since the earliest day. `by` names the column of the place,
    `where` narrows by regency or district.
    """
    kept = HalalCount.objects.within_reach(user).filter(**where).order_by().values_list(by, *CLASS)
    counts = Counter({tuple(row[:4]): row[4] for row in kept.annotate(Sum("number"))})
    counters = [counts.copy() for _day in days]
    spans = HalalSpan.objects.within_reach(user).filter(**where).order_by()
    for column, lookup, sign in (("since", "since__gt", -1), ("until", "until__gte", 1)):
        changes = {f"on_{at}": Count(column, filter=Q(**{lookup: day})) for at, day in enumerate(days)}
        moved = spans.filter(**{lookup: min(days)}).values_list(by, *CLASS).annotate(**changes)
        for row in moved:
            for counter, number in zip(counters, row[4:], strict=True):
                counter[tuple(row[:4])] += sign * number
    return [+counter for counter in counters]  # without what has come to nothing


def past_the_deadline(on: datetime.date, *, user: User, **where: Any) -> tuple[Counter[str], int]:
    """How many products are past their deadline on a day, by regency, and for how many days the longest has been.

    As of `halal_counts`, without what is certified, which is never past: of the spans that end those are nearly all.
    """
    judged, places, longest = judged_classes(on), Counter[str](), 0
    may_be_past = [cover for cover in rules.COVERS if cover != HalalState.CERTIFIED]
    (counted,) = halal_counts([on], by="regency", user=user, cover__in=may_be_past, **where)
    for (place, cover, category, scale), number in counted.items():
        if days := judged[cover, category, scale][1]:
            places[place] += number
            longest = max(longest, days)
    return places, longest


def judged_classes(
    on: datetime.date, duties: Sequence[HalalDuty] | None = None
) -> dict[tuple[str, str, str], tuple[HalalState, int]]:
    """`{(cover, category, scale): (state, days past the deadline)}` on a day."""
    asked = duties_by_class(on, duties)
    return {(cover, *pair): rules.judge(cover, duty) for cover in rules.COVERS for pair, duty in asked.items()}


def of_classes(pairs: Iterable[tuple[str, str]]) -> Q:
    """The condition that category and scale are one of these pairs, as few lists as say it."""
    categories: dict[str, list[str]] = {}
    for category, scale in dict.fromkeys(pairs):
        categories.setdefault(category, []).append(scale)
    alike: dict[tuple[str, ...], list[str]] = {}
    for category, scales in categories.items():
        alike.setdefault(tuple(scales), []).append(category)
    condition = Q(pk__in=[])
    for of_them, some in alike.items():
        condition |= Q(category__in=some, scale__in=of_them)
    return condition
