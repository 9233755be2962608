"""Photographs as rows: published, with no picture behind them."""

from django.utils import timezone

from disperin.attachments.models import Attachment
from disperin.attachments.photos import PHOTO_TYPE
from tests import factories


def a_photo(regency):
    """A published photograph of a regency."""
    return Attachment.objects.create(
        kind="photo",
        regency=regency,
        name="foto.jpg",
        content_type=PHOTO_TYPE,
        content_hash="a" * 64,
        size=1,
        uploaded_by=factories.an_administrator(),
        published_at=timezone.now(),
    )
