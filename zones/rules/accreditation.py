"""The self-check of an industrial zone by the accreditation of Permenperin 26/2025 (in force since 23 January 2026).

What we know of it: three aspects with 50, 25 and 25 percent of the weight; each item gets 3, 2 or 1 points; a total of
150 or more is "accredited" (decided by the Komite Kawasan Industri, never here).

What we do not know: the items; whether all items of an aspect count alike; how their points become the total. We take
the mean of an aspect's points times its weight, so that a total lies between 100 (1 point everywhere) and 300 (3 points
everywhere) and 150 is a mean of one and a half. That is our reading, to be compared with the annex: the office may
hand in other weights of items and aspects, other points and another threshold (`Item`, `Scheme`). The pages must say
that this is a self-check and not the decision.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import ROUND_HALF_UP, Decimal
from fractions import Fraction

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class Aspect(TextChoices):
    """The three aspects of the accreditation (Permenperin 26/2025)."""

    INFRASTRUCTURE = "infrastruktur", _("Infrastructure")
    ENVIRONMENT = "lingkungan", _("Environmental management")
    SERVICES = "manajemen_layanan", _("Management and services")


class Verdict(TextChoices):
    """What a self-check says of the threshold."""

    REACHED = "tercapai", _("Threshold reached")
    MISSED = "belum_tercapai", _("Threshold missed")
    OPEN = "terbuka", _("Not decided yet")


@dataclass(frozen=True)
class Scheme:
    """How points become a total. The defaults are those of Permenperin 26/2025, as far as they are known."""

    weights: Mapping[str, int] = field(  # percent; an aspect that is not named here does not exist
        default_factory=lambda: {Aspect.INFRASTRUCTURE: 50, Aspect.ENVIRONMENT: 25, Aspect.SERVICES: 25}
    )
    threshold: int = 150
    lowest: int = 1  # points of an item
    highest: int = 3


@dataclass(frozen=True)
class Item:
    """One item of the check: its aspect, its points (None while nobody has judged it), its weight within the aspect."""

    aspect: str
    points: int | None = None
    weight: Decimal = Decimal(1)


@dataclass(frozen=True)
class AspectScore:
    """What an aspect adds to the total, at least and at most, as long as items are open; both alike once none is."""

    weight: int
    items: int
    judged: int
    least: Decimal
    most: Decimal


@dataclass(frozen=True)
class SelfCheck:
    """The outcome: what each aspect adds, between which bounds the total lies, and what that says of the threshold.

    `without_items` are the aspects for which no item is entered: as long as there is one, nothing can be said.
    """

    aspects: dict[str, AspectScore]
    without_items: list[str]
    least: Decimal
    most: Decimal
    verdict: Verdict

    @property
    def total(self) -> Decimal | None:
        """The total, once every item is judged and no aspect is without items."""
        is_whole = not self.without_items and all(aspect.judged == aspect.items for aspect in self.aspects.values())
        return self.least if is_whole else None


def self_check(items: Iterable[Item], scheme: Scheme | None = None) -> SelfCheck:
    """What these items come to. An open item counts as the lowest and as the highest points: between lies the total.

    The verdict is asked of exact numbers; what is shown is rounded to two decimals. It can be reached or missed before
    every item is judged. Raises ValueError for points that the scheme does not have, an unknown aspect, or a weight
    that is not above 0.
    """
    scheme = scheme or Scheme()
    of: dict[str, list[Item]] = {aspect: [] for aspect in scheme.weights}
    for item in items:
        _check(item, scheme)
        of[item.aspect].append(item)
    without_items = [aspect for aspect, some in of.items() if not some]
    bounds = {
        aspect: tuple(
            scheme.weights[aspect] * _mean(some, open_ones=points) for points in (scheme.lowest, scheme.highest)
        )
        for aspect, some in of.items()
    }
    least, most = (sum(column, Fraction(0)) for column in zip(*bounds.values(), strict=True))
    return SelfCheck(
        aspects={
            aspect: AspectScore(
                scheme.weights[aspect],
                len(some),
                sum(item.points is not None for item in some),
                *map(_shown, bounds[aspect]),
            )
            for aspect, some in of.items()
        },
        without_items=without_items,
        least=_shown(least),
        most=_shown(most),
        verdict=_verdict(least, most, scheme) if not without_items else Verdict.OPEN,
    )


def _check(item: Item, scheme: Scheme) -> None:
    if item.aspect not in scheme.weights:
        raise ValueError(f"{item.aspect!r} is no aspect of this scheme")
    if item.points is not None and not scheme.lowest <= item.points <= scheme.highest:
        raise ValueError(f"{item.points} are no points of this scheme")
    if item.weight <= 0:
        raise ValueError(f"{item.weight} is no weight of an item")


def _mean(items: Sequence[Item], *, open_ones: int) -> Fraction:
    """The mean points of an aspect, its open items taken for `open_ones`; without items, that itself."""
    if not items:
        return Fraction(open_ones)
    weights = [Fraction(item.weight) for item in items]
    points = [open_ones if item.points is None else item.points for item in items]
    return sum((weight * score for weight, score in zip(weights, points, strict=True)), Fraction(0)) / sum(weights)


def _verdict(least: Fraction, most: Fraction, scheme: Scheme) -> Verdict:
    if least >= scheme.threshold:
        return Verdict.REACHED
    return Verdict.MISSED if most < scheme.threshold else Verdict.OPEN


def _shown(number: Fraction) -> Decimal:
    exact = Decimal(number.numerator) / Decimal(number.denominator)
    return exact.quantize(Decimal("0.01"), rounding=ROUND_HALF_UP)
