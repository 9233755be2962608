"""Pictures of rows of columns, as lists read them: the columns to ask for, and the address that they make."""

from collections.abc import Mapping
from typing import Any

from disperin.attachments.models import Attachment

CARD = 480  # pixels across; photos are kept at 480, 960 and 2048
_FIELDS = ("content_hash", "content_type", "published_at")  # what the address is made of, beside the id


def photo_columns(lookup: str = "photo") -> tuple[str, ...]:
    """The columns that `photo_url_of` needs of the picture behind a foreign key."""
    return (f"{lookup}_id", *(f"{lookup}__{name}" for name in _FIELDS))


def photo_url_of(row: Mapping[str, Any], lookup: str = "photo", width: int = CARD) -> str:
    """The address of the published picture in a row of those columns, "" where there is none."""
    if not row[f"{lookup}_id"]:
        return ""
    return Attachment(id=row[f"{lookup}_id"], **{name: row[f"{lookup}__{name}"] for name in _FIELDS}).photo_url(width)
