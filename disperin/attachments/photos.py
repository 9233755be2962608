"""Photographs, made anew from their pixels, so that nothing hides in them: upright, smaller, without remarks.

Pure: bytes in, bytes out. No database, no request.
"""

import struct
import threading
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from io import BytesIO
from typing import BinaryIO

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _
from PIL import Image, ImageOps

PHOTO_FORMATS = ("JPEG", "PNG", "WEBP")
PHOTO_TYPE, PHOTO_ENDING = "image/webp", "webp"
MOST_PIXELS = 50_000_000  # of a picture as it is sent; a camera of a phone has 12 to 50 million
MOST_PIXELS_OF_WEBP = 25_000_000  # whose reader holds them three times
LARGEST = 2048  # pixels, the longer side of what is kept
WIDTHS = (480, 960, LARGEST)  # pixels; the widest one is the picture itself
QUALITY = 82
# A picture that is being read may take 250 MB: each process reads one after the other. Few wait in line, for whoever
# waits holds a thread of the web server, and the pages need some too.
_ONE_AT_A_TIME, _IN_LINE = threading.Lock(), threading.BoundedSemaphore(3)
# What Pillow raises for pictures that are broken or made to break: there is no common parent.
BROKEN = (OSError, ValueError, SyntaxError, EOFError, IndexError, TypeError, KeyError, struct.error, zlib.error)
TOO_LARGE = (Image.DecompressionBombError, Image.DecompressionBombWarning)


@dataclass(frozen=True)
class Photo:
    """A photograph as it is kept: its size in pixels, and WebP bytes by width (`WIDTHS`)."""

    width: int
    height: int
    files: dict[int, bytes]


def read_photo(file: BinaryIO) -> Photo:
    """Read a JPEG, PNG or WebP and make it anew: upright, at most 2048 pixels, without EXIF, GPS or other remarks.

    Raises `ValidationError` for a picture that is broken, or has more than fifty million pixels.
    """
    unreadable = ValidationError(_("This picture cannot be read. Save it again as JPEG and send it."), code="broken")
    try:
        with Image.open(file, formats=PHOTO_FORMATS) as image, _alone():
            most = MOST_PIXELS_OF_WEBP if image.format == "WEBP" else MOST_PIXELS
            _check_pixels(image.width * image.height, most)
            picture = _clean(image)
    except TOO_LARGE:
        _check_pixels(MOST_PIXELS + 1, MOST_PIXELS)
    except BROKEN as broken:
        raise unreadable from broken
    written = {width: _webp(picture, width) for width in {min(width, picture.width) for width in WIDTHS}}
    return Photo(picture.width, picture.height, {width: written[min(width, picture.width)] for width in WIDTHS})


@contextmanager
def _alone() -> Iterator[None]:
    if not _IN_LINE.acquire(blocking=False):
        text = _("Many pictures are being read at the moment. Send this one again in a minute.")
        raise ValidationError(text, code="busy")
    try:
        with _ONE_AT_A_TIME:
            yield
    finally:
        _IN_LINE.release()


def _check_pixels(pixels: int, most: int) -> None:
    if pixels > most:
        raise ValidationError(
            _("This picture has more than %(limit)s million pixels. Make it smaller and send it again."),
            code="too_many_pixels",
            params={"limit": most // 1_000_000},
        )


def _clean(image: Image.Image) -> Image.Image:
    """The pixels alone, upright and on white, in a new picture that knows nothing of the old one."""
    if image.mode in {"P", "1"}:  # a palette cannot be made smaller well
        image = image.convert("RGBA" if image.has_transparency_data else "RGB")
    factor = max(image.size) // LARGEST
    if factor > 1 and image.mode in {"RGBA", "LA"}:
        image = _coarse(image, factor)
    if image.mode.startswith("I"):  # 16 bits of grey: converted as they are, all but the darkest would be white
        image = image.convert("I").point(lambda grey: grey * (1 / 256)).convert("L")
        image.info.pop("transparency", None)
    image.thumbnail((LARGEST, LARGEST))  # first, so that what follows is small; a JPEG is not even read any larger
    image = ImageOps.exif_transpose(image)
    clean = Image.new("RGB", image.size, "white")
    if image.has_transparency_data:
        image = image.convert("RGBA")
        clean.paste(image, mask=image)
    else:
        clean.paste(image.convert("RGB"))
    return clean


def _coarse(image: Image.Image, factor: int) -> Image.Image:
    """A translucent picture so many times smaller, strip by strip: at once, Pillow would hold all of it twice."""
    rows = factor * 256
    small = Image.new(image.mode, (-(-image.width // factor), -(-image.height // factor)))
    for top in range(0, image.height, rows):
        strip = image.crop((0, top, image.width, min(top + rows, image.height)))
        small.paste(strip.reduce(factor), (0, top // factor))
    small.info = image.info  # says which side is up
    return small


def _webp(picture: Image.Image, width: int) -> bytes:
    if picture.width > width:
        picture = picture.resize((width, max(1, round(picture.height * width / picture.width))))
    written = BytesIO()
    picture.save(written, "WEBP", quality=QUALITY)
    return written.getvalue()
