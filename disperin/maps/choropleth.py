"""The regencies coloured by a number, in at most five classes, as an SVG picture with its legend."""

from bisect import bisect_left
from collections.abc import Mapping
from dataclasses import dataclass

from django.conf import settings

from disperin.maps.pictures import LAND, regencies_drawn

CLASSES = 5


@dataclass(frozen=True)
class Choropleth:
    """The picture, and `(colour, least, most)` of each class that it shows."""

    svg: str
    legend: list[tuple[str, int, int]]


def choropleth(numbers: Mapping[str, int]) -> Choropleth:
    """The regencies by code, at least one of them with a number above 0: the darker the more, 0 as land."""
    tops = tops_of([one for one in numbers.values() if one])
    colours = _colours(len(tops))
    fills = {code: colours[bisect_left(tops, one)] if one else LAND for code, one in numbers.items()}
    lows = [min(one for one in numbers.values() if one), *(top + 1 for top in tops[:-1])]
    return Choropleth(regencies_drawn(fills, LAND), list(zip(colours, lows, tops, strict=True)))


def tops_of(numbers: list[int]) -> list[int]:
    """The largest number of each class: classes hold about as many regencies each, equal numbers are in one."""
    ordered = sorted(numbers)
    tops = {ordered[-(-len(ordered) * at // CLASSES) - 1] for at in range(1, CLASSES + 1)}
    return sorted(tops)


def _colours(count: int) -> list[str]:
    """From pale to the colour of the province."""
    ends = [settings.PROVINCE.colours["light"][name] for name in ("brand_tint", "brand")]
    pale, full = ([int(one[at : at + 2], 16) for at in (1, 3, 5)] for one in ends)
    steps = [at / (count - 1) if count > 1 else 1.0 for at in range(count)]
    return [
        "#" + "".join(f"{round(low + (high - low) * step):02x}" for low, high in zip(pale, full, strict=True))
        for step in steps
    ]
