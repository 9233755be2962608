"""Where a place lies, as SVG: names once each, a pin or a ring, distances as long as they are far."""

import re
from html import unescape

from disperin.maps.locations import distances_picture, location_picture

JORONG = (-3.9, 114.95)


def names_in(picture):
    return [unescape(name) for name in re.findall(r"<text [^>]*>([^<]*)</text>", picture)]


def test_the_regency_is_marked_and_named_and_no_name_twice():
    picture = location_picture("63.01", JORONG, is_exact=True)

    assert picture.count('class="place-here"') == 1
    assert picture.count('class="place-land"') == 12
    names = names_in(picture)
    assert names[0] == "Tanah Laut"
    assert len(names) == len({*names}) > 5
    assert not any(name.startswith(("Kabupaten", "Kota ")) for name in names)


def test_what_is_known_by_its_district_only_has_a_ring_instead_of_a_pin():
    exact, around, nowhere = (
        location_picture("63.01", JORONG, is_exact=True),
        location_picture("63.01", JORONG, is_exact=False),
        location_picture("63.01", None, is_exact=True),
    )

    assert [("place-ring" in one, "place-pin" in one) for one in (exact, around, nowhere)] == [
        (False, True), (True, True), (False, False)
    ]  # fmt: skip


def test_ways_are_as_long_as_they_are_far_the_nearest_first():
    picture = distances_picture([("Banjarmasin: 113 km", 113), ("<Pelaihari> & 48,4 km", 48.4)])

    assert names_in(picture) == ["<Pelaihari> & 48,4 km", "Banjarmasin: 113 km"]
    near, far = (float(end) - 8 for end in re.findall(r"H([0-9.]+)", picture))
    assert abs(near / far - 48.4 / 113) < 0.001
    assert distances_picture([]) == ""
