"""The GeoJSON of the map: complete, valid, light, and longitude first."""

import gzip
import json
from decimal import Decimal

from shapely.geometry import Point, shape

from disperin.maps import boundary, outlines


def test_the_outline_holds_the_thirteen_regencies_and_is_light_enough_for_a_phone():
    outline = outlines.regencies_outline()

    features = json.loads(outline)["features"]
    assert [feature["id"] for feature in features] == [code for code, _name, _shape in boundary.shapes()]
    assert len(features) == 13
    told = features[6]["properties"]
    assert (told["code"], told["name"], told["short"]) == (
        "63.07",
        "Kabupaten Hulu Sungai Tengah",
        "Hulu Sungai Tengah",
    )
    assert len(gzip.compress(outline)) < 60_000


def test_the_outline_is_valid_and_covers_what_the_boundaries_cover():
    simple = {
        feature["id"]: shape(feature["geometry"]) for feature in json.loads(outlines.regencies_outline())["features"]
    }

    for code, _name, exact in boundary.shapes():
        assert simple[code].is_valid
        assert simple[code].symmetric_difference(exact).area < 0.02 * exact.area


def test_the_name_of_each_regency_stands_on_its_ground():
    for feature in json.loads(outlines.regencies_outline())["features"]:
        latitude, longitude = feature["properties"]["at"]
        assert shape(feature["geometry"]).contains(Point(longitude, latitude)), feature["properties"]["name"]


def test_every_district_has_a_name_and_a_place_for_it():
    rows = json.loads(outlines.district_names())

    assert len(rows) == 156
    assert all(isinstance(name, str) and -5 < latitude < -1 < longitude for name, latitude, longitude in rows)


def test_the_outline_is_the_same_bytes_each_time():
    first = outlines.regencies_outline()
    outlines.regencies_outline.cache_clear()

    assert outlines.regencies_outline() == first


def test_a_point_feature_has_its_longitude_first():
    feature = outlines.point_feature(
        Decimal("-2.58"), Decimal("115.38"), identifier="IKM-6307-000001", name="Dodol “Rahmat”"
    )

    assert feature == {
        "type": "Feature",
        "id": "IKM-6307-000001",
        "properties": {"name": "Dodol “Rahmat”"},
        "geometry": {"type": "Point", "coordinates": [115.38, -2.58]},
    }


def test_a_collection_is_compact_json_in_utf8():
    feature = outlines.point_feature(-2.58, 115.38, identifier="1", name="Dodol “Rahmat”")

    collection = outlines.feature_collection([feature])

    assert json.loads(collection) == {"type": "FeatureCollection", "features": [feature]}
    assert "“Rahmat”".encode() in collection
