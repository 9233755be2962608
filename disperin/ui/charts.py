"""Line charts made on the server: where lines, dots and labels stand in a drawing of fixed size.

`{% line_chart %}` draws them as inline SVG; colours come from the style sheet (`static/css/charts.css`) by class names.
"""

import math
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal

from disperin.ui.texts import Text

WIDTH, HEIGHT = 720, 320  # of the drawing, in its own units
LEFT, RIGHT, TOP, BOTTOM = 88, 36, 36, 44  # room for labels, which are larger on telephones
MOST_DAYS_NAMED = 6  # below the drawing; more would run into each other

Number = int | float | Decimal


@dataclass(frozen=True)
class Series:
    """One line: `style` is a class of the style sheet (planned, actual, alarm), `values` one per day, None where open.

    It is drawn from day to day; where a value is missing the line is interrupted.
    """

    style: str
    label: Text
    values: Sequence[Number | None]
    has_dots: bool = False


@dataclass(frozen=True)
class Line:
    """A series with its places: the points of each unbroken stretch, and the dots. All of it text, ready to print."""

    style: str
    label: Text
    stretches: list[str]
    dots: list[tuple[str, str]]


@dataclass(frozen=True)
class Mark:
    """A label on an axis, and where it stands on it."""

    value: Number | date
    at: str


@dataclass(frozen=True)
class LineChart:
    """What the template draws."""

    lines: list[Line]
    levels: list[Mark]
    days: list[Mark]
    today: str  # "" where today lies outside
    is_today_left: bool  # in the left half: its word stands to the right of its line
    unit: str
    width: int = WIDTH
    height: int = HEIGHT
    left: int = LEFT
    right: int = WIDTH - RIGHT
    top: int = TOP
    bottom: int = HEIGHT - BOTTOM


def line_chart(
    days: Sequence[date],
    series: Sequence[Series],
    *,
    highest: Number | None = None,
    today: date | None = None,
    unit: str = "",
) -> LineChart:
    """Where everything stands: days (in order) to the right by their date, values from 0 upwards to `highest`.

    Without `highest` the scale ends at a round number above the largest value. `unit` follows the values, such as %.
    """
    values = [value for curve in series for value in curve.values if value is not None]
    top = highest or _round_up(max([1, *values]))
    span = (days[-1] - days[0]).days if days else 0

    def across(day: date) -> float:
        return LEFT + ((day - days[0]).days / span if span else 0) * (WIDTH - LEFT - RIGHT)

    def up(value: Number) -> float:
        return HEIGHT - BOTTOM - float(value) / float(top) * (HEIGHT - TOP - BOTTOM)

    def line(curve: Series) -> Line:
        stretches: list[list[tuple[str, str]]] = [[]]
        for day, value in zip(days, curve.values, strict=True):
            if value is None:
                stretches.append([])
            else:
                stretches[-1].append((_place(across(day)), _place(up(value))))
        drawn = [stretch for stretch in stretches if stretch]
        dots = [dot for stretch in drawn for dot in stretch if curve.has_dots or len(stretch) == 1]
        return Line(curve.style, curve.label, [" ".join(map(",".join, stretch)) for stretch in drawn], dots)

    is_shown = today is not None and bool(days) and days[0] <= today <= days[-1]
    at = across(today) if today is not None and is_shown else 0
    return LineChart(
        lines=[line(curve) for curve in series],
        levels=[Mark(value, _place(up(value))) for value in _levels(top)],
        days=[Mark(day, _place(across(day))) for day in _named(days)],
        today=_place(at) if is_shown else "",
        is_today_left=at < WIDTH / 2,
        unit=unit,
    )


def _place(value: float) -> str:
    """A coordinate as SVG reads it, whatever the language of the page."""
    return f"{value:.1f}"


def _levels(top: Number) -> list[Number]:
    """Nothing, half of it, all of it; no half of one."""
    return [0, top] if top == 1 else [0, top / 2, top]


def _named(days: Sequence[date]) -> list[date]:
    """The days to be named: month ends where there are several, the last one always, evenly between."""
    ends = [day for day in days if (day + timedelta(days=1)).day == 1]
    candidates = ends if len(ends) > 1 else list(days)
    step = math.ceil(len(candidates) / MOST_DAYS_NAMED) or 1
    return candidates[::-1][::step][::-1]


def _round_up(value: Number) -> int:
    """The next of 1, 2, 4, 10, 20, 40, 100, …: half of it is a whole number too."""
    size = 1
    while True:
        for step in (1, 2, 4):
            if step * size >= value:
                return step * size
        size *= 10
