"""Outlines as GeoJSON: kept in one canonical form, checked, measured in hectares, and made light for a map.

A shape is a dict `{"type": "Polygon" | "MultiPolygon", "coordinates": …}` in degrees (WGS 84, longitude first,
RFC 7946). What is wrong is a ValidationError whose code says which rule it breaks.
"""

from collections.abc import Hashable, Iterator, Mapping
from functools import lru_cache
from math import cos, isfinite, radians
from typing import Any

import shapely
from django.core.exceptions import ValidationError
from django.utils.formats import localize
from django.utils.translation import gettext_lazy as _
from geographiclib.geodesic import Geodesic
from shapely.geometry import mapping, shape

from disperin.maps.boundary import KILOMETRES_PER_DEGREE, kilometres_outside_many

Shape = dict[str, Any]

MOST_CORNERS = 5_000  # of one shape
DECIMALS = 6  # of degrees: 0.1 m
BEYOND_REGENCY = 1.0  # kilometres: the shipped boundaries are simplified, and jetties reach into the sea
BEYOND_OUTLINE = 0.00002  # degrees, about 2 m: surveys of a plot and of its zone differ by that
COMMON_GROUND = 10.0  # square metres that two neighbouring plots may share, for the same reason
AREA_DIFFERS = 0.05  # of the stated hectares; more than that is worth a second look
MAP_DETAIL = 0.00003  # degrees, about 3 m: nobody sees it on a telephone
SQUARE_METRES_PER_HECTARE = 10_000

_KINDS = ("Polygon", "MultiPolygon")


def canonical_shape(value: object) -> Shape:
    """The shape that a GeoJSON object holds, rounded to six decimals, heights and other members left out.

    Raises ValidationError: `not_polygon`, `coordinates` (no numbers, or no degrees), `decimal_comma`,
    `too_many_corners`.
    """
    if not isinstance(value, dict) or value.get("type") not in _KINDS:
        raise ValidationError(_("This must be a GeoJSON Polygon or MultiPolygon."), "not_polygon")
    try:
        if value["type"] == "Polygon":
            coordinates: Any = _polygon(value["coordinates"])
        else:
            coordinates = [_polygon(rings) for rings in value["coordinates"]]
    except (KeyError, TypeError, ValueError, IndexError, OverflowError):
        raise ValidationError(
            _("The coordinates must be degrees, longitude before latitude, such as [106.83, -6.18]."), "coordinates"
        ) from None
    outline: Shape = {"type": value["type"], "coordinates": coordinates}
    corners = sum(map(len, rings_of(outline)))
    if not corners:
        raise ValidationError(_("This must be a GeoJSON Polygon or MultiPolygon."), "not_polygon")
    if corners > MOST_CORNERS:
        params = {"corners": corners, "most": MOST_CORNERS}
        raise ValidationError(
            _("This outline has %(corners)s corners; at most %(most)s are kept. Simplify it first."),
            "too_many_corners",
            params,
        )
    return outline


def rings_of(outline: Shape) -> Iterator[list[list[float]]]:
    """Every ring of a canonical shape, outer ones and holes."""
    for polygon in [outline["coordinates"]] if outline["type"] == "Polygon" else outline["coordinates"]:
        yield from polygon


def check_shape(outline: Shape) -> Any:
    """The geometry (shapely) of a canonical shape. Raises ValidationError: `not_closed`, `too_few`, `crossing`."""
    for ring in rings_of(outline):
        if ring[0] != ring[-1]:
            raise ValidationError(_("This outline is not closed: its last corner must be its first."), "not_closed")
        if len(ring) < 4:
            raise ValidationError(_("An outline needs at least three corners."), "too_few")
    geometry = shape(outline)
    if not geometry.is_valid:
        raise ValidationError(_("This outline crosses itself. Draw it anew around its ground."), "crossing")
    return geometry


def check_within_regency(geometry: Any, regency_code: str) -> None:
    """Raises ValidationError `outside_regency` where a part lies more than a kilometre outside the boundary."""
    corners = shapely.get_coordinates(shapely.segmentize(geometry, 0.01))
    farthest = max(kilometres_outside_many(regency_code, corners[:, 1].tolist(), corners[:, 0].tolist()))
    if farthest > BEYOND_REGENCY:
        params = {"distance": localize(round(farthest, 1))}
        raise ValidationError(
            _("This outline reaches %(distance)s km beyond the regency. Check that it is in degrees (WGS 84)."),
            "outside_regency",
            params,
        )


def check_plots(plots: Mapping[Hashable, Any], names: Mapping[Hashable, str], outline: Any) -> dict:
    """What is wrong with the places of plots: `{key: ValidationError}`, `outside_outline` or `overlap`.

    `plots` are geometries by key, `outline` that of their zone, or None while it has none.
    """
    problems: dict[Hashable, ValidationError] = {}
    if not plots:
        return problems
    keys, geometries = list(plots), list(plots.values())
    if outline is not None:
        within = shapely.covered_by(geometries, outline.buffer(BEYOND_OUTLINE))
        for key, is_within in zip(keys, within, strict=True):
            if not is_within:
                problems[key] = ValidationError(
                    _("This plot reaches beyond the outline of its zone."), "outside_outline"
                )
    tree = shapely.STRtree(geometries)
    for plot, other in tree.query(geometries, predicate="intersects").T.tolist():
        if plot > other and _square_metres_shared(geometries[plot], geometries[other]) > COMMON_GROUND:
            params = {"other": names[keys[other]]}
            problems.setdefault(keys[plot], ValidationError(_("This plot overlaps plot %(other)s."), "overlap", params))
    return problems


def hectares_of(outline: Shape) -> float:
    """The area of a canonical shape on the ellipsoid (WGS 84), in hectares; holes do not count."""
    square_metres = 0.0
    for polygon in [outline["coordinates"]] if outline["type"] == "Polygon" else outline["coordinates"]:
        outer, *holes = (_square_metres(ring) for ring in polygon)
        square_metres += outer - sum(holes)
    return square_metres / SQUARE_METRES_PER_HECTARE


def area_differs(measured: float, stated: float) -> bool:
    """Do the hectares of an outline differ from the stated ones by more than five percent?"""
    return abs(measured - stated) > AREA_DIFFERS * stated


def point_in(outline: Shape) -> tuple[float, float]:
    """Latitude and longitude of a point that lies inside the shape, for a pin."""
    place = shape(outline).representative_point()
    return place.y, place.x


def for_map(outline: Shape) -> Shape:
    """The shape as a map draws it: corners left out that nobody would see, five decimals (1 m)."""
    simple = shape(outline).simplify(MAP_DETAIL, preserve_topology=True)
    drawn: Shape = dict(mapping(shapely.set_precision(simple, 0.00001, mode="pointwise")))
    return drawn


def _polygon(rings: Any) -> list[list[list[float]]]:
    if not isinstance(rings, list | tuple) or not rings or not all(rings):
        raise ValueError(rings)
    return [[_corner(position) for position in ring] for ring in rings]


def _corner(position: object) -> list[float]:
    if not isinstance(position, list | tuple) or len(position) < 2:
        raise ValueError(position)
    if len(position) > 3 and all(type(number) is int for number in position):
        text = _("The degrees are written with a decimal comma (106,83). Write a full stop: 106.83,-6.18.")
        raise ValidationError(text, "decimal_comma")
    longitude, latitude = position[0], position[1]
    for degrees, most in ((longitude, 180), (latitude, 90)):
        if isinstance(degrees, bool) or not isinstance(degrees, int | float):
            raise TypeError(degrees)
        if not isfinite(degrees) or abs(degrees) > most:
            raise ValueError(degrees)
    return [round(float(longitude), DECIMALS), round(float(latitude), DECIMALS)]


def _square_metres(ring: list[list[float]]) -> float:
    return _measured(tuple((longitude, latitude) for longitude, latitude in ring[:-1]))


@lru_cache(maxsize=8_192)  # some milliseconds each, and the plots of a zone are looked at again and again
def _measured(corners: tuple[tuple[float, float], ...]) -> float:
    polygon = Geodesic.WGS84.Polygon()
    for longitude, latitude in corners:
        polygon.AddPoint(latitude, longitude)
    return abs(polygon.Compute()[2])


def _square_metres_shared(geometry: Any, other: Any) -> float:
    """Near enough for a tolerance: degrees as on a plane true at that latitude."""
    common = shapely.intersection(geometry, other)
    if common.is_empty:
        return 0.0
    metres = KILOMETRES_PER_DEGREE * 1000
    return float(common.area) * metres * metres * cos(radians(common.centroid.y))
