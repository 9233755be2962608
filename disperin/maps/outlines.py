"""GeoJSON for the map on a page: the regencies, light enough for a phone, and the points of a list."""

import csv
import json
from collections.abc import Iterable
from decimal import Decimal
from functools import cache
from typing import Any

import shapely
from django.conf import settings
from shapely.geometry import mapping
from shapely.ops import polylabel

from disperin.maps.boundary import shapes, short_name

# In degrees, about 330 m: fine for a province on a phone. Corners stay where the file has them (4 decimals).
TOLERANCE = 0.003
DISTRICTS = "kecamatan_centroids.csv"  # in the folder of the province


@cache
def regencies_outline() -> bytes:
    """A FeatureCollection of the regencies as UTF-8 bytes, always the same ones; each has `code`, `name`, and how
    and where that is written on the map (`short`, `at`: latitude and longitude).

    Neighbours are simplified together, so that no gap opens between them. For looking at, not for measuring.
    """
    regencies = list(shapes())
    simple = shapely.coverage_simplify([outline for _code, _name, outline in regencies], TOLERANCE)
    return feature_collection(
        {
            "type": "Feature",
            "id": code,
            "properties": {"code": code, "name": name, "short": short_name(name), "at": middle_of(outline)},
            "geometry": mapping(outline),
        }
        for (code, name, _outline), outline in zip(regencies, simple, strict=True)
    )


@cache
def district_names() -> bytes:
    """The names of the districts with a point amid each, `[name, latitude, longitude]`, as UTF-8 bytes of JSON.

    A name stands for the ground around it: where a town of that name lies in it, nobody says.
    """
    path = settings.PROVINCE.folder / DISTRICTS
    lines = csv.DictReader(path.read_text().splitlines()) if path.exists() else []
    rows = [[line["name"], float(line["lat"]), float(line["lon"])] for line in lines if line.get("name")]
    return json.dumps(rows, ensure_ascii=False, separators=(",", ":")).encode()


def middle_of(outline: Any) -> list[float]:
    """Latitude and longitude of the point of an outline that lies farthest from its edge, for its name."""
    largest = max(shapely.get_parts(outline), key=lambda part: part.area)
    point = polylabel(largest, 0.01)
    return [round(point.y, 3), round(point.x, 3)]


def point_feature(
    latitude: float | Decimal, longitude: float | Decimal, *, identifier: str, **properties: Any
) -> dict[str, Any]:
    """A GeoJSON Feature for one point (longitude first, RFC 7946); `properties` must be what JSON can hold."""
    return {
        "type": "Feature",
        "id": identifier,
        "properties": properties,
        "geometry": {"type": "Point", "coordinates": [float(longitude), float(latitude)]},
    }


def feature_collection(features: Iterable[dict[str, Any]]) -> bytes:
    """Features as one compact GeoJSON text in UTF-8."""
    collection = {"type": "FeatureCollection", "features": list(features)}
    return json.dumps(collection, ensure_ascii=False, separators=(",", ":")).encode()
