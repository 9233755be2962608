"""Maps as SVG pictures, drawn from our own GeoJSON: a point in the province, and the outline of a zone with plots."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from math import cos, radians
from typing import Any

import shapely
from django.conf import settings
from shapely.geometry import shape

from disperin.maps.boundary import KILOMETRES_PER_DEGREE
from disperin.maps.shapes import Shape
from disperin.maps.sketch import sketched

WIDTH = 360.0  # of a drawing, in its own units; the height follows
MARGIN = 0.06  # of the drawing, on each side
LOWEST, HIGHEST = 0.55, 0.95  # height of a drawing of a zone, in widths
LENGTHS = (50, 100, 200, 500, 1_000, 2_000, 5_000, 10_000, 20_000)  # metres that a bar of scale may have

BAR = 10.0  # of the drawing, below the ground, for the bar of scale

LAND, EDGE, PIN = "#f1ede4", "#a39a8d", "#9c2f22"


@dataclass(frozen=True)
class Paper:
    """Where degrees stand in a drawing: true in shape at the middle latitude, north above."""

    west: float
    north: float
    unit: float  # of the drawing, per degree of latitude
    squeeze: float  # of a degree of longitude
    left: float
    top: float
    height: float

    def place(self, longitude: float, latitude: float) -> tuple[float, float]:
        """Across and down."""
        across = self.left + (longitude - self.west) * self.squeeze * self.unit
        return across, self.top + (self.north - latitude) * self.unit


def province_picture(regency_code: str, point: tuple[float, float] | None) -> str:
    """The regencies, one of them marked, with a pin at `point` (latitude, longitude) if there is one."""
    return regencies_drawn({regency_code: settings.PROVINCE.colours["light"]["masthead_line"]}, LAND, point)


def regencies_drawn(fills: Mapping[str, str], rest: str, point: tuple[float, float] | None = None) -> str:
    """The regencies, each in its colour by code or in that of the `rest`, with a pin at `point` if there is one."""
    paper, regencies = province_paper()
    drawn = [land(outline, paper, fills.get(code, rest)) for code, _name, outline in regencies]
    if point is not None:
        drawn.append(pin(*paper.place(point[1], point[0])))
    return svg_of(paper, drawn)


@cache
def province_paper() -> tuple[Paper, list[tuple[str, str, Any]]]:
    """The drawing in which the province stands, and its regencies: `[(code, name, simplified outline)]`."""
    regencies = list(sketched())
    return paper_of(shapely.union_all([outline for _code, _name, outline in regencies]).bounds), regencies


def points_picture(points: Iterable[tuple[float, float]]) -> str:
    """The regencies with a dot at each of many points (latitude, longitude)."""
    paper, regencies = province_paper()
    drawn = [land(outline, paper, LAND) for _code, _name, outline in regencies]
    places = {paper.place(longitude, latitude) for latitude, longitude in points}
    dots = "".join(sorted({f"M{across:.0f} {down:.0f}h0" for across, down in places}))
    drawn.append(f'<path d="{dots}" stroke="{PIN}" stroke-width="5" stroke-linecap="round"/>')
    return svg_of(paper, drawn)


def zone_picture(outline: Shape | None, plots: Sequence[tuple[Shape, str]]) -> tuple[str, int]:
    """Outline and plots (shape, colour) of a zone with a bar of scale, and how many metres the bar stands for.

    At least one shape is needed.
    """
    ground = shape(outline) if outline else None
    coloured = [(shape(plot), colour) for plot, colour in plots]
    every = [*([ground] if ground is not None else []), *(plot for plot, _colour in coloured)]
    paper, colours = paper_of(shapely.total_bounds(every).tolist()), settings.PROVINCE.colours["light"]
    pale, edge = colours["brand_tint"], colours["brand"]
    drawn = [] if ground is None else [drawn_shape(ground, paper, fill=pale, stroke=edge, width=2)]
    drawn += [drawn_shape(plot, paper, fill=colour, stroke="#ffffff", width=0.5) for plot, colour in coloured]
    metre = paper.unit / KILOMETRES_PER_DEGREE / 1_000
    metres = max((length for length in LENGTHS if length * metre <= WIDTH / 3), default=LENGTHS[0])
    left, down = 8.0, paper.height + BAR - 4.0
    bar = f"M{left} {down - 5}V{down}H{left + metres * metre:.1f}V{down - 5}"
    drawn.append(f'<path d="{bar}" fill="none" stroke="#1f1d1a" stroke-width="1.5"/>')
    return svg_of(paper, drawn, below=BAR), metres


def paper_of(bounds: Sequence[float]) -> Paper:
    """The drawing in which these degrees (west, south, east, north) stand in the middle."""
    west, south, east, north = bounds
    squeeze = cos(radians((south + north) / 2))
    wide, high = max((east - west) * squeeze, 1e-5), max(north - south, 1e-5)
    height = WIDTH * min(max(high / wide, LOWEST), HIGHEST)
    inner = 1 - 2 * MARGIN
    unit = min(WIDTH * inner / wide, height * inner / high)
    return Paper(west, north, unit, squeeze, (WIDTH - wide * unit) / 2, (height - high * unit) / 2, height)


def land(outline: Any, paper: Paper, fill: str, css: str = "") -> str:
    """The ground of a regency in this colour."""
    return drawn_shape(outline, paper, fill=fill, stroke=EDGE, width=0.8, css=css)


def pin(across: float, down: float, css: str = "") -> str:
    """A point that is known exactly."""
    return (
        f'<circle {_named(css)}cx="{across:.1f}" cy="{down:.1f}" r="6" fill="{PIN}" '
        'stroke="#ffffff" stroke-width="1.5"/>'
    )


def drawn_shape(geometry: Any, paper: Paper, *, fill: str, stroke: str, width: float, css: str = "") -> str:
    """A shape in these colours; of class `css`, where the page has colours of its own."""
    rings = " ".join(_ring(ring, paper) for ring in _rings(geometry))
    return (
        f'<path {_named(css)}d="{rings}" fill="{fill}" fill-rule="evenodd" stroke="{stroke}" '
        f'stroke-width="{width}" stroke-linejoin="round"/>'
    )


def _named(css: str) -> str:
    return f'class="{css}" ' if css else ""


def _rings(geometry: Any) -> Iterable[Any]:
    for polygon in getattr(geometry, "geoms", [geometry]):
        yield polygon.exterior
        yield from polygon.interiors


def _ring(ring: Any, paper: Paper) -> str:
    places = (paper.place(longitude, latitude) for longitude, latitude, *_height in ring.coords)
    return "M" + "L".join(f"{across:.1f} {down:.1f}" for across, down in places) + "Z"


def svg_of(paper: Paper, drawn: Sequence[str], below: float = 0) -> str:
    """The whole drawing, with so much room below it."""
    size = f"0 0 {WIDTH:g} {paper.height + below:.1f}"
    return f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="{size}">{"".join(drawn)}</svg>'
