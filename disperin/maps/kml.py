"""Outlines from KML, as Google Earth, GPS devices and hand-written converters make it."""

import re
from collections.abc import Iterator
from typing import Any
from xml.etree.ElementTree import Element  # noqa: S405 -- the type only; files are read by defusedxml

from defusedxml import DefusedXmlException
from defusedxml.ElementTree import ParseError, fromstring

MOST_PREFIXES = 20
DEEPEST = 40  # elements within each other; folders and all, programs write ten or so
_PREFIX = re.compile(r"[<\s/]([A-Za-z_][\w.-]{0,30}):[A-Za-z_]")
_DECLARED = re.compile(r"xmlns:([A-Za-z_][\w.-]*)\s*=")
_ROOT = re.compile(r"<[A-Za-z_][\w.:-]*")


class Broken(Exception):
    """This is no KML that can be read."""


class OnlyLines(Exception):
    """The lines of this KML enclose nothing."""


def shapes_in(content: str | bytes) -> Iterator[tuple[str, object]]:
    """`(name, GeoJSON)` of every placemark with an outline: polygons, rings, and lines that end where they begin."""
    lines = False
    has_outline = False
    for placemark in _all(_root(content), "Placemark"):
        polygons = [_rings(polygon) for polygon in _all(placemark, "Polygon")]
        if not polygons:
            polygons = [
                [_corners(coordinates)]
                for ring in _all(placemark, "LinearRing")
                for coordinates in _all(ring, "coordinates")
            ]
        if not polygons:
            open_or_closed = [
                _corners(coordinates)
                for line in _all(placemark, "LineString")
                for coordinates in _all(line, "coordinates")
            ]
            polygons = [[line] for line in open_or_closed if is_closed(line)]
            lines = lines or bool(open_or_closed)
        if polygons:
            has_outline = True
            name = next((child.text or "" for child in placemark if _tag(child) == "name"), "")
            yield name, as_geojson(polygons)
    if lines and not has_outline:
        raise OnlyLines


def is_closed(line: Any) -> bool:
    """Whether a line ends where it begins, and so encloses ground."""
    return isinstance(line, list) and len(line) > 3 and line[0] == line[-1]


def as_geojson(polygons: list[Any]) -> dict[str, Any]:
    """One polygon, or several, as GeoJSON."""
    if len(polygons) == 1:
        return {"type": "Polygon", "coordinates": polygons[0]}
    return {"type": "MultiPolygon", "coordinates": polygons}


def _root(content: str | bytes) -> Element:
    """The root element. A prefix that is declared nowhere, as some programs leave it, is declared."""
    try:
        return _parsed(content)
    except ParseError as error:
        if "unbound prefix" not in str(error):
            raise Broken from error
    except (DefusedXmlException, ValueError, LookupError) as error:
        raise Broken from error
    try:
        return _parsed(_declared(content if isinstance(content, str) else content.decode()))
    except (ParseError, DefusedXmlException, ValueError, LookupError) as error:
        raise Broken from error


def _parsed(content: str | bytes) -> Element:
    root: Element = fromstring(content, forbid_dtd=True)
    if _is_deep(root):  # what lies in an element is looked through for each that it lies in
        raise ValueError
    return root


def _is_deep(root: Element) -> bool:
    layer = [root]
    for _level in range(DEEPEST):
        layer = [child for element in layer for child in element]
    return bool(layer)


def _declared(text: str) -> str:
    """The text with every prefix that it uses declared at its root."""
    unknown = sorted({*_PREFIX.findall(text)} - {*_DECLARED.findall(text), "xml", "xmlns"})[:MOST_PREFIXES]
    root = _ROOT.search(text)
    if root is None:
        return text
    return text[: root.end()] + "".join(f' xmlns:{prefix}="urn:{prefix}"' for prefix in unknown) + text[root.end() :]


def _rings(polygon: Element) -> list[Any]:
    """The rings of a polygon, the outer one first, whichever comes first in the file."""
    outer = [ring for boundary in _all(polygon, "outerBoundaryIs") for ring in _all(boundary, "coordinates")]
    inner = [ring for boundary in _all(polygon, "innerBoundaryIs") for ring in _all(boundary, "coordinates")]
    return [_corners(ring) for ring in ([*outer, *inner] or _all(polygon, "coordinates"))]


def _all(element: Element, tag: str) -> Iterator[Element]:
    """Everything of this name below an element, whatever its namespace."""
    return (node for node in element.iter() if _tag(node) == tag)


def _tag(element: Element) -> str:
    return str(element.tag).rpartition("}")[2]


def _corners(coordinates: Element) -> list[list[Any]]:
    """`longitude,latitude[,height]` between blanks; what is no number is left for `canonical_shape` to refuse."""
    text = ",".join(part.strip() for part in (coordinates.text or "").split(","))
    corners = [[_degrees(part) for part in corner.split(",")] for corner in text.split()]
    return [
        corner if len(corner) < 4 or all(type(part) is int for part in corner) else [] for corner in corners
    ]  # no corner


def _degrees(text: str) -> object:
    try:
        return int(text) if re.fullmatch(r"[+-]?[0-9]{1,3}", text) else float(text)
    except ValueError:
        return text
