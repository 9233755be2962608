"""Makers by their halal duty: past a deadline, asked, and all, of a regency on a day.

Counting each maker once goes through every span. So the numbers of a day are kept: counted once, and moved by the verbs
from then on. `judged` names what the law asks on that day, so that a deadline which changes leaves no wrong number.
"""

import datetime
import hashlib
from collections.abc import Iterable, Sequence
from typing import Any

from django.db import models
from django.db.models import Count, Q

from disperin.regions.reach import HasRegency
from industries import rules
from industries.models.establishment import Product
from industries.models.halal_duty import HalalDuty
from industries.models.halal_span import HalalSpan, judged_classes, of_classes

Span = tuple[Any, ...]
Makers = dict[str, tuple[int, int, int]]  # by regency: past the deadline of a product, asked, all with products


class HalalMakerCount(HasRegency):
    """The makers of a regency on a day, as they are judged by just these deadlines; nothing before it `is_counted`."""

    day = models.DateField()
    judged = models.CharField(max_length=32)
    past = models.IntegerField(default=0)
    asked = models.IntegerField(default=0)
    makers = models.IntegerField(default=0)
    is_counted = models.BooleanField(default=False)

    class Meta:
        constraints = [
            models.UniqueConstraint(name="one_halal_maker_count_a_day", fields=["day", "judged", "regency"]),
        ]

    def __str__(self) -> str:
        return f"{self.regency_id} {self.day}: {self.past} / {self.asked} / {self.makers}"


def halal_makers(on: datetime.date) -> Makers:
    """`{regency: (makers with a product past its deadline, makers asked, makers)}` on a day, of those that have some.

    They are makers with products; those asked have at least one of which the state is known. Two queries where the day
    is kept, and else one more, which goes through every maker.
    """
    duties = list(HalalDuty.objects.all())
    kept = HalalMakerCount.objects.filter(day=on, judged=judged_on(on, duties))
    rows = list(kept.values_list("regency", "past", "asked", "makers", "is_counted"))
    if rows and all(is_counted for *_numbers, is_counted in rows):
        return {regency: (past, asked, makers) for regency, past, asked, makers, _counted in rows if makers}
    return counted_makers(on, duties)


def counted_makers(on: datetime.date, duties: Sequence[HalalDuty], among: Iterable[int] | None = None) -> Makers:
    """The same, counted now; of all makers, or `among` some (primary keys). One query."""
    judged = judged_classes(on, duties)
    late = of_classes(of[1:] for of, (_state, days) in judged.items() if days)
    unknown = of_classes(of[1:] for of, (state, _days) in judged.items() if state == rules.HalalState.UNKNOWN)
    counts = {
        "past": Count("establishment", distinct=True, filter=late & ~Q(cover=rules.HalalState.CERTIFIED)),
        "asked": Count("establishment", distinct=True, filter=~(unknown & Q(cover=rules.NOT_COVERED))),
        "all": Count("establishment", distinct=True),
    }
    spans = HalalSpan.objects.on(on)
    if among is not None:  # by their products, which have an index
        spans = spans.filter(product__in=Product.objects.filter(establishment__in=list(among)))
    rows = spans.order_by().values_list("regency").annotate(**counts)
    return {regency: (past, asked, makers) for regency, past, asked, makers in rows}


def makers_of(spans: Iterable[Span], on: datetime.date, duties: Sequence[HalalDuty]) -> Makers:
    """The same of spans that are at hand; each is (product, maker, regency, district, category, scale, cover, since,
    until), and all spans of its maker are among them. No query.
    """
    judged = judged_classes(on, duties)
    late = {of[1:] for of, (_state, days) in judged.items() if days}
    unknown = {of[1:] for of, (state, _days) in judged.items() if state == rules.HalalState.UNKNOWN}
    found: dict[str, tuple[set[int], set[int], set[int]]] = {}
    for _product, maker, regency, _district, category, scale, cover, since, until in spans:
        if since > on or (until is not None and until < on):
            continue
        past, asked, every = found.setdefault(regency, (set(), set(), set()))
        every.add(maker)
        if (category, scale) in late and cover != rules.HalalState.CERTIFIED:
            past.add(maker)
        if (category, scale) not in unknown or cover != rules.NOT_COVERED:
            asked.add(maker)
    return {regency: (len(past), len(asked), len(every)) for regency, (past, asked, every) in found.items()}


def judged_on(on: datetime.date, duties: Sequence[HalalDuty]) -> str:
    """A name for how the law judges every class and scale on a day: another one as soon as any is judged otherwise."""
    judged = sorted((of, str(state), days > 0) for of, (state, days) in judged_classes(on, duties).items())
    return hashlib.blake2b(repr(judged).encode(), digest_size=16).hexdigest()
