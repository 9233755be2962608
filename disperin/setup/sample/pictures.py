"""Pictures for the sample, drawn by dice: cloth, wickerwork, bowls, sugar, planks. No photograph of anything real."""

import math
import random
from collections.abc import Callable
from functools import partial
from io import BytesIO

from django.core.files.base import ContentFile
from PIL import Image, ImageDraw

Shades = tuple[tuple[str, ...], ...]  # colours that go together, each several of one material

SIZE = (480, 360)  # pixels: one of the widths that photographs are kept at, so each is encoded once
GROUNDS = ("#7a1f3d", "#14532d", "#1e3a5f", "#5b2a86", "#8a4b08", "#0f5e66", "#a3321f", "#3f3a6b")
BRIGHT = ("#f4c430", "#f2e8cf", "#ff8c61", "#9bd1c4", "#f7b2bd", "#ffd166", "#d8e2a8", "#ffffff")
STRAW = ("#d9b36c", "#c79a4b", "#b5813a", "#e6cc94", "#8f5f2a")
WALLS = ("#cfc7ba", "#e8dcc4", "#9fb4a8", "#c7d3dc", "#d9b99b")
BAKED = (("#a4452c", "#b85636", "#8f3a24"), ("#c46a3f", "#d07f52", "#b2592f"))
CAST = (("#8d8f91", "#a0a2a4", "#7b7d80"), ("#9a8f80", "#ada292", "#877c6e"))
WOOD = ("#6b3f22", "#8a5a34", "#a9714a", "#5a3219")


def draw(kind: str, chance: random.Random) -> ContentFile:
    """A JPEG of that kind (a `picture` of a craft), as a file to upload."""
    image = Image.new("RGB", SIZE, chance.choice(BRIGHT))
    _DRAWN[kind](ImageDraw.Draw(image), chance)
    written = BytesIO()
    image.save(written, "JPEG", quality=88)
    return ContentFile(written.getvalue(), name=f"contoh-{kind}.jpg")


def _cloth(draw: ImageDraw.ImageDraw, chance: random.Random) -> None:
    """Bands of waves and dots from top to bottom, as on resist-dyed cloth."""
    width, height = SIZE
    draw.rectangle((0, 0, *SIZE), fill=chance.choice(GROUNDS))
    bands = chance.randint(4, 7)
    step = width / bands
    for band in range(bands):
        middle, colour = (band + 0.5) * step, chance.choice(BRIGHT)
        swing, length = step * chance.uniform(0.15, 0.3), chance.randint(60, 150)
        wave = [(middle + swing * math.sin(2 * math.pi * y / length), y) for y in range(-5, height + 6, 5)]
        draw.line(wave, fill=colour, width=chance.randint(6, 16), joint="curve")
        dot = chance.randint(4, 9)
        for y in range(dot, height, chance.randint(26, 48)):
            for side in (-1, 1):
                x = middle + side * step * 0.4
                draw.ellipse((x - dot, y - dot, x + dot, y + dot), fill=colour)


def _weave(draw: ImageDraw.ImageDraw, chance: random.Random) -> None:
    """Strips that go over and under each other, with a pattern of a second colour."""
    straw, accent, strip = chance.sample(STRAW, 2), chance.choice(GROUNDS), chance.choice((24, 30, 36))
    rhythm = chance.randint(3, 6)
    for row in range(SIZE[1] // strip + 1):
        for column in range(SIZE[0] // strip + 1):
            x, y, over = column * strip, row * strip, (row + column) % 2
            ornate = (row + column) % rhythm == 0 or (row - column) % rhythm == 0
            box = (x, y + 3, x + strip, y + strip - 3) if over else (x + 3, y, x + strip - 3, y + strip)
            draw.rectangle((x, y, x + strip, y + strip), fill="#4b3418")
            draw.rectangle(box, fill=accent if ornate and over else straw[over])


def _bowl(draw: ImageDraw.ImageDraw, chance: random.Random) -> None:
    """Round pieces on a plate."""
    width, height = SIZE
    draw.rectangle((0, 0, *SIZE), fill=chance.choice(GROUNDS))
    draw.ellipse((width * 0.12, height * 0.06, width * 0.88, height * 0.98), fill="#e9e2d0")
    draw.ellipse((width * 0.17, height * 0.12, width * 0.83, height * 0.92), fill="#faf6ea")
    colours = chance.sample(("#c9722b", "#e0a458", "#b5502a", "#8c4a1f", "#d9b36c", "#6d8b3c"), 3)
    for _piece in range(chance.randint(30, 60)):
        turn, far, size = chance.uniform(0, 2 * math.pi), chance.random() ** 0.5, chance.uniform(22, 46)
        x, y = width * (0.5 + 0.25 * far * math.cos(turn)), height * (0.52 + 0.29 * far * math.sin(turn))
        draw.ellipse(
            (x - size, y - size * 0.7, x + size, y + size * 0.7),
            fill=chance.choice(colours),
            outline="#5a3219",
            width=2,
        )


def _sugar(draw: ImageDraw.ImageDraw, chance: random.Random) -> None:
    """Cakes of palm sugar, as halves of coconut shells shape them, in rows on a leaf."""
    width, height = SIZE
    own = random.Random(str(chance.getstate()))  # noqa: S311 -- dice for a picture
    _bowl(draw, chance)  # all of it is covered: so that whatever is drawn by dice later stays
    draw.rectangle((0, 0, *SIZE), fill="#2f5d34")
    for vein in range(-height, width, 36):
        draw.line((vein, height, vein + height, 0), fill="#3c7342", width=5)
    brown = own.choice(("#7a4a21", "#8a5526", "#6a3d1c"))
    across, down = own.randint(3, 4), 3
    wide, high = width / across, height / down
    for row in range(down):
        for column in range(across):
            x, y = (column + 0.5) * wide + own.uniform(-6, 6), (row + 0.56) * high + own.uniform(-4, 4)
            half, tall = min(wide, high) * 0.42, min(wide, high) * 0.36
            draw.ellipse((x - half + 4, y - tall * 0.1, x + half + 8, y + tall * 0.7), fill="#1f4224")
            draw.pieslice((x - half, y - tall, x + half, y + tall), 180, 360, fill=brown)
            draw.ellipse((x - half, y - half * 0.28, x + half, y + half * 0.34), fill="#54300f")
            draw.arc((x - half * 0.7, y - tall * 0.8, x + half * 0.5, y + tall), 200, 275, fill="#c08a4e", width=6)


def _planks(draw: ImageDraw.ImageDraw, chance: random.Random) -> None:
    """Boards with their grain."""
    width, height = SIZE
    board = chance.randint(60, 100)
    for top in range(0, height, board):
        draw.rectangle((0, top, width, top + board - 4), fill=chance.choice(WOOD))
        for _line in range(6):
            y, swing = top + chance.uniform(6, board - 10), chance.uniform(1, 5)
            grain = [(x, y + swing * math.sin(x / chance.uniform(60, 90))) for x in range(0, width + 20, 20)]
            draw.line(grain, fill="#3d2413", width=1)


def _bricks(draw: ImageDraw.ImageDraw, chance: random.Random, shades: Shades = BAKED) -> None:
    """A pile in stretcher bond before a wall, with steps on one side: no two of them are alike."""
    width, height = SIZE
    own = random.Random(str(chance.getstate()))  # noqa: S311 -- so that whatever is drawn by dice later stays
    draw.rectangle((0, 0, *SIZE), fill=own.choice(WALLS))
    colours = chance.choice(shades)
    long, high = chance.choice(((120, 44), (140, 60)))
    steps, falls_right = own.randint(1, height // high - 2), own.random() < 0.5
    for row in range(height // high + 1):
        missing = max(0, steps - row) * long * 0.5
        for left in range(-long if row % 2 else -long // 2, width, long):
            colour = chance.choice(colours)
            right = left + long
            if not missing or (right <= width - missing if falls_right else left >= missing):
                box = (left + 3, row * high + 3, left + long - 3, row * high + high - 3)
                draw.rectangle(box, fill=colour)


def _metal(draw: ImageDraw.ImageDraw, chance: random.Random) -> None:
    """Blades side by side on a dark bench."""
    width, height = SIZE
    draw.rectangle((0, 0, *SIZE), fill=chance.choice(("#3b2a1e", "#2d3436", "#4a3b2a")))
    blades = chance.randint(3, 6)
    step = width / blades
    for blade in range(blades):
        left, length = blade * step + step * 0.25, height * chance.uniform(0.55, 0.8)
        right, point = left + step * 0.45, height * 0.06
        draw.polygon(
            ((left, length), (right, length), (right, point + 60), (left + step * 0.1, point)),
            fill="#b8c0c6",
            outline="#8a9399",
        )
        draw.line(((left + 6, length), (left + step * 0.14, point + 30)), fill="#e6ebee", width=4)
        draw.rounded_rectangle((left, length, right, height * 0.95), radius=10, fill=chance.choice(WOOD))


def _gems(draw: ImageDraw.ImageDraw, chance: random.Random) -> None:
    """Cut stones from above."""
    draw.rectangle((0, 0, *SIZE), fill=chance.choice(("#101a2b", "#1d1326", "#14231c")))
    for column in range(4):
        for row in range(3):
            x, y, size = 90 + column * 180, 90 + row * 180, chance.randint(40, 66)
            sides, turn = chance.choice((6, 8, 10)), chance.uniform(0, 1)
            hue = chance.randint(0, 359)
            corner = [
                (
                    x + size * math.cos(turn + 2 * math.pi * at / sides),
                    y + size * math.sin(turn + 2 * math.pi * at / sides),
                )
                for at in range(sides + 1)
            ]
            for at in range(sides):
                draw.polygon(((x, y), corner[at], corner[at + 1]), fill=f"hsl({hue}, 65%, {chance.randint(40, 75)}%)")
            draw.regular_polygon((x, y, size * 0.5), sides, fill=f"hsl({hue}, 70%, 82%)")


def _bottle(draw: ImageDraw.ImageDraw, chance: random.Random) -> None:
    """Jars with a label."""
    width, height = SIZE
    draw.rectangle((0, height * 0.8, *SIZE), fill=chance.choice(WOOD))
    jars, colour, label = chance.randint(2, 4), chance.choice(GROUNDS), chance.choice(BRIGHT)
    step = width / jars
    for jar in range(jars):
        left, right = jar * step + step * 0.18, jar * step + step * 0.82
        top = height * chance.uniform(0.2, 0.28)
        draw.rounded_rectangle((left, top, right, height * 0.88), radius=28, fill=colour)
        draw.rounded_rectangle((left + 10, top - 46, right - 10, top + 8), radius=8, fill="#2b2b2b")
        draw.rectangle((left, height * 0.45, right, height * 0.7), fill=label)
        draw.line((left + 24, height * 0.53, right - 24, height * 0.53), fill=colour, width=10)
        draw.line((left + 40, height * 0.61, right - 40, height * 0.61), fill=colour, width=5)


_DRAWN: dict[str, Callable[[ImageDraw.ImageDraw, random.Random], None]] = {
    "cloth": _cloth,
    "weave": _weave,
    "bowl": _bowl,
    "sugar": _sugar,
    "planks": _planks,
    "bricks": _bricks,
    "blocks": partial(_bricks, shades=CAST),
    "metal": _metal,
    "gems": _gems,
    "bottle": _bottle,
}


def paper() -> ContentFile:
    """A PDF of one page that says it is a sample, as the scan of a document."""
    text = b"BT /F1 24 Tf 72 720 Td (CONTOH - bukan dokumen asli) Tj ET"
    objects = (
        b"<< /Type /Catalog /Pages 2 0 R >>",
        b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
        b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 4 0 R "
        b"/Resources << /Font << /F1 5 0 R >> >> >>",
        b"<< /Length %d >>\nstream\n%s\nendstream" % (len(text), text),
        b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>",
    )
    written, places = b"%PDF-1.4\n", []
    for number, content in enumerate(objects, start=1):
        places.append(len(written))
        written += b"%d 0 obj\n%s\nendobj\n" % (number, content)
    table = b"".join(b"%010d 00000 n \n" % place for place in places)
    end = b"xref\n0 %d\n0000000000 65535 f \n%strailer\n<< /Size %d /Root 1 0 R >>\nstartxref\n%d\n%%%%EOF\n"
    return ContentFile(written + end % (len(objects) + 1, table, len(objects) + 1, len(written)), name="contoh.pdf")
