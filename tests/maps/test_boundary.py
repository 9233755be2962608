"""Points in and out of the true boundaries, to the kilometre."""

import csv
from decimal import Decimal
from math import asin, cos, radians, sin, sqrt

import pytest
import shapely
from django.conf import settings as portal_settings
from hypothesis import given, settings
from hypothesis import strategies as st

from disperin.maps import boundary

BARABAI = (-2.5833, 115.3833)
SEA = (-4.5, 114.0)  # the Java Sea, south-west of Tanah Laut
CODES = [*(f"63.{number:02}" for number in range(1, 12)), "63.71", "63.72"]
REFERENCE = portal_settings.PROVINCE.folder


def great_circle(latitude, longitude, other_latitude, other_longitude):
    """Kilometres on the sphere (haversine): the measure the plane is held against."""
    north = radians(other_latitude - latitude)
    east = radians(other_longitude - longitude)
    chord = sin(north / 2) ** 2 + cos(radians(latitude)) * cos(radians(other_latitude)) * sin(east / 2) ** 2
    return 2 * 6371.0088 * asin(sqrt(chord))


def rows(name):
    with (REFERENCE / name).open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def test_barabai_lies_in_hulu_sungai_tengah_and_in_no_other_regency():
    inside = [code for code in CODES if boundary.kilometres_outside(code, *BARABAI) == 0]

    assert inside == ["63.07"]
    assert boundary.in_box("63.07", *BARABAI)


def test_a_point_in_the_sea_lies_far_outside_every_regency():
    distances = [boundary.kilometres_outside(code, *SEA) for code in CODES]

    assert not boundary.in_box("63.01", *SEA)
    assert min(distances) > 50


@pytest.mark.parametrize("name", ["kecamatan_centroids.csv", "village_centroids.csv"])
def test_every_place_the_reference_data_knows_lies_in_its_own_regency(name):
    by_regency = {}
    for row in rows(name):
        by_regency.setdefault(row["code"][:5], []).append((float(row["lat"]), float(row["lon"])))

    for code, places in by_regency.items():
        outside = boundary.kilometres_outside_many(code, *zip(*places, strict=True))

        assert set(outside) == {0.0}
        assert all(boundary.in_box(code, *place) for place in places)
    assert sorted(by_regency) == CODES


@pytest.mark.parametrize("code", CODES)
def test_the_edges_belong_to_the_box_and_the_next_step_does_not(code):
    south, west, north, east = boundary.box(code)
    middle = (south + north) / 2, (west + east) / 2

    assert boundary.in_box(code, south, west)
    assert boundary.in_box(code, north, east)
    assert boundary.in_box(code, Decimal(str(north)), Decimal(str(west)))
    assert not boundary.in_box(code, south - 0.000001, middle[1])
    assert not boundary.in_box(code, north + 0.000001, middle[1])
    assert not boundary.in_box(code, middle[0], west - 0.000001)
    assert not boundary.in_box(code, middle[0], east + 0.000001)


@pytest.mark.parametrize("code", CODES)
@pytest.mark.parametrize("side", ["west", "east", "south", "north"])
def test_the_distance_is_true_on_both_sides_of_one_kilometre(code, side):
    outline = next(shape for other, _name, shape in boundary.shapes() if other == code)
    points = shapely.get_coordinates(outline).tolist()
    pick = {"west": min, "east": max, "south": min, "north": max}[side]
    longitude, latitude = pick(points, key=lambda point: point[0 if side in ("west", "east") else 1])
    per_degree = 6371.0088 * radians(1)

    def away(kilometres):
        # From the outermost point straight on: nothing of the regency can be nearer than that point's own line.
        step = kilometres / per_degree
        east = {"west": -1, "east": 1}.get(side, 0) * step / cos(radians(latitude))
        north = {"south": -1, "north": 1}.get(side, 0) * step
        return boundary.kilometres_outside(code, latitude + north, longitude + east)

    assert away(0) == 0
    assert 0.98 < away(0.99) < 1
    assert 1 < away(1.01) < 1.02


@settings(deadline=None)
@given(latitude=st.floats(-5, -1), longitude=st.floats(114, 118), code=st.sampled_from(CODES))
def test_the_distance_agrees_with_the_sphere_within_one_percent(latitude, longitude, code):
    outline = next(shape for other, _name, shape in boundary.shapes() if other == code)
    distance = boundary.kilometres_outside(code, latitude, longitude)
    if distance == 0:
        assert outline.distance(shapely.Point(longitude, latitude)) < 1e-9
        return
    corners = shapely.get_coordinates(shapely.segmentize(outline, 0.005)).tolist()

    nearest = min(great_circle(latitude, longitude, north, east) for east, north in corners)

    # The corners stand at most 0.56 km apart, so the nearest may be half of that beyond the line.
    assert distance * 0.99 - 0.001 <= nearest <= distance * 1.01 + 0.3


def test_many_points_at_once_give_the_same_answers_as_one_by_one():
    latitudes = [BARABAI[0], SEA[0], -2.9]
    longitudes = [BARABAI[1], SEA[1], 115.0]

    many = boundary.kilometres_outside_many("63.07", latitudes, longitudes)

    assert many == [boundary.kilometres_outside("63.07", *point) for point in zip(latitudes, longitudes, strict=True)]


def test_no_points_give_no_answers_and_uneven_lists_are_refused():
    assert boundary.kilometres_outside_many("63.07", [], []) == []
    with pytest.raises(ValueError, match="1 latitudes but 2 longitudes"):
        boundary.kilometres_outside_many("63.07", [-2.5], [115.3, 115.4])


def test_an_unknown_regency_is_a_key_error():
    with pytest.raises(KeyError):
        boundary.box("64.01")
    with pytest.raises(KeyError):
        boundary.kilometres_outside("63.12", *BARABAI)


def test_what_is_no_number_of_degrees_lies_nowhere():
    assert not boundary.in_box("63.07", float("nan"), 115.4)
    assert boundary.kilometres_outside("63.07", float("nan"), 115.4) == float("inf")
    assert boundary.kilometres_outside("63.07", float("inf"), 115.4) == float("inf")


@pytest.mark.parametrize(
    ("exact", "shown"),
    [
        ((-2.5833, 115.3833), ("-2.58", "115.38")),
        ((Decimal("-2.585"), Decimal("115.385")), ("-2.59", "115.39")),
        ((-2.585, 115.385), ("-2.59", "115.39")),
        ((Decimal("-2.5849999"), Decimal("115.3849999")), ("-2.58", "115.38")),
        ((-3, 115), ("-3.00", "115.00")),
    ],
)
def test_a_public_point_is_rounded_to_a_hundredth_of_a_degree(exact, shown):
    latitude, longitude = boundary.rounded(*exact)

    assert (str(latitude), str(longitude)) == shown
