"""Pictures of a chain made on the server: stages one below the other, with a box for each thing made at that stage.

`{% flow %}` draws them as inline SVG; colours come from the style sheet (`static/css/charts.css`) by class names.
"""

import textwrap
from collections.abc import Sequence
from dataclasses import dataclass

from disperin.ui.texts import Text

WIDTH = 360  # of the drawing, in its own units: as wide as a telephone
EDGE, GAP = 4, 12
BESIDE = 2  # boxes of one row
TITLE, LINE, PADDING, ARROW = 26, 19, 12, 30
SIGN = 8.2  # width of an average character, generously
MOST_LINES = 3  # of a name; its link holds all of it


@dataclass(frozen=True)
class Box:
    """One thing of a stage: its name, what is told below it, where it leads, and whether it is missing."""

    name: str
    note: Text
    url: str
    is_gap: bool = False


@dataclass(frozen=True)
class Stage:
    """A stage with its boxes."""

    name: str
    boxes: Sequence[Box]


@dataclass(frozen=True)
class DrawnBox:
    """A box with its place: its corner, its size, and the lines of its name with the height of each."""

    box: Box
    x: int
    y: int
    width: int
    height: int
    middle: int
    lines: list[tuple[int, str]]
    note_y: int


@dataclass(frozen=True)
class DrawnStage:
    """A stage with its place; `arrow` is where the arrow from the one above begins, None for the first."""

    name: str
    y: int
    arrow: int | None
    boxes: list[DrawnBox]


@dataclass(frozen=True)
class Flow:
    """What the template draws."""

    stages: list[DrawnStage]
    height: int
    width: int = WIDTH
    middle: int = WIDTH // 2


def flow(stages: Sequence[Stage]) -> Flow:
    """Where the boxes of these stages stand, first stage on top; boxes of a stage two by two, a single one whole."""
    drawn, y = [], 0
    for number, stage in enumerate(stages):
        arrow = y if number else None
        y += ARROW if number else 0
        title, y = y + LINE, y + TITLE
        boxes = []
        for row in _rows(stage.boxes):
            placed = _row(row, y)
            boxes += placed
            y += placed[0].height + GAP
        y -= GAP if boxes else 0
        drawn.append(DrawnStage(stage.name, title, arrow, boxes))
    return Flow(drawn, y + EDGE)


def _rows(boxes: Sequence[Box]) -> list[Sequence[Box]]:
    return [boxes[at : at + BESIDE] for at in range(0, len(boxes), BESIDE)]


def _row(boxes: Sequence[Box], y: int) -> list[DrawnBox]:
    width = (WIDTH - 2 * EDGE - GAP * (len(boxes) - 1)) // len(boxes)
    names = [_wrapped(box.name, width) for box in boxes]
    height = 2 * PADDING + LINE * (max(map(len, names)) + 1)
    placed = []
    for at, (box, name) in enumerate(zip(boxes, names, strict=True)):
        x = EDGE + at * (width + GAP)
        lines = [(y + PADDING + LINE * (line + 1) - 5, text) for line, text in enumerate(name)]
        note_y = y + height - PADDING - 4
        placed.append(DrawnBox(box, x, y, width, height, x + width // 2, lines, note_y))
    return placed


def _wrapped(name: str, width: int) -> list[str]:
    """A name in at most three lines that fit the box."""
    signs = int((width - 2 * PADDING) / SIGN)
    return textwrap.wrap(name, signs, max_lines=MOST_LINES, placeholder="…") or [""]
