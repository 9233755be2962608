"""The verbs on files: take one in, show it to the public or no longer, and clear away what nothing refers to."""

import hashlib
import uuid
from collections.abc import Iterable
from datetime import timedelta
from functools import partial
from typing import BinaryIO, cast

from django.conf import settings
from django.contrib.auth.models import AnonymousUser
from django.core.exceptions import PermissionDenied, ValidationError
from django.core.files import File
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.db import transaction
from django.db.models import Exists, ForeignObjectRel, OuterRef
from django.utils import timezone
from django.utils.translation import gettext as _

from disperin.accounts.models import User
from disperin.attachments import photos, rules, storage
from disperin.attachments.models import Attachment
from disperin.history.models import record
from disperin.regions.models import Regency
from disperin.regions.reach import reaches


def upload(file: File, *, kind: str, regency: Regency | None, by: User | AnonymousUser) -> Attachment:
    """Take in one file (Django's `UploadedFile`, or any `File` with a name) for a regency. Returns the `Attachment`.

    Photographs are made anew (`photos.read_photo`); a document is a PDF, kept as it is, or a photograph of a paper.
    Raises `PermissionDenied` where `by` may not propose, `ValidationError` (by field: file, kind, regency) otherwise.
    """
    if not (by.is_authenticated and by.can_propose):
        raise PermissionDenied(_("Your role does not propose, so it cannot send files."))
    if kind not in Attachment.Kind.values:
        raise ValidationError({"kind": _("Choose photo or document.")})
    attachment = Attachment(kind=kind, regency=regency, uploaded_by=by, id=uuid.uuid4())
    if regency is None or not reaches(by, attachment):
        raise ValidationError({"regency": _("You can send files for your own regency only.")})
    try:
        files = _files(attachment, file)
    except ValidationError as refused:
        raise ValidationError({"file": refused}) from refused
    written = []
    try:
        for path, content in files.items():
            written.append(default_storage.save(path, ContentFile(content)))
        with transaction.atomic():
            attachment.save(force_insert=True)
            record("upload", attachment, by=by, kind=attachment.kind, regency=attachment.regency_id)
    except BaseException:
        for path in written:
            default_storage.delete(path)
        raise
    return attachment


def _files(attachment: Attachment, file: File) -> dict[str, bytes]:
    """What is to be written, {path: bytes}; tells the attachment what it is."""
    rules.check_size(file.size, settings.ATTACHMENT_LIMIT)
    file.seek(0)
    file_type = rules.sniff(file.read(32))
    file.seek(0)
    if file_type in {"jpeg", "png", "webp"}:
        photo = photos.read_photo(cast(BinaryIO, file))  # Django's File reads and seeks as one
        attachment.width, attachment.height = photo.width, photo.height
        attachment.content_type, ending = photos.PHOTO_TYPE, photos.PHOTO_ENDING
        files = {attachment.path_of(width): content for width, content in photo.files.items()}
        content = photo.files[photos.LARGEST]
        attachment.file.name = attachment.path_of(photos.LARGEST)
    elif file_type == "pdf" and attachment.kind == Attachment.Kind.DOCUMENT:
        content = file.read()
        rules.check_document(content)
        attachment.content_type, ending = rules.DOCUMENT_TYPE, rules.DOCUMENT_ENDING
        attachment.file.name = attachment.path_of()
        files = {attachment.file.name: content}
    else:
        raise _not_accepted(file_type, attachment.kind)
    attachment.name = rules.clean_name(file.name, ending)
    attachment.size = len(content)
    attachment.content_hash = hashlib.sha256(content).hexdigest()
    return files


def _not_accepted(file_type: str, kind: str) -> ValidationError:
    if file_type == "heic":
        return ValidationError(
            _("HEIC pictures are not accepted. Set the camera to “Most compatible” or send the picture as JPEG."),
            code="type",
        )
    if kind == Attachment.Kind.PHOTO:
        return ValidationError(_("A photo must be a JPEG, PNG or WebP picture. This file is none."), code="type")
    return ValidationError(
        _("A document must be a PDF, or a photo of the paper as JPEG, PNG or WebP. This file is none."), code="type"
    )


def publish(attachments: Iterable[Attachment | uuid.UUID]) -> int:
    """Let everybody see these files: their record was verified. Returns how many were private before."""
    private = Attachment.objects.filter(pk__in=_keys(attachments), published_at__isnull=True)
    return private.update(published_at=timezone.now())


def unpublish(attachments: Iterable[Attachment | uuid.UUID]) -> int:
    """Make these files private again: no public record shows them any more. Returns how many were public before."""
    public = Attachment.objects.filter(pk__in=_keys(attachments), published_at__isnull=False)
    return public.update(published_at=None)


def move_files(attachments: Iterable[Attachment | uuid.UUID | str], *, left: str, regency: str) -> int:
    """Let private files of a regency (its code) lie in another, where what they were sent for lies now. How many."""
    private = Attachment.objects.filter(pk__in=_keys(attachments), regency=left, published_at__isnull=True)
    return private.update(regency=regency)


def _keys(attachments: Iterable[Attachment | uuid.UUID | str]) -> set[uuid.UUID | str]:
    return {attachment.pk if isinstance(attachment, Attachment) else attachment for attachment in attachments}


def remove_unreferenced(
    *,
    older_than_days: int = 30,
    among: Iterable[uuid.UUID] | None = None,
    kept: Iterable[uuid.UUID | str] = frozenset(),
) -> int:
    """Remove files (`among` these ids, None: all) that no record, part or earlier version refers to. Returns how many.

    `kept` are the ids that stand in the values of open submissions: JSON that the database cannot follow, so the
    caller looks. References are found through every foreign key to `Attachment`, hidden ones included; versions count,
    for a version can be restored.
    """
    idle = Attachment.objects.filter(uploaded_at__lt=timezone.now() - timedelta(days=older_than_days))
    if among is not None:
        idle = idle.filter(pk__in=among)
    for relation in Attachment._meta.get_fields(include_hidden=True):
        if isinstance(relation, ForeignObjectRel) and (relation.one_to_many or relation.one_to_one):
            rows = relation.related_model._base_manager.filter(**{relation.field.name: OuterRef("pk")})
            idle = idle.exclude(Exists(rows))
    removed = 0
    for attachment in idle.exclude(pk__in=kept).iterator():
        with transaction.atomic():
            record("remove_unreferenced", attachment, by=None)
            paths = attachment.paths
            attachment.delete()
            transaction.on_commit(partial(_remove_files, paths))
        removed += 1
    return removed


def remove_strays() -> int:
    """Remove files that no attachment has, of uploads that were cut off; gives how many."""
    rows = Attachment.objects.only("content_type").iterator()
    return storage.remove_strays("attachments", {path for attachment in rows for path in attachment.paths})


def _remove_files(paths: Iterable[str]) -> None:
    for path in paths:
        default_storage.delete(path)
