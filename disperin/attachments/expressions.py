"""What the database itself says of attachments, for files with very many rows."""

from uuid import UUID

from django.db.models import Case, TextField, Value, When
from django.db.models.functions import Cast, Concat, Left
from django.urls import reverse

from disperin.attachments import photos
from disperin.attachments.models import SHORT_HASH

_ANY = UUID(int=0)


def photo_address(lookup: str, origin: str) -> Case:
    """The whole `Attachment.photo_url` of the picture that a foreign key leads to; nothing while it is private."""
    before, rest = reverse("attachments:photo", args=["hash", _ANY, photos.LARGEST]).split("hash")
    between, after = rest.split(str(_ANY))
    parts = (Value(origin + before), Left(f"{lookup}__content_hash", SHORT_HASH), Value(between))
    path = Concat(*parts, Cast(f"{lookup}__id", TextField()), Value(after), output_field=TextField())
    seen = {f"{lookup}__published_at__isnull": False, f"{lookup}__content_type": photos.PHOTO_TYPE}
    return Case(When(**seen, then=path), output_field=TextField())
