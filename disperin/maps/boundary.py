"""Whether a point lies in its regency and how far outside: the boundaries of the province, in its folder."""

import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal
from functools import cache
from math import cos, inf, isfinite, radians
from typing import Any, NamedTuple

import shapely
from django.conf import settings
from shapely.affinity import scale
from shapely.geometry import shape

BOUNDARIES = "regencies.geojson"  # in the folder of the province
KILOMETRES_PER_DEGREE = 6371.0088 * radians(1)  # along a great circle of the mean earth radius (IUGG)
PUBLIC_STEP = Decimal("0.01")  # degrees; about 1.1 km, so that a home is not shown without consent

Degrees = float | Decimal


class Box(NamedTuple):
    """The smallest box around a regency, in degrees (WGS84)."""

    south: float
    west: float
    north: float
    east: float


@dataclass(frozen=True)
class _Outline:
    """A regency's shape in degrees, and the same in kilometres on a plane true at its middle latitude."""

    degrees: Any
    plane: Any
    box: Box
    east_scale: float


def box(regency_code: str) -> Box:
    """The box around a regency. Raises KeyError for a code that is none of the province."""
    return _outlines()[regency_code].box


def in_box(regency_code: str, latitude: Degrees, longitude: Degrees) -> bool:
    """Whether a point lies in the box around the regency, edges included. Raises KeyError for an unknown code."""
    south, west, north, east = box(regency_code)
    return south <= float(latitude) <= north and west <= float(longitude) <= east


def kilometres_outside(regency_code: str, latitude: Degrees, longitude: Degrees) -> float:
    """Kilometres from a point to the nearest part of the regency, 0.0 inside or on its line.

    Accurate to about 1 % here, between 1° and 5° south; the lines themselves are simplified to some tens of metres.
    A point that is no number of degrees gives infinity. Raises KeyError for an unknown code.
    """
    return kilometres_outside_many(regency_code, [latitude], [longitude])[0]


def kilometres_outside_many(
    regency_code: str, latitudes: Sequence[Degrees], longitudes: Sequence[Degrees]
) -> list[float]:
    """`kilometres_outside` for many points of one regency at once. Raises ValueError for lists of different length."""
    if len(latitudes) != len(longitudes):
        raise ValueError(f"{len(latitudes)} latitudes but {len(longitudes)} longitudes")
    if not len(latitudes):
        return []
    outline = _outlines()[regency_code]
    east = [float(longitude) * outline.east_scale for longitude in longitudes]
    north = [float(latitude) * KILOMETRES_PER_DEGREE for latitude in latitudes]
    # What is no number of degrees is asked at the origin and answered with infinity, which makes a caller look.
    real = [isfinite(x) and isfinite(y) for x, y in zip(east, north, strict=True)]
    points = shapely.points([[x, y] if known else [0.0, 0.0] for x, y, known in zip(east, north, real, strict=True)])
    distances = shapely.distance(outline.plane, points).tolist()
    return [distance if known else inf for distance, known in zip(distances, real, strict=True)]


def rounded(latitude: Degrees, longitude: Degrees) -> tuple[Decimal, Decimal]:
    """A point rounded to 0.01°, halves away from zero: what the public sees without consent to the place.

    Raises decimal.InvalidOperation for what is no number.
    """
    return _to_step(latitude), _to_step(longitude)


def shapes() -> Iterable[tuple[str, str, Any]]:
    """Code, name and shape in degrees of each regency, in the order of the file."""
    return [(code, name, _outlines()[code].degrees) for code, name in _names().items()]


def short_name(name: str) -> str:
    """A regency's name as it is written on a map, without its kind: "Kabupaten X" is "X"."""
    return name.removeprefix("Kabupaten ").removeprefix("Kota ")


def _to_step(degrees: Degrees) -> Decimal:
    exact = degrees if isinstance(degrees, Decimal) else Decimal(repr(float(degrees)))
    return exact.quantize(PUBLIC_STEP, rounding=ROUND_HALF_UP)


@cache
def _features() -> list[dict[str, Any]]:
    features: list[dict[str, Any]] = json.loads((settings.PROVINCE.folder / BOUNDARIES).read_bytes())["features"]
    return features


@cache
def _names() -> dict[str, str]:
    return {feature["properties"]["code"]: feature["properties"]["name"] for feature in _features()}


@cache
def _outlines() -> dict[str, _Outline]:
    """Every regency's outline, read once and prepared for many questions."""
    outlines = {}
    for feature in _features():
        degrees = shape(feature["geometry"])
        west, south, east, north = degrees.bounds
        east_scale = KILOMETRES_PER_DEGREE * cos(radians((south + north) / 2))
        plane = scale(degrees, xfact=east_scale, yfact=KILOMETRES_PER_DEGREE, origin=(0, 0))
        shapely.prepare(plane)
        outlines[feature["properties"]["code"]] = _Outline(degrees, plane, Box(south, west, north, east), east_scale)
    return outlines
