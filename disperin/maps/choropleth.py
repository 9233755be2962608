"""The regencies coloured by a number, in at most five classes, with their names and the legend; drawn by a template."""

from bisect import bisect_left
from collections.abc import Mapping
from dataclasses import dataclass

from disperin.maps.sketch import Name, frame, names

CLASSES = 5


@dataclass(frozen=True)
class Place:
    """A regency on the map: its class, 0 for nothing; its number, None where it is not told; where its name stands."""

    code: str
    shade: int
    number: int | None
    name: Name


@dataclass(frozen=True)
class Choropleth:
    """The regencies, `(class, least, most)` of each class that is shown, and the frame of the drawing."""

    places: list[Place]
    legend: list[tuple[int, int, int]]
    frame: str
    unit: str  # behind each number, such as %

    @property
    def hides(self) -> bool:
        """Whether a number is not told."""
        return any(place.number is None for place in self.places)

    @property
    def has_none(self) -> bool:
        """Whether a regency has nothing."""
        return any(place.number == 0 for place in self.places)


def choropleth(numbers: Mapping[str, int | None], unit: str = "") -> Choropleth | None:
    """The regencies by code: the stronger the colour the more; who is missing has 0, None is not told.

    None where no regency has a number above 0: there is nothing to compare.
    """
    known = [number for number in numbers.values() if number]
    if not known:
        return None
    tops = tops_of(known)
    shades = _shades(len(tops))
    places = [
        Place(regency.code, shades[bisect_left(tops, number)] if number else 0, number, regency)
        for regency in names()
        for number in [numbers.get(regency.code, 0)]
    ]
    lows = [min(known), *(top + 1 for top in tops[:-1])]
    return Choropleth(places, list(zip(shades, lows, tops, strict=True)), " ".join(map(str, frame())), unit)


def tops_of(numbers: list[int]) -> list[int]:
    """The largest number of each class: classes hold about as many regencies each, equal numbers are in one."""
    ordered = sorted(numbers)
    tops = {ordered[-(-len(ordered) * at // CLASSES) - 1] for at in range(1, CLASSES + 1)}
    return sorted(tops)


def _shades(count: int) -> list[int]:
    """As many of the classes 1 to 5 of the style sheet, the strongest always among them."""
    return [round(1 + (CLASSES - 1) * at / (count - 1)) for at in range(count)] if count > 1 else [CLASSES]
