"""What may be sent: told from the bytes, never from the name. Photographs are made anew, so that nothing hides in them.

Pure: bytes in, bytes out. No database, no request.
"""

import re
import struct
import threading
import unicodedata
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from io import BytesIO
from typing import BinaryIO

from django.core.exceptions import ValidationError
from django.utils.formats import localize
from django.utils.translation import gettext_lazy as _
from PIL import Image, ImageOps

from disperin.attachments.pdf_passwords import needs_password

PHOTO_FORMATS = ("JPEG", "PNG", "WEBP")
PHOTO_TYPE, PHOTO_ENDING = "image/webp", "webp"
DOCUMENT_TYPE, DOCUMENT_ENDING = "application/pdf", "pdf"
MOST_PIXELS = 50_000_000  # of a picture as it is sent; a camera of a phone has 12 to 50 million
MOST_PIXELS_OF_WEBP = 25_000_000  # whose reader holds them three times
LARGEST = 2048  # pixels, the longer side of what is kept
WIDTHS = (480, 960, LARGEST)  # pixels; the widest one is the picture itself
QUALITY = 82
NAME_LENGTH = 120
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


def sniff(head: bytes) -> str:
    """What the first bytes say a file is: jpeg, png, webp, heic, pdf, or "" for anything else."""
    if head.startswith(b"\xff\xd8\xff"):
        return "jpeg"
    if head.startswith(b"\x89PNG\r\n\x1a\n"):
        return "png"
    if head[:4] == b"RIFF" and head[8:12] == b"WEBP":
        return "webp"
    if head[4:8] == b"ftyp" and head[8:12] in {b"heic", b"heix", b"heif", b"hevc", b"mif1", b"msf1", b"avif"}:
        return "heic"
    # A PDF may begin a little later by its standard. Here it may not: what begins as something else is something else.
    if head.startswith(b"%PDF-"):
        return "pdf"
    return ""


def check_size(size: int, limit: int) -> None:
    """`size` and `limit` in bytes."""
    if not size:
        raise ValidationError(_("This file is empty. Choose it again."), code="empty")
    if size > limit:
        raise ValidationError(
            _("This file has %(size)s MB; at most %(limit)s MB are accepted. Make it smaller and send it again."),
            code="too_large",
            params={"size": localize(round(size / 1024 / 1024, 1)), "limit": round(limit / 1024 / 1024)},
        )


def check_document(content: bytes) -> None:
    """A PDF that is whole, opens without a password, and does not openly ask to run something.

    `content` is all of its bytes.
    Scripts can hide in compressed parts, so this is a courtesy, not the defence: documents are only ever served as
    downloads, under a policy that lets nothing run.
    """
    if b"%%EOF" not in content[-2048:]:
        raise ValidationError(_("This PDF is not complete. Save it again and send it once more."), code="incomplete")
    if needs_password(content):
        text = _("This PDF opens with a password only, so nobody could check it. Save it without one and send that.")
        raise ValidationError(text, code="password")
    if b"/JavaScript" in content or b"/Launch" in content:
        raise ValidationError(
            _("This PDF contains a program. Print it to a new PDF without programs, and send that one."), code="active"
        )


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


def clean_name(name: str | None, ending: str) -> str:
    """A name to show for a file: no path, no control or direction marks, its true ending, no personal number.

    Long runs of digits are taken out: people name scans after the NIK on them, and that is stored nowhere.
    """
    stem = unicodedata.normalize("NFC", str(name or "")).replace("\\", "/").rsplit("/", 1)[-1]
    stem = "".join(" " if unicodedata.category(sign)[0] in "CZ" else sign for sign in stem)
    stem = re.sub(r"\.[A-Za-z0-9]{1,5}$", "", stem.strip())
    stem = re.sub(r"\d(?:[ ._-]?\d){14,}", "…", stem)
    stem = re.sub(r"[ ]+", " ", re.sub(r'[<>:"/|?*]', "", stem)).strip(" .")
    return f"{stem[: NAME_LENGTH - len(ending) - 1].strip() or 'file'}.{ending}"
