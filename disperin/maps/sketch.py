"""The province as a sketch for every page: each regency a shape of its own, and where its name has room.

Drawn in thousandths of a degree, east to the right and south below, so that a page puts a point in it without
reckoning: near the equator a degree is as wide as it is high, to one part in fifty.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from itertools import pairwise
from math import cos, hypot, pi, sin
from typing import Any

import shapely
from shapely.affinity import scale

from disperin.maps.boundary import shapes, short_name
from disperin.maps.outlines import middle_of

TOLERANCE = 0.01  # degrees, about 1 km: fine enough for a drawing of the province
ISLET = 0.003  # square degrees, about 37 km²: smaller islands far out would make the drawing small, and are left out
UNIT = 1_000  # of the drawing, per degree
LETTER, LINE = 62, 100  # width of a letter, of a wide face, and height of a line, in units, at the size of home.css
STEP, RINGS, TURNS = 50, 12, 16  # where room for a name is looked for around its middle
ABROAD = 400  # units of way that a name rather goes than lie wholly off its ground
NEVER = 10_000  # units of way: over another name, or out of the drawing
MARGIN = 120  # units around the land


@dataclass(frozen=True)
class Name:
    """Where the name of a regency stands: its lines, their middle, and a stroke to its ground where it stands off."""

    code: str
    lines: tuple[str, ...]
    across: int
    down: int  # of the first line's middle
    stroke: str  # a path, "" where the name stands on its ground

    @property
    def placed(self) -> list[tuple[str, int]]:
        """Each line with how far down it stands; the count comes one line further."""
        return [(line, self.down + at * LINE) for at, line in enumerate(self.lines)]

    @property
    def below(self) -> int:
        """How far down the line below the name stands."""
        return self.down + len(self.lines) * LINE


@cache
def sketched() -> list[tuple[str, str, Any]]:
    """Code, name and simplified shape in degrees of each regency, without its small islands."""
    regencies = list(shapes())
    simple = shapely.coverage_simplify([outline for _code, _name, outline in regencies], TOLERANCE)
    return [
        (code, name, without_islets(outline)) for (code, name, _outline), outline in zip(regencies, simple, strict=True)
    ]


def without_islets(outline: Any) -> Any:
    """The larger parts of an outline; of a regency that is nothing but small ones, the largest."""
    parts = sorted(shapely.get_parts(outline), key=lambda part: part.area)
    return shapely.MultiPolygon([part for part in parts if part.area > ISLET] or parts[-1:])


@cache
def sketch() -> bytes:
    """The shapes as an SVG that pages take pieces of: all of them as `#land`, one as `#r63.07`; uncoloured."""
    paths = "".join(f'<path id="r{code}" d="{_path(outline)}"/>' for code, _name, outline in sketched())
    return f'<svg xmlns="http://www.w3.org/2000/svg"><g id="land">{paths}</g></svg>'.encode()


@cache
def frame() -> tuple[int, int, int, int]:
    """Left, top, width and height of the drawing."""
    west, south, east, north = shapely.union_all([outline for _code, _name, outline in sketched()]).bounds
    left, top = round(west * UNIT) - MARGIN, round(-north * UNIT) - MARGIN
    return left, top, round(east * UNIT) + MARGIN - left, round(-south * UNIT) + MARGIN - top


@cache
def names() -> list[Name]:
    """The names of the regencies, none over another, the smallest regencies placed first."""
    placed: dict[str, Name] = {}
    boxes: list[Any] = []
    for code, name, outline in sorted(sketched(), key=lambda regency: regency[2].area):
        latitude, longitude = middle_of(outline)
        lines = _lines(short_name(name))
        placed[code], box = _place(
            code, lines, (longitude * UNIT, -latitude * UNIT), scale(outline, UNIT, -UNIT, origin=(0, 0)), boxes
        )
        boxes.append(box)
    return [placed[code] for code, _name, _outline in sketched()]


def _place(
    code: str, lines: tuple[str, ...], middle: tuple[float, float], ground: Any, boxes: Sequence[Any]
) -> tuple[Name, Any]:
    """A name and the box that it fills, as near to the middle of its ground as the boxes of other names allow."""
    wide, high = max(map(len, lines)) * LETTER, (len(lines) + 1) * LINE  # with room for a count
    left, top, width, height = frame()
    drawing = shapely.box(left, top, left + width, top + height)

    def box_at(across: float, down: float) -> Any:
        return shapely.box(across - wide / 2, down - high / 2, across + wide / 2, down + high / 2)

    def cost(place: tuple[float, float]) -> float:
        box = box_at(*place)
        is_wrong = not shapely.covers(drawing, box) or any(shapely.intersects(boxes, box))
        abroad = 1 - shapely.intersection(box, ground).area / box.area
        return hypot(place[0] - middle[0], place[1] - middle[1]) + abroad * ABROAD + is_wrong * NEVER

    across, down = min(_around(middle), key=cost)
    box = box_at(across, down)
    stroke = ""
    if not shapely.intersects(box, shapely.Point(middle)):
        end = shapely.get_point(shapely.shortest_line(box, shapely.Point(middle)), 0)
        stroke = f"M{end.x:.0f} {end.y:.0f}L{middle[0]:.0f} {middle[1]:.0f}"
    return Name(code, lines, round(across), round(down - len(lines) / 2 * LINE), stroke), box


def _around(middle: tuple[float, float]) -> Iterator[tuple[float, float]]:
    yield middle
    for ring in range(1, RINGS + 1):
        for turn in range(TURNS):
            angle = 2 * pi * turn / TURNS
            yield middle[0] + ring * STEP * cos(angle), middle[1] + ring * STEP * sin(angle)


def _lines(name: str) -> tuple[str, ...]:
    """A name in at most two lines, as even as its words allow."""
    words = name.split()
    cuts = [(" ".join(words[:at]), " ".join(words[at:])) for at in range(1, len(words))]
    if not cuts:
        return (name,)
    return min(cuts, key=lambda two: max(map(len, two)))


def _path(outline: Any) -> str:
    return "".join(_ring(polygon.exterior) for polygon in outline.geoms)


def _ring(ring: Any) -> str:
    corners = [(round(longitude * UNIT), round(-latitude * UNIT)) for longitude, latitude in ring.coords]
    steps = " ".join(f"{x - before_x} {y - before_y}" for (before_x, before_y), (x, y) in pairwise(corners[:-1]))
    return f"M{corners[0][0]} {corners[0][1]}l{steps}z"
