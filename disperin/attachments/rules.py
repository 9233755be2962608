"""What may be sent: told from the bytes, never from the name.

Pure: bytes in, bytes out. No database, no request.
"""

import re
import unicodedata

from django.core.exceptions import ValidationError
from django.utils.formats import localize
from django.utils.translation import gettext_lazy as _

from disperin.attachments.pdf_passwords import needs_password

DOCUMENT_TYPE, DOCUMENT_ENDING = "application/pdf", "pdf"
NAME_LENGTH = 120


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
