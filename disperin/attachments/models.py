"""A file that somebody sent. Its id travels in the values of a submission; the file itself never does."""

import uuid

from django.conf import settings
from django.core.files.storage import default_storage
from django.db import models
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from disperin.attachments import photos, rules
from disperin.regions.reach import HasRegency

SHORT_HASH = 16  # characters of a hash that stand in public addresses


class Attachment(HasRegency):
    """A photograph or document. `published_at` empty means private: only those whose reach includes it see it."""

    class Kind(models.TextChoices):
        PHOTO = "photo", _("photo")
        DOCUMENT = "document", _("document")

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    kind = models.CharField(_("kind"), max_length=10, choices=Kind)
    file = models.FileField(_("file"), max_length=200)
    name = models.CharField(_("name"), max_length=120)
    content_type = models.CharField(max_length=60)
    size = models.PositiveIntegerField(_("size"))  # bytes
    content_hash = models.CharField(max_length=64)  # SHA-256 of what is stored, hexadecimal
    width = models.PositiveIntegerField(null=True)  # pixels, photographs only
    height = models.PositiveIntegerField(null=True)
    uploaded_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    uploaded_at = models.DateTimeField(auto_now_add=True)
    published_at = models.DateTimeField(null=True)

    class Meta:
        verbose_name = _("attachment")
        verbose_name_plural = _("attachments")
        ordering = ["-uploaded_at"]
        indexes = [models.Index(fields=["regency", "-uploaded_at"], name="attachment_of_regency")]

    def __str__(self) -> str:
        return self.name

    @property
    def short_hash(self) -> str:
        """The part of the hash that stands in public addresses, so that they can be cached for ever."""
        return self.content_hash[:SHORT_HASH]

    @property
    def is_photo(self) -> bool:
        """A picture by what it is, not by what it was sent as: a photographed document is one too."""
        return self.content_type == photos.PHOTO_TYPE

    def path_of(self, width: int | None = None) -> str:
        """Where the file lies in the storage: by its id, which nobody can guess, not by the name it came with."""
        folder = f"attachments/{self.id.hex[:2]}/{self.id}"
        return f"{folder}/{width}.{photos.PHOTO_ENDING}" if width else f"{folder}/document.{rules.DOCUMENT_ENDING}"

    @property
    def paths(self) -> list[str]:
        """Every file in the storage that belongs to this attachment."""
        return [self.path_of(width) for width in photos.WIDTHS] if self.is_photo else [self.path_of()]

    def get_absolute_url(self) -> str:
        """For those within reach: asked for at every call. Pictures take `?width=480` or `960`."""
        return reverse("attachments:file", args=[self.id])

    def photo_url(self, width: int = photos.LARGEST) -> str:
        """For the public: an address that changes with the picture, so it can be kept for ever. "" while private."""
        if self.published_at is None or not self.is_photo:
            return ""
        return reverse("attachments:photo", args=[self.short_hash, self.id, width])

    def public_content(self, width: int) -> bytes | None:
        """The picture itself, for what is drawn for the public; None while it is private or its file is missing."""
        if not self.photo_url(width):
            return None
        try:
            with default_storage.open(self.path_of(width)) as file:
                content: bytes = file.read()
        except OSError:  # the row is there, its file is not: a copy of the database without the files
            return None
        return content
