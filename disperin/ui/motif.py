"""A sasirangan-like cloth drawn from a record's number: each maker without a photo has its own, always the same."""

import hashlib

# ground, deep, light, accent: river green, indigo and their neighbours; turmeric stays with the stars
PALETTES = (
    ("#0b5d4b", "#07423a", "#8fd0bd", "#e9f4ef"),
    ("#2f2f7a", "#20205a", "#a9a9e0", "#eeeefb"),
    ("#14516b", "#0c394d", "#8fc3d8", "#e6f3f8"),
    ("#6b2f5c", "#4c1f41", "#d3a0c5", "#f8ecf4"),
    ("#7a3b2a", "#57271a", "#dfab9b", "#fbeeea"),
    ("#3d5a24", "#2a4117", "#b5cf98", "#f1f7e9"),
    ("#4a4560", "#332f45", "#b9b3cf", "#f1eff6"),
)
WIDTH, HEIGHT = 640, 480


def draw(number):
    """The SVG picture (text, 640 × 480) for a register number such as `IKM-6307-000123`; any text will do."""
    seed = _Seed(str(number))
    ground, deep, light, accent = seed.pick(PALETTES)
    stripes, x = [], -seed.between(0, 60)
    while x < WIDTH:
        breadth = seed.between(56, 128)
        stripes.append(f'<rect x="{x}" y="0" width="{breadth}" height="{HEIGHT}" fill="{seed.pick((ground, deep))}"/>')
        stripes.append(seed.pick(STRIPES)(seed, x, breadth, light, accent))
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

    def __init__(self, text):
        self.text, self.block, self.bytes = text, 0, b""

    def _next(self):
        if not self.bytes:
            self.bytes = hashlib.sha256(f"{self.text}/{self.block}".encode("utf-8", "replace")).digest()
            self.block += 1
        value, self.bytes = self.bytes[0], self.bytes[1:]
        return value

    def between(self, low, high):
        return low + (self._next() * 256 + self._next()) % (high - low + 1)

    def pick(self, choices):
        return choices[self.between(0, len(choices) - 1)]


def _waves(seed, x, breadth, light, accent):
    """Ombak: parallel winding lines."""
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


def _lozenges(seed, x, breadth, light, accent):
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


def _teeth(seed, x, breadth, light, accent):
    """Gigi haruan: zigzag lines, the teeth of the snakehead."""
    step, depth = seed.between(20, 34), breadth // 4
    shapes = []
    for offset, colour in ((breadth // 4, light), (breadth // 2, accent)):
        path = f"M{x + offset} {-step}" + "".join(
            f"l{depth if turn % 2 else -depth} {step}" for turn in range(HEIGHT // step + 3)
        )
        shapes.append(f'<path d="{path}" fill="none" stroke="{colour}" stroke-width="4"/>')
    return "".join(shapes)


def _knots(seed, x, breadth, light, accent):
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


STRIPES = (_waves, _lozenges, _teeth, _knots, _waves)
