"""A cloth drawn from a record's number: each maker without a photo has its own, always the same.

The province names the stripes and the palettes (ground, deep, light, accent); turmeric stays with the stars.
"""

import hashlib
from collections.abc import Sequence
from typing import TypeVar

from django.conf import settings

WIDTH, HEIGHT = 640, 480

Choice = TypeVar("Choice")


def draw(number: str) -> str:
    """The SVG picture (text, 640 × 480) for a register number such as `IKM-9901-000123`; any text will do."""
    seed, motif = _Seed(str(number)), settings.PROVINCE.motif
    ground, deep, light, accent = seed.pick(motif.palettes)
    stripes, x = [], -seed.between(0, 60)
    while x < WIDTH:
        breadth = seed.between(56, 128)
        stripes.append(f'<rect x="{x}" y="0" width="{breadth}" height="{HEIGHT}" fill="{seed.pick((ground, deep))}"/>')
        stripes.append(STRIPES[seed.pick(motif.stripes)](seed, x, breadth, light, accent))
        x += breadth
    turn = seed.pick((0, 0, 90))
    body = "".join(stripes)
    if turn:  # the same cloth laid across
        body = f'<g transform="translate({WIDTH} 0) rotate(90) scale(1.4)">{body}</g>'
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {HEIGHT}" width="{WIDTH}" height="{HEIGHT}">'
        f'<rect width="{WIDTH}" height="{HEIGHT}" fill="{ground}"/>{body}</svg>'
    )


class _Seed:
    """Endless choices that follow from one text; no random numbers, so that every server draws the same."""

    def __init__(self, text: str) -> None:
        self.text, self.block, self.bytes = text, 0, b""

    def _next(self) -> int:
        if not self.bytes:
            self.bytes = hashlib.sha256(f"{self.text}/{self.block}".encode("utf-8", "replace")).digest()
            self.block += 1
        value, self.bytes = self.bytes[0], self.bytes[1:]
        return value

    def between(self, low: int, high: int) -> int:
        return low + (self._next() * 256 + self._next()) % (high - low + 1)

    def pick(self, choices: Sequence[Choice]) -> Choice:
        return choices[self.between(0, len(choices) - 1)]


def _waves(seed: _Seed, x: int, breadth: int, light: str, accent: str) -> str:
    """Parallel winding lines."""
    step, lines = seed.between(32, 56), []
    swing = breadth // 4
    for index, offset in enumerate((0.3, 0.5, 0.7)):
        middle = x + int(breadth * offset)
        path = f"M{middle} {-step}" + "".join(
            f"q{swing if turn % 2 else -swing} {step // 2} 0 {step}" for turn in range(HEIGHT // step + 3)
        )
        colour, thickness = (accent, 5) if index == 1 else (light, 3)
        lines.append(f'<path d="{path}" fill="none" stroke="{colour}" stroke-width="{thickness}"/>')
    return "".join(lines)


def _lozenges(seed: _Seed, x: int, breadth: int, light: str, accent: str) -> str:
    """A chain of lozenges, one in another."""
    half, step = breadth // 3, seed.between(52, 84)
    middle, shapes = x + breadth // 2, []
    for y in range(seed.between(-step, 0), HEIGHT + step, step):
        for part, colour in ((1.0, light), (0.55, accent)):
            wide, tall = int(half * part), int(step * 0.46 * part)
            shapes.append(
                f'<path d="M{middle} {y - tall}l{wide} {tall}-{wide} {tall}-{wide}-{tall}z" '
                f'fill="{"none" if part == 1.0 else colour}" stroke="{colour}" stroke-width="4"/>'
            )
    return "".join(shapes)


def _teeth(seed: _Seed, x: int, breadth: int, light: str, accent: str) -> str:
    """Zigzag lines, like teeth."""
    step, depth = seed.between(20, 34), breadth // 4
    shapes = []
    for offset, colour in ((breadth // 4, light), (breadth // 2, accent)):
        path = f"M{x + offset} {-step}" + "".join(
            f"l{depth if turn % 2 else -depth} {step}" for turn in range(HEIGHT // step + 3)
        )
        shapes.append(f'<path d="{path}" fill="none" stroke="{colour}" stroke-width="4"/>')
    return "".join(shapes)


def _knots(seed: _Seed, x: int, breadth: int, light: str, accent: str) -> str:
    """Rows of the small rings a tied and dyed cloth keeps."""
    step, radius = seed.between(28, 44), seed.between(5, 9)
    middle, swing = x + breadth // 2, breadth // 5
    shapes = []
    for index, y in enumerate(range(seed.between(-step, 0), HEIGHT + step, step)):
        side = middle + (swing if index % 2 else -swing)
        shapes.append(
            f'<circle cx="{side}" cy="{y}" r="{radius}" fill="none" stroke="{light}" stroke-width="4"/>'
            f'<circle cx="{side}" cy="{y}" r="{max(radius - 4, 2)}" fill="{accent}"/>'
        )
    return "".join(shapes)


STRIPES = {"waves": _waves, "lozenges": _lozenges, "teeth": _teeth, "knots": _knots}
