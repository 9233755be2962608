"""Outlines from files: GeoJSON and KML, whoever made them. Bounded in size, and nothing in them is carried out."""

import json
from collections.abc import Iterator
from typing import Any, BinaryIO, NamedTuple
from xml.etree.ElementTree import Element  # noqa: S405 -- the type only; files are read by defusedxml

from defusedxml import DefusedXmlException
from defusedxml.ElementTree import ParseError, fromstring
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from disperin.maps.shapes import Shape, canonical_shape

MOST_BYTES = 5 * 1024 * 1024
MOST_SHAPES = 2_000  # of one file
NAMES = ("code", "kode", "name", "nama", "Name")  # properties of a GeoJSON feature that may name it
ACCEPTED = ".geojson,.json,.kml,application/geo+json,application/vnd.google-earth.kml+xml"


class NamedShape(NamedTuple):
    """A shape of a file, with the name it has there ("" if none)."""

    name: str
    shape: Shape


def read_shapes(file: BinaryIO) -> list[NamedShape]:
    """Every polygon of a GeoJSON or KML file, in its order.

    Raises ValidationError: `too_large`, `not_read` (neither of the two, broken, or made to break), `no_shape`,
    `too_many`, and those of `canonical_shape`.
    """
    content = file.read(MOST_BYTES + 1)
    if len(content) > MOST_BYTES:
        told = {"most": MOST_BYTES // 1024 // 1024}
        raise ValidationError(
            _("This file is larger than %(most)s MB. Leave out what is not needed."), "too_large", told
        )
    found = list(_from_kml(content) if content.lstrip(b"\xef\xbb\xbf \r\n\t").startswith(b"<") else _from_json(content))
    if not found:
        raise ValidationError(_("There is no outline (polygon) in this file."), "no_shape")
    if len(found) > MOST_SHAPES:
        told = {"found": len(found), "most": MOST_SHAPES}
        raise ValidationError(_("This file has %(found)s outlines; at most %(most)s are taken."), "too_many", told)
    return [NamedShape(name.strip()[:100], canonical_shape(value)) for name, value in found]


def read_shape(file: BinaryIO) -> Shape:
    """The one outline of a file. Raises ValidationError as `read_shapes`, or `several`."""
    found = read_shapes(file)
    if len(found) > 1:
        told = {"found": len(found)}
        raise ValidationError(
            _("This file has %(found)s outlines. Send the one that is meant, or join them first."), "several", told
        )
    return found[0].shape


def _not_read() -> ValidationError:
    return ValidationError(_("This file is no GeoJSON and no KML that can be read. Export it again."), "not_read")


def _from_json(content: bytes) -> Iterator[tuple[str, object]]:
    try:
        whole = json.loads(content.decode("utf-8-sig"))
    except (ValueError, RecursionError):
        raise _not_read() from None
    features = (
        whole.get("features") if isinstance(whole, dict) and whole.get("type") == "FeatureCollection" else [whole]
    )
    if not isinstance(features, list):
        raise _not_read()
    for one in features:
        if not isinstance(one, dict):
            raise _not_read()
        geometry = one.get("geometry") if one.get("type") == "Feature" else one
        if isinstance(geometry, dict) and geometry.get("type") in ("Polygon", "MultiPolygon"):
            yield _name_of(one.get("properties")), geometry


def _name_of(properties: object) -> str:
    said = properties if isinstance(properties, dict) else {}
    named = (said[name] for name in NAMES if isinstance(said.get(name), str | int) and str(said[name]).strip())
    return str(next(named, "")).replace("\x00", "")


def _from_kml(content: bytes) -> Iterator[tuple[str, object]]:
    try:
        root = fromstring(content, forbid_dtd=True)
    except (ParseError, DefusedXmlException, ValueError, LookupError):
        raise _not_read() from None
    for placemark in _all(root, "Placemark"):
        polygons = [[_ring(one) for one in _all(polygon, "coordinates")] for polygon in _all(placemark, "Polygon")]
        if polygons:
            name = next((one.text or "" for one in placemark if _tag(one) == "name"), "")
            single = {"type": "Polygon", "coordinates": polygons[0]}
            yield name, single if len(polygons) == 1 else {"type": "MultiPolygon", "coordinates": polygons}


def _all(element: Element, tag: str) -> Iterator[Element]:
    """Everything of this name below an element, whatever its namespace."""
    return (one for one in element.iter() if _tag(one) == tag)


def _tag(element: Element) -> str:
    return str(element.tag).rpartition("}")[2]


def _ring(coordinates: Element) -> list[list[Any]]:
    """`longitude,latitude[,height]` between blanks; what is no number is left for `canonical_shape` to refuse."""
    return [[_degrees(part) for part in corner.split(",")] for corner in (coordinates.text or "").split()]


def _degrees(text: str) -> object:
    try:
        return float(text)
    except ValueError:
        return text
