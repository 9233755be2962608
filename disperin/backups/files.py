"""The files that rows name: those of attachments, kept exports, and files of rows that are still to be read."""

from collections.abc import Iterator
from pathlib import Path

from django.core.files.storage import default_storage

from disperin.attachments.models import Attachment
from disperin.workbooks.models import Export, Workbook


def names() -> Iterator[str]:
    """Their names in the storage. Those that are soonest removed come first."""
    for model in (Workbook, Export):
        yield from model.objects.exclude(path="").order_by("pk").values_list("path", flat=True)
    yield from Workbook.objects.exclude(photos_path="").order_by("pk").values_list("photos_path", flat=True)
    for attachment in Attachment.objects.only("content_type").order_by("pk").iterator():
        yield from attachment.paths


def kept() -> bool:
    """Is there any file in the storage?"""
    return any(path.is_file() for path in Path(default_storage.path("")).rglob("*"))
