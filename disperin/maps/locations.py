"""Where a place lies, as SVG for a page without a script and for paper: the regencies by name, a pin, what is near.

Colours are those of paper; a page gives its own to the classes (`place-…`).
"""

from collections.abc import Sequence
from functools import lru_cache
from html import escape
from typing import Any

import shapely
from django.conf import settings

from disperin.maps.boundary import short_name
from disperin.maps.pictures import LAND, PIN, WIDTH, Paper, land, pin, province_paper

INK, SOFT, FONT = "#1f1d1a", "#5c574f", "Libertinus Serif"
LETTERS = 8.0  # height of a name, in units of the drawing
OF_ITS_HEIGHT = 0.6  # of a letter, on average, is its width
EDGES = 6.0  # of water around the land
STEP = 26.0  # between two places that are near
RING = 13.0  # radius around what is known by its district only


@lru_cache(maxsize=256)
def location_picture(regency_code: str, point: tuple[float, float] | None, *, is_exact: bool) -> str:
    """The regencies with their names, one of them marked, and `point` (latitude, longitude) in it.

    What is not exact gets a ring instead of a pin: it lies somewhere around there.
    """
    paper, regencies = province_paper()
    here = settings.PROVINCE.colours["light"]["masthead_line"]
    ground = [
        land(outline, paper, here, "place-here") if code == regency_code else land(outline, paper, LAND, "place-land")
        for code, _name, outline in regencies
    ]
    names = _names(regency_code, point, paper, regencies)
    west, south, east, north = shapely.total_bounds([outline for _code, _name, outline in regencies])
    (left, top), (right, bottom) = paper.place(west, north), paper.place(east, south)
    size = f"{left - EDGES:.1f} {top - EDGES:.1f} {right - left + 2 * EDGES:.1f} {bottom - top + 2 * EDGES:.1f}"
    drawn = "".join([*ground, *names, *_pin(point, paper, is_exact=is_exact)])
    return f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="{size}">{drawn}</svg>'


def distances_picture(places: Sequence[tuple[str, float]]) -> str:
    """How far places are, the nearest first: `[(what is said of it, km)]`, each with a line as long as its way.

    "" where there is none.
    """
    if not places:
        return ""
    near = sorted(places, key=lambda place: place[1])
    longest = near[-1][1] or 1
    rows = []
    for at, (said, km) in enumerate(near):
        down, end = STEP * (at + 1) - 4, 8 + (WIDTH - 24) * km / longest
        rows += [
            f'<path class="place-way" d="M8 {down:.1f}H{end:.1f}" stroke="{SOFT}" stroke-width="2" fill="none"/>',
            f'<circle class="place-pin" cx="8" cy="{down:.1f}" r="4" fill="{PIN}"/>',
            f'<circle class="place-end" cx="{end:.1f}" cy="{down:.1f}" r="4" fill="{SOFT}"/>',
            _text(said, 8, down - 8, size=12, anchor="start"),
        ]
    size = f"0 0 {WIDTH:g} {STEP * len(near) + 6:.1f}"
    return f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="{size}">{"".join(rows)}</svg>'


def _names(
    regency_code: str, point: tuple[float, float] | None, paper: Paper, regencies: Sequence[tuple[str, str, Any]]
) -> list[str]:
    """The names of the regencies: the marked one's below its pin, others where they fit and cover no other."""
    written: list[tuple[float, float, float, str]] = []  # across, down, half its width, the name
    for code, name, outline in sorted(regencies, key=lambda regency: regency[0] != regency_code):
        is_marked = code == regency_code
        plain = short_name(name)
        half = len(plain) * LETTERS * OF_ITS_HEIGHT / 2
        west, _south, east, _north = outline.bounds
        middle = outline.representative_point()
        latitude, longitude = point if is_marked and point else (middle.y, middle.x)
        across, down = paper.place(longitude, latitude)
        down += RING + LETTERS if is_marked and point else LETTERS / 3
        fits = 2 * half <= (east - west) * paper.squeeze * paper.unit
        covers = any(abs(across - x) < half + w and abs(down - y) < 2 * LETTERS for x, y, w, _name in written)
        if is_marked or (fits and not covers):
            written.append((across, down, half, _text(plain, across, down, size=LETTERS, is_bold=is_marked)))
    return [text for _across, _down, _half, text in written]


def _pin(point: tuple[float, float] | None, paper: Paper, *, is_exact: bool) -> list[str]:
    if point is None:
        return []
    latitude, longitude = point
    across, down = paper.place(longitude, latitude)
    if is_exact:
        return [pin(across, down, "place-pin")]
    at = f'cx="{across:.1f}" cy="{down:.1f}"'
    return [
        f'<circle class="place-ring" {at} r="{RING:g}" fill="none" stroke="{PIN}" stroke-width="2" '
        'stroke-dasharray="4 3"/>',
        f'<circle class="place-pin" {at} r="2" fill="{PIN}"/>',
    ]


def _text(said: str, across: float, down: float, *, size: float, anchor: str = "middle", is_bold: bool = False) -> str:
    return (
        f'<text class="place-name" x="{across:.1f}" y="{down:.1f}" font-size="{size:g}" font-family="{FONT}" '
        f'font-weight="{"bold" if is_bold else "normal"}" text-anchor="{anchor}" fill="{INK}">{escape(said)}</text>'
    )
