"""How makers stood on a day, by what the registers and their history say: before an assistance, and now.

What changed since is told side by side. It is no proof that the assistance brought it about, and no page says so.
"""

import datetime
from collections import defaultdict
from collections.abc import Sequence
from contextlib import nullcontext
from dataclasses import dataclass

from django.db.models import Count, Q
from django.utils import timezone

from disperin.registers.record import past
from disperin.registers.record.versions import events_of
from disperin.registers.record.withholding import unveil
from industries.models import Establishment, HalalCover
from industries.models.quality import Formula
from industries.models.quality_judging import known_of
from industries.rules import BusinessScale
from industries.rules.quality import judge
from ovop.models import Award
from ovop.rules import STANDING


@dataclass
class Standing:
    """A maker on a day: how good its data was, how many of its products had a star and a halal certificate; its class
    and its workers.

    What is None or "" was not known then. `is_registered`: whether the register held it at all.
    """

    is_registered: bool = False
    quality: int | None = None  # 0 to 100, by the formula of the office that was in force then
    starred: int | None = None
    certified: int | None = None
    scale: str = ""
    workers: int | None = None
    regency: str = ""  # the code of the one in which it lay

    @property
    def scale_label(self) -> str:
        """Its class by sales, in words; "" where it is not known."""
        return str(BusinessScale(self.scale).label) if self.scale else ""

    def told_in(self, regency: str) -> "Standing":
        """What an office reads of it: nothing but that it was there, of a maker that lay in another regency."""
        return self if self.regency in ("", regency) else Standing(is_registered=True)


def standings(makers: Sequence[int], on: datetime.date) -> dict[int, Standing]:
    """`{primary key: Standing}` of these makers at the end of a day; five queries, however many they are."""
    by_maker: dict[int, Standing] = {key: Standing() for key in makers}
    end = timezone.make_aware(datetime.datetime.combine(on, datetime.time.max))
    events = events_of(Establishment).objects.filter(pgh_obj_id__in=makers, pgh_created_at__lte=end)
    for event in events.order_by("pgh_obj_id", "-pgh_id").distinct("pgh_obj_id"):
        unveil(event)
        standing = by_maker[event.pgh_obj_id]
        standing.is_registered, standing.regency, standing.scale = True, event.regency_id, event.business_scale
        standing.starred = standing.certified = 0
        people = [number for number in (event.workers_male, event.workers_female) if number is not None]
        standing.workers = sum(people) if people else None
    for key, score in _scores(makers, on).items():
        by_maker[key].quality = score
    for key, number in _starred(makers, on).items():
        by_maker[key].starred = number
    for key, number in _certified(makers, on).items():
        by_maker[key].certified = number
    return by_maker


def _scores(makers: Sequence[int], on: datetime.date) -> dict[int, int | None]:
    """How good the data of open makers was, as their pages of that day say it."""
    formula = Formula()
    with past.reading(on) if on < past.today() else nullcontext():
        known = known_of(makers, formula)
    return {key: judge(facts, formula.on(on), on).score for key, (_record, facts) in known.items()}


def _starred(makers: Sequence[int], on: datetime.date) -> dict[int, int]:
    stood = Q(state__in=STANDING) | Q(state_on__gt=on)  # what ended later stood then
    awards = Award.objects.current().filter(stood, establishment__in=makers, decree_on__lte=on)
    awards = awards.filter(Q(valid_until=None) | Q(valid_until__gte=on))
    return dict(awards.order_by().values_list("establishment").annotate(Count("product", distinct=True)))


def _certified(makers: Sequence[int], on: datetime.date) -> dict[int, int]:
    covers = HalalCover.objects.running(on).filter(product__establishment__in=makers, product__closed_on=None)
    counted: dict[int, int] = defaultdict(int)
    rows = covers.order_by().values_list("product__establishment").annotate(Count("product", distinct=True))
    for maker, number in rows:
        counted[maker] = number
    return counted
