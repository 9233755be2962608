"""Outlines: one canonical form, every rule with its code and its edge, areas true to the ellipsoid, hostile files."""

import json
import zipfile
from io import BytesIO

import pytest
from django.core.exceptions import ValidationError

from disperin.maps import shapes
from disperin.maps.shape_files import MOST_BYTES, MOST_SHAPES, read_shape, read_shapes

HOME = "63.07"  # Hulu Sungai Tengah


def square(west=115.38, south=-2.58, size=0.01, **members):
    """A square of `size` degrees."""
    east, north = round(west + size, 6), round(south + size, 6)
    ring = [[west, south], [east, south], [east, north], [west, north], [west, south]]
    return {"type": "Polygon", "coordinates": [ring], **members}


def code_of(call, *arguments):
    """The code of the ValidationError that a call raises, or ""."""
    try:
        call(*arguments)
    except ValidationError as error:
        return error.code
    return ""


def geometry(**options):
    return shapes.check_shape(shapes.canonical_shape(square(**options)))


def test_the_same_outline_is_kept_the_same_however_it_was_written():
    precise = square()
    precise["coordinates"][0][1] = [115.3900000004, -2.5800000004, 12.5]

    assert shapes.canonical_shape({**precise, "bbox": [1, 2, 3, 4], "crs": {}}) == square()
    assert shapes.canonical_shape(shapes.canonical_shape(square())) == square()


@pytest.mark.parametrize(
    ("value", "code"),
    [
        (None, "not_polygon"),
        ("POLYGON ((0 0))", "not_polygon"),
        ([], "not_polygon"),
        ({"type": "Point", "coordinates": [115, -2]}, "not_polygon"),
        ({"type": "Polygon"}, "coordinates"),
        ({"type": "Polygon", "coordinates": []}, "coordinates"),
        ({"type": "Polygon", "coordinates": [[]]}, "coordinates"),
        ({"type": "Polygon", "coordinates": [[["115", "-2"]]]}, "coordinates"),
        ({"type": "Polygon", "coordinates": [[[True, False]]]}, "coordinates"),
        ({"type": "Polygon", "coordinates": [[[float("nan"), 1]]]}, "coordinates"),
        ({"type": "Polygon", "coordinates": [[[180.1, 0]]]}, "coordinates"),
        ({"type": "Polygon", "coordinates": [[[0, -90.1]]]}, "coordinates"),
        ({"type": "Polygon", "coordinates": [[[10**400, 0]]]}, "coordinates"),
        ({"type": "Polygon", "coordinates": {"a": 1}}, "coordinates"),
        ({"type": "MultiPolygon", "coordinates": [3]}, "coordinates"),
        ({"type": "MultiPolygon", "coordinates": []}, "not_polygon"),
        ({"type": "Polygon", "coordinates": [[[0, 0]] * (shapes.MOST_CORNERS + 1)]}, "too_many_corners"),
    ],
)  # fmt: skip
def test_what_is_no_outline_is_refused_by_name(value, code):
    assert code_of(shapes.canonical_shape, value) == code


@pytest.mark.parametrize(
    ("ring", "code"),
    [
        ([[0, 0], [1, 0], [1, 1], [0, 1], [0, 0]], ""),
        ([[0, 0], [1, 0], [1, 1], [0, 0]], ""),
        ([[0, 0], [1, 0], [1, 1], [0, 1]], "not_closed"),
        ([[0, 0], [1, 0], [0, 0]], "too_few"),
        ([[0, 0], [1, 1], [1, 0], [0, 1], [0, 0]], "crossing"),
    ],
)
def test_an_outline_is_closed_and_crosses_nowhere(ring, code):
    found = shapes.canonical_shape({"type": "Polygon", "coordinates": [ring]})

    assert code_of(shapes.check_shape, found) == code


def test_a_square_degree_at_the_equator_has_its_known_area():
    """12,308.78 km² between 0° and 1°, the textbook value on WGS 84."""
    degree = shapes.canonical_shape(square(west=0, south=0, size=1))

    assert shapes.hectares_of(degree) == pytest.approx(1_230_877.8, abs=0.1)


def test_a_hole_does_not_count_and_parts_add_up():
    outer, hole = square(size=0.01)["coordinates"][0], square(west=115.382, south=-2.578, size=0.002)["coordinates"][0]
    whole = shapes.hectares_of(square())
    inner = shapes.hectares_of({"type": "Polygon", "coordinates": [hole]})

    pierced = shapes.hectares_of({"type": "Polygon", "coordinates": [outer, hole]})
    parted = shapes.hectares_of({"type": "MultiPolygon", "coordinates": [[outer], square(west=115.5)["coordinates"]]})

    assert pierced == pytest.approx(whole - inner)
    assert parted == pytest.approx(2 * whole)


@pytest.mark.parametrize(
    ("measured", "differs"), [(100, False), (105, False), (105.01, True), (95, False), (94.9, True)]
)
def test_five_percent_of_the_stated_area_may_be_missing(measured, differs):
    assert shapes.area_differs(measured, 100) is differs


@pytest.mark.parametrize(
    ("west", "south", "code"), [(115.38, -2.58, ""), (114.0, -4.5, "outside_regency"), (-2.58, 11.5, "outside_regency")]
)
def test_an_outline_lies_in_its_regency(west, south, code):
    assert code_of(shapes.check_within_regency, geometry(west=west, south=south), HOME) == code


def test_an_outline_that_leaves_its_regency_between_two_corners_is_seen():
    long = {"type": "Polygon", "coordinates": [[[115.38, -2.58], [117.5, -2.58], [115.38, -2.57], [115.38, -2.58]]]}

    assert code_of(shapes.check_within_regency, shapes.check_shape(long), HOME) == "outside_regency"


def test_plots_lie_in_their_zone_and_on_nobody_elses_ground():
    outline = geometry(size=0.01)
    plots = {
        "a": geometry(size=0.002),
        "neighbour": geometry(west=115.382, size=0.002),
        "over": geometry(west=115.381, south=-2.579, size=0.002),
        "beyond": geometry(west=115.389, south=-2.572, size=0.002),
        "by a hair": geometry(west=115.389, south=-2.575, size=0.00101),
    }
    names = {key: key.upper() for key in plots}

    problems = shapes.check_plots(plots, names, outline)

    assert {key: error.code for key, error in problems.items()} == {"over": "overlap", "beyond": "outside_outline"}
    assert problems["over"].params["other"] in ("A", "NEIGHBOUR")
    assert shapes.check_plots({}, {}, outline) == {}
    assert shapes.check_plots({"beyond": plots["beyond"]}, names, None) == {}


def test_the_map_gets_few_corners_and_the_same_ground():
    ring = [[115.38 + step * 0.00001, -2.58] for step in range(1000)]
    many = shapes.canonical_shape(
        {"type": "Polygon", "coordinates": [[*ring, [115.39, -2.57], [115.38, -2.57], [115.38, -2.58]]]}
    )

    drawn = shapes.for_map(many)

    assert len(drawn["coordinates"][0]) == 5
    assert shapes.hectares_of(shapes.canonical_shape(json.loads(json.dumps(drawn)))) == pytest.approx(
        shapes.hectares_of(many), rel=0.001
    )


KML = """<?xml version="1.0" encoding="UTF-8"?><kml xmlns="http://www.opengis.net/kml/2.2"><Document>
<Placemark><name>A-1</name><Polygon><outerBoundaryIs><LinearRing><coordinates>
115.38,-2.58,0 115.39,-2.58,0 115.39,-2.57,0 115.38,-2.57,0 115.38,-2.58,0
</coordinates></LinearRing></outerBoundaryIs></Polygon></Placemark>
<Placemark><name>Gardu</name><Point><coordinates>115.38,-2.58,0</coordinates></Point></Placemark>
</Document></kml>"""


def test_a_kml_file_gives_its_polygons_by_name():
    assert read_shapes(BytesIO(KML.encode())) == [("A-1", square())]


@pytest.mark.parametrize("name", ["code", "kode", "name", "nama"])
def test_a_geojson_file_gives_its_polygons_by_name(name):
    features = [
        {"type": "Feature", "properties": {name: " B-2 "}, "geometry": square()},
        {"type": "Feature", "properties": None, "geometry": {"type": "Point", "coordinates": [1, 2]}},
    ]
    text = json.dumps({"type": "FeatureCollection", "features": features})

    assert read_shapes(BytesIO(b"\xef\xbb\xbf" + text.encode())) == [("B-2", square())]
    assert read_shape(BytesIO(json.dumps(square()).encode())) == square()


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (b"", "not_read"),
        (b"{", "not_read"),
        (b"\xff\xfe", "not_read"),
        (b"PK\x03\x04", "not_read"),
        (b"\x00\x00\x27\x0a" + b"\x00" * 90, "other_kind"),
        (b"SQLite format 3\x00", "other_kind"),
        (b"[" * 100_000, "not_read"),
        (b"<kml", "not_read"),
        (b"<a>" * 100_000, "not_read"),
        (b'<?xml version="1.0" encoding="nix"?><kml/>', "not_read"),
        (b'<!DOCTYPE x [<!ENTITY a "b">]><kml>&a;</kml>', "not_read"),
        (b'<!DOCTYPE x SYSTEM "file:///etc/passwd"><kml/>', "not_read"),
        (b"<kml/>", "no_shape"),
        (b'{"type":"FeatureCollection","features":7}', "not_read"),
        (b'{"type":"FeatureCollection","features":[7]}', "not_read"),
        (b'{"type":"FeatureCollection","features":[]}', "no_shape"),
        (KML.replace("115.39,", "x,").encode(), "coordinates"),
        (b" " * (MOST_BYTES + 1), "too_large"),
        (json.dumps({"type": "FeatureCollection", "features": [square()] * (MOST_SHAPES + 1)}).encode(), "too_many"),
    ],
    ids=lambda one: one if isinstance(one, str) else f"{len(one)}-bytes-{one[:12]!r}",
)
def test_a_file_that_is_none_is_refused_by_name(content, code):
    assert code_of(read_shapes, BytesIO(content)) == code


def test_what_is_packed_as_no_map_program_packs_is_not_read():
    assert code_of(read_shapes, BytesIO(a_zip(doc_kml=KML, packed=zipfile.ZIP_LZMA))) == "not_read"


def a_zip(*, packed=zipfile.ZIP_STORED, **entries):
    made = BytesIO()
    with zipfile.ZipFile(made, "w", packed) as new:
        for name, content in entries.items():
            new.writestr(name.replace("_", "."), content)
    return made.getvalue()


RING = "115.38,-2.58 115.39,-2.58 115.39,-2.57 115.38,-2.57 115.38,-2.58"
OUTER = f"<outerBoundaryIs><LinearRing><coordinates>{RING}</coordinates></LinearRing></outerBoundaryIs>"
HOLE = "115.382,-2.578 115.384,-2.578 115.384,-2.576 115.382,-2.576 115.382,-2.578"
INNER = f"<innerBoundaryIs><LinearRing><coordinates>{HOLE}</coordinates></LinearRing></innerBoundaryIs>"


def a_kml(geometry, attributes=""):
    return f'<?xml version="1.0"?>\n<kml><Placemark{attributes}><name>A-1</name>{geometry}</Placemark></kml>'


def a_collection(*geometries, **members):
    features = [{"type": "Feature", "properties": {"name": "A-1"}, "geometry": one} for one in geometries]
    return json.dumps({"type": "FeatureCollection", "features": features, **members})


def test_outlines_are_read_as_map_programs_and_people_make_them():
    polygon = f"<Polygon>{OUTER}</Polygon>"
    ring = square()["coordinates"][0]
    crs = {"type": "name", "properties": {"name": "urn:ogc:def:crs:OGC:1.3:CRS84"}}
    for content in (
        a_zip(doc_kml=a_kml(polygon), style_png="x"),
        a_kml(f"<LinearRing><coordinates>{RING}</coordinates></LinearRing>"),
        a_kml(f"<LineString><coordinates>{RING}</coordinates></LineString>"),
        a_kml(polygon.replace(",-", " , -")),
        a_kml(polygon.replace(" 115.38,-2.58<", "<")),
        a_kml(polygon, ' xsi:schemaLocation="x y"'),
        a_kml(polygon + "<gx:balloon>x</gx:balloon>"),
        a_kml(polygon).replace("?>", ' encoding="UTF-16"?>').encode("utf-16"),
        "\n\n " + a_kml(polygon),
        a_collection(
            {"type": "GeometryCollection", "geometries": [square(), {"type": "Point", "coordinates": [1, 2]}]}
        ),
        a_collection({"type": "LineString", "coordinates": ring}),
        a_collection({"type": "Polygon", "coordinates": [ring[:-1]]}),
        a_collection(square(), crs=crs),
        a_collection(square()).encode("utf-16"),
        "\n" + a_collection(square()),
    ):
        sent = content if isinstance(content, bytes) else content.encode()
        assert read_shapes(BytesIO(sent)) == [("A-1", square())], content


def test_the_outer_ring_comes_first_whichever_is_first_in_the_file():
    (found,) = read_shapes(BytesIO(a_kml(f"<Polygon>{INNER}{OUTER}</Polygon>").encode()))

    assert found.shape["coordinates"][0] == square()["coordinates"][0]
    assert shapes.check_shape(found.shape).interiors


def test_parcels_that_touch_are_one_outline():
    parts = [square()["coordinates"], square(west=115.39)["coordinates"]]

    (found,) = read_shapes(BytesIO(a_collection({"type": "MultiPolygon", "coordinates": parts}).encode()))

    assert found.shape["type"] == "Polygon"
    assert shapes.check_shape(found.shape).bounds == pytest.approx((115.38, -2.58, 115.4, -2.57))


def test_what_cannot_be_read_is_named():
    comma = "115,38,-2,58 115,39,-2,58 115,39,-2,57 115,38,-2,58"
    open_line = {"type": "LineString", "coordinates": [[115.1, -3.8], [115.2, -3.8]]}
    crs = {"type": "name", "properties": {"name": "urn:ogc:def:crs:EPSG::32750"}}
    for content, code in (
        (a_zip(tanah_shp="x", tanah_dbf="x"), "other_kind"),
        (a_zip(tanah_txt="x"), "not_read"),
        (a_zip(doc_kml=" " * (MOST_BYTES + 1)), "too_large"),
        (a_kml(f"<Polygon>{OUTER.replace(RING, comma)}</Polygon>"), "decimal_comma"),
        (a_collection({"type": "Polygon", "coordinates": [[[115, 38, -2, 58]] * 4]}), "decimal_comma"),
        (a_kml(f"<Polygon>{OUTER.replace(RING, RING.replace(' ', ','))}</Polygon>"), "coordinates"),
        (a_kml(f"<LineString><coordinates>{RING[:26]}</coordinates></LineString>"), "line"),
        (a_collection(open_line), "line"),
        (a_collection(square(), crs=crs), "crs"),
        (a_kml("<a:b><c:d></a:b>"), "not_read"),
    ):
        assert code_of(read_shapes, BytesIO(content if isinstance(content, bytes) else content.encode())) == code, (
            content
        )


def test_one_outline_is_asked_for_and_several_are_told():
    both = {"type": "FeatureCollection", "features": [square(), square(west=115.5)]}

    assert code_of(read_shape, BytesIO(json.dumps(both).encode())) == "several"


def a_line(coordinates):
    return b"<Placemark><LineString><coordinates>" + coordinates + b"</coordinates></LineString></Placemark>"


@pytest.mark.parametrize(
    ("inside", "code"),
    [
        (b"<Placemark>" * 100_000 + b"</Placemark>" * 100_000, "not_read"),
        (b"<Placemark><Polygon>" + b"<Polygon>" * 100 + b"</Polygon>" * 100 + b"</Polygon></Placemark>", "not_read"),
        (a_line(b"1" + b" " * 4_000_000 + b"1"), "line"),
        (a_line(b" , " * 10_000), "line"),
    ],
)
def test_a_kml_that_is_made_to_be_looked_through_for_ever_is_refused_as_soon_as_any_other(inside, code):
    assert code_of(read_shape, BytesIO(b"<kml>" + inside + b"</kml>")) == code
