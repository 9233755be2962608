"""GeoJSON for the map on a page: the regencies, light enough for a phone, and the points of a list."""

import json
from collections.abc import Iterable
from decimal import Decimal
from functools import cache
from typing import Any

import shapely
from shapely.geometry import mapping

from disperin.maps.boundary import shapes

# In degrees, about 220 m: fine for a province on a phone. Corners stay where the file has them (4 decimals).
TOLERANCE = 0.002


@cache
def regencies_outline() -> bytes:
    """A FeatureCollection of the regencies as UTF-8 bytes, always the same ones; each has `code` and `name`.

    Neighbours are simplified together, so that no gap opens between them. For looking at, not for measuring.
    """
    regencies = list(shapes())
    simple = shapely.coverage_simplify([outline for _code, _name, outline in regencies], TOLERANCE)
    return feature_collection(
        {
            "type": "Feature",
            "id": code,
            "properties": {"code": code, "name": name},
            "geometry": mapping(outline),
        }
        for (code, name, _outline), outline in zip(regencies, simple, strict=True)
    )


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
