"""The province as a sketch: every regency once, light, and names that never cover each other."""

import re
from itertools import combinations

from shapely.geometry import MultiPolygon, box

from disperin.maps import boundary, sketch
from disperin.maps.pictures import points_picture


def _box(name):
    wide = max(map(len, name.lines)) * sketch.LETTER / 2
    return name.across - wide, name.down - sketch.LINE / 2, name.across + wide, name.below + sketch.LINE / 2


def test_every_regency_is_a_piece_that_pages_can_take():
    drawn = sketch.sketch().decode()

    assert re.findall(r'<path id="r([\d.]+)" d="M', drawn) == [code for code, _name, _shape in boundary.shapes()]
    assert len(drawn) < 10_000


def test_names_cover_neither_each_other_nor_leave_the_drawing():
    left, top, width, height = sketch.frame()

    names = sketch.names()

    assert [name.code for name in names] == [code for code, _name, _shape in boundary.shapes()]
    for one, other in combinations(map(_box, names), 2):
        assert one[2] <= other[0] or other[2] <= one[0] or one[3] <= other[1] or other[3] <= one[1]
    for west, north, east, south in map(_box, names):
        assert left <= west < east <= left + width
        assert top <= north < south <= top + height


def test_a_name_is_written_without_its_kind_in_lines_as_even_as_its_words_allow():
    lines = {name.code: name.lines for name in sketch.names()}

    assert lines["63.06"] == ("Hulu Sungai", "Selatan")
    assert lines["63.71"] == ("Banjarmasin",)


def test_points_that_fall_together_are_one_dot_of_a_picture():
    drawn = points_picture([(-3.3, 114.6), (-3.3001, 114.6001), (-2.6, 115.4)])

    assert drawn.count("h0") == 2
    assert drawn.count("<path") == 14


def test_a_regency_of_small_islands_keeps_its_largest():
    islands = MultiPolygon([box(0, 0, 0.01, 0.01), box(1, 1, 1.02, 1.02)])

    assert sketch.without_islets(islands).equals(box(1, 1, 1.02, 1.02))
    assert sketch.without_islets(islands.union(box(5, 5, 6, 6))).equals(box(5, 5, 6, 6))
