"""Outlines from files: GeoJSON, KML, KMZ, whoever made them. Bounded in size, and nothing in them is carried out."""

import codecs
import json
import re
import zipfile
import zlib
from collections.abc import Iterator
from io import BytesIO
from typing import Any, BinaryIO, NamedTuple

import shapely
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _
from shapely.geometry import mapping, shape

from disperin.maps.kml import Broken, OnlyLines, as_geojson, is_closed, shapes_in
from disperin.maps.shapes import Shape, canonical_shape, rings_of

MOST_BYTES = 5 * 1024 * 1024
MOST_SHAPES = 2_000  # of one file
NAMES = ("code", "kode", "name", "nama", "Name")  # properties of a GeoJSON feature that may name it
ACCEPTED = ".geojson,.json,.kml,.kmz,application/geo+json,application/vnd.google-earth.kml+xml"
_OTHERS = (
    (b"\x00\x00\x27\x0a", "shapefile"),
    (b"SQLite format 3", "GeoPackage"),
    (b"AutoCAD", "DXF"),
    (b"AC10", "DWG"),
    (b"Rar!", "RAR"),
)
# WGS 84, and the Indonesian DGN95 and SRGI2013
_AS_WGS84 = r"(?i)(crs:?84|epsg:(0|[0-9.]*):*(4326|4979|4755|9470)|epsg:(4326|4979|4755|9470))$"


class NamedShape(NamedTuple):
    """A shape of a file, with the name it has there ("" if none)."""

    name: str
    shape: Shape


def read_shapes(file: BinaryIO) -> list[NamedShape]:
    """Every polygon of a GeoJSON, KML or KMZ file, in its order; a ring that is left open is closed.

    Raises ValidationError: `too_large`, `not_read` (none of these, broken, or made to break), `other_kind` (named, with
    how to save it), `crs`, `line`, `no_shape`, `too_many`, and those of `canonical_shape`.
    """
    outlines = list(_found(_bounded(file)))
    if not outlines:
        raise ValidationError(_("There is no outline (polygon) in this file."), "no_shape")
    if len(outlines) > MOST_SHAPES:
        params = {"found": len(outlines), "most": MOST_SHAPES}
        raise ValidationError(_("This file has %(found)s outlines; at most %(most)s are taken."), "too_many", params)
    return [NamedShape(name.strip()[:100], _whole(canonical_shape(value))) for name, value in outlines]


def read_shape(file: BinaryIO) -> Shape:
    """The one outline of a file. Raises ValidationError as `read_shapes`, or `several`."""
    outlines = read_shapes(file)
    if len(outlines) > 1:
        params = {"found": len(outlines)}
        raise ValidationError(
            _("This file has %(found)s outlines. Send the one that is meant, or join them first."), "several", params
        )
    return outlines[0].shape


def _not_read() -> ValidationError:
    return ValidationError(
        _("This file is no GeoJSON, KML or KMZ that can be read. Export it again as one of these."), "not_read"
    )


def _only_lines() -> ValidationError:
    text = _("This file has only lines, and they enclose nothing. Draw the outline as a polygon, or close its line.")
    return ValidationError(text, "line")


def _named(kind: str) -> ValidationError:
    text = _(
        "This is a %(kind)s. Open it in a map program such as QGIS, save the layer as GeoJSON in WGS 84 (EPSG:4326), "
        "and send that."
    )
    return ValidationError(text, "other_kind", {"kind": kind})


def _found(content: bytes) -> Iterator[tuple[str, object]]:
    """What a file holds, told from its bytes."""
    for start, kind in _OTHERS:
        if content.startswith(start):
            raise _named(kind)
    if content.startswith(b"PK"):
        content = _unzipped(content)
    text = _text(content)
    try:
        yield from shapes_in(text) if text.lstrip()[:1] in ("<", b"<") else _from_json(text)
    except Broken:
        raise _not_read() from None
    except OnlyLines:
        raise _only_lines() from None


def _unzipped(content: bytes) -> bytes:
    """The KML of a KMZ."""
    try:
        with zipfile.ZipFile(BytesIO(content)) as archive:
            names = [entry.filename for entry in archive.infolist()]
            if any(name.lower().endswith(".shp") for name in names):
                raise _named("shapefile")
            name = next((name for name in names if name.lower().endswith(".kml")), "")
            if not name:
                raise _not_read()
            if archive.getinfo(name).compress_type not in (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED):
                raise _not_read()
            with archive.open(name) as file:
                return _bounded(file)
    except (zipfile.BadZipFile, zlib.error, NotImplementedError, RuntimeError, OSError, EOFError, ValueError):
        raise _not_read() from None


def _bounded(file: Any) -> bytes:
    """All of a file, unless it is too large."""
    content: bytes = file.read(MOST_BYTES + 1)
    if len(content) > MOST_BYTES:
        params = {"most": MOST_BYTES // 1024 // 1024}
        raise ValidationError(
            _("This file is larger than %(most)s MB. Leave out what is not needed."), "too_large", params
        )
    return content


def _text(content: bytes) -> str | bytes:
    """UTF-16 as text; everything else as it is, without what stands before the first sign."""
    if content.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        encoding = "utf-16"
    elif b"\x00" in content[:4]:
        encoding = "utf-16-be" if content[:1] == b"\x00" else "utf-16-le"
    else:
        return content.removeprefix(codecs.BOM_UTF8).lstrip()
    try:
        return content.decode(encoding).lstrip()
    except UnicodeError:
        raise _not_read() from None


def _from_json(text: str | bytes) -> Iterator[tuple[str, object]]:
    try:
        whole = json.loads(text)
    except (ValueError, RecursionError):
        raise _not_read() from None
    if isinstance(whole, dict):
        _refuse_other_degrees(whole.get("crs"))
    features = (
        whole.get("features") if isinstance(whole, dict) and whole.get("type") == "FeatureCollection" else [whole]
    )
    if not isinstance(features, list):
        raise _not_read()
    lines = has_polygons = False
    for feature in features:
        if not isinstance(feature, dict):
            raise _not_read()
        geometries = list(_geometries(feature.get("geometry") if feature.get("type") == "Feature" else feature))
        polygons = [polygon for geometry in geometries for polygon in _polygons(geometry)]
        lines = lines or any("LineString" in geometry["type"] for geometry in geometries)
        if polygons:
            has_polygons = True
            yield _name_of(feature.get("properties")), as_geojson(polygons)
    if lines and not has_polygons:
        raise _only_lines()


def _geometries(geometry: object, depth: int = 5) -> Iterator[dict[str, Any]]:
    """A geometry, or those of a collection of them."""
    if not isinstance(geometry, dict) or not isinstance(geometry.get("type"), str):
        return
    if geometry["type"] != "GeometryCollection":
        yield geometry
    elif depth and isinstance(geometry.get("geometries"), list):
        for part in geometry["geometries"]:
            yield from _geometries(part, depth - 1)


def _polygons(geometry: dict[str, Any]) -> list[Any]:
    """The coordinates of the polygons of a geometry; a line that ends where it begins is one."""
    kind, coordinates = geometry["type"], geometry.get("coordinates")
    if kind == "Polygon":
        return [coordinates]
    if kind == "MultiPolygon":
        return coordinates if isinstance(coordinates, list) else [coordinates]
    if kind == "LineString":
        return [[coordinates]] if is_closed(coordinates) else []
    if kind == "MultiLineString" and isinstance(coordinates, list):
        return [[line] for line in coordinates if is_closed(line)]
    return []


def _refuse_other_degrees(crs: object) -> None:
    """A `crs` says that the numbers are no degrees of WGS 84, nor of a system that is the same within a metre."""
    properties = crs.get("properties") if isinstance(crs, dict) else None
    name = str(properties.get("name") or "") if isinstance(properties, dict) else ""
    if name and not re.search(_AS_WGS84, name):
        text = _("This file is in the coordinate system %(crs)s. Save it in WGS 84 (EPSG:4326), and send that.")
        raise ValidationError(text, "crs", {"crs": name[:60]})


def _name_of(properties: object) -> str:
    said = properties if isinstance(properties, dict) else {}
    named = (said[name] for name in NAMES if isinstance(said.get(name), str | int) and str(said[name]).strip())
    return str(next(named, "")).replace("\x00", "")


def _whole(outline: Shape) -> Shape:
    """A shape whose rings are closed, and whose parts, should they touch or overlap, are one."""
    for ring in rings_of(outline):
        if ring[0] != ring[-1]:
            ring.append(ring[0])
    if outline["type"] == "Polygon" or any(len(ring) < 4 for ring in rings_of(outline)):
        return outline
    geometry = shape(outline)
    if geometry.is_valid or not all(part.is_valid for part in geometry.geoms):
        return outline
    return canonical_shape(json.loads(json.dumps(mapping(shapely.union_all(list(geometry.geoms))))))
