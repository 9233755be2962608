"""The pictures of a ZIP that was sent beside a file: each that a cell names goes through the gate of attachments.

Nothing is unpacked to the disk, and one picture at a time is held and decoded. Cut off, it goes on where it was.
"""

import zipfile
import zlib
from collections.abc import Iterator
from typing import Any
from zipfile import ZipFile, ZipInfo

from django.conf import settings
from django.core.exceptions import PermissionDenied, ValidationError
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage

from disperin.attachments.actions import upload
from disperin.attachments.models import Attachment
from disperin.registers.values.identity import hide_personal_numbers
from disperin.ui import said
from disperin.ui.said import gettext as _
from disperin.workbooks.files.cells import shown
from disperin.workbooks.files.directories import is_endless
from disperin.workbooks.files.kinds import PACKED
from disperin.workbooks.importing.progress import keep
from disperin.workbooks.models import Workbook, WorkbookPhoto
from disperin.workbooks.tables.columns import photo_places
from disperin.workbooks.tables.understanding import plain_name

MOST_ENTRIES = 5_000  # of a ZIP
MOST_TOLD = 200  # pictures that no row names, and are told by their names
CHUNK = 1_000
_BROKEN = (zipfile.BadZipFile, zlib.error, RuntimeError, NotImplementedError, EOFError, OSError, ValueError)


def take_photos(workbook: Workbook) -> None:
    """Take in the pictures that rows name, and remove the ZIP."""
    if not workbook.photos_path:
        return
    path = default_storage.path(workbook.photos_path)
    try:
        if is_endless(path):
            text = _(
                "This ZIP holds far more than %(most)d files, so none was taken. Send the pictures in several ZIPs."
            )
            _tell(workbook, "", "ZIP", text % {"most": MOST_ENTRIES})
        else:
            with ZipFile(path) as file:
                _take_those_that_rows_name(workbook, file)
    except _BROKEN:
        _tell(workbook, "", "ZIP", _("This ZIP cannot be read. Make it anew, without a password, and send it again."))
    remove_photos(workbook)


def _take_those_that_rows_name(workbook: Workbook, file: ZipFile) -> None:
    wanted, entries = set(_named(workbook)), _entries(file)
    keep(workbook, total=len(wanted & entries.keys()), done=0)
    if len(file.infolist()) > MOST_ENTRIES:
        text = _("Only the first %(most)d files of this ZIP were looked at. Send the others in another ZIP.")
        _tell(workbook, "", "ZIP", text % {"most": MOST_ENTRIES})
    for key in sorted(entries.keys() - wanted)[:MOST_TOLD]:
        _tell(workbook, key, key, _("No row names this picture, so it was not taken."))
    taken = workbook.photos.filter(path=workbook.photos_path).exclude(attachment=None).values_list("key", flat=True)
    for key in sorted((wanted & entries.keys()) - set(taken)):
        _take(workbook, file, key, entries[key])
        keep(workbook, done=workbook.done + 1)


def remove_photos(workbook: Workbook) -> None:
    """Remove the ZIP; what is needed of it is kept as attachments."""
    if workbook.photos_path:
        default_storage.delete(workbook.photos_path)
        workbook.photos_path = ""
        type(workbook).objects.filter(pk=workbook.pk).update(photos_path="")


def _named(workbook: Workbook) -> Iterator[str]:
    """The plain names that cells name."""
    for sheet, at in photo_places(workbook.target, workbook.mapping):
        for cells in workbook.rows.filter(sheet=sheet).values_list("cells", flat=True).iterator(chunk_size=CHUNK):
            if at < len(cells) and (key := plain_name(shown(cells[at]))[:200]):
                yield key


def _entries(file: ZipFile) -> dict[str, list[ZipInfo]]:
    """The files of a ZIP by their plain names; what programs put beside them is passed over."""
    files: dict[str, list[ZipInfo]] = {}
    for entry in file.infolist()[:MOST_ENTRIES]:
        key = plain_name(entry.filename)[:200]
        if not entry.is_dir() and not key.startswith(".") and not entry.filename.startswith("__MACOSX"):
            files.setdefault(key, []).append(entry)
    return files


def _take(workbook: Workbook, file: ZipFile, key: str, entries: list[ZipInfo]) -> None:
    """Make an attachment of the picture of this name, or say why none can be made."""
    first = entries[0]
    if len(entries) > 1:
        _tell(workbook, key, key, _("The ZIP holds several pictures of this name, so none was taken."))
        return
    if first.file_size > settings.ATTACHMENT_LIMIT:
        text = _("This picture is larger than %(most)d MB.") % {"most": settings.ATTACHMENT_LIMIT // 1024 // 1024}
        _tell(workbook, key, key, text)
        return
    if (content := _content(file, first)) is None:
        _tell(workbook, key, key, _("This picture cannot be read in the ZIP."))
        return
    try:
        made = upload(
            ContentFile(content, name=key),
            kind=Attachment.Kind.PHOTO,
            regency=workbook.regency,
            by=workbook.sent_by,
        )
    except ValidationError as refused:
        _tell(workbook, key, key, " ".join(refused.messages))
    except PermissionDenied as refused:
        _tell(workbook, key, key, str(refused))
    else:
        _store(workbook, key, attachment=made, problem={})


def _content(file: ZipFile, entry: ZipInfo) -> bytes | None:
    """The picture; of one that is larger than its ZIP says, only so much that this shows; None for none."""
    if entry.compress_type not in PACKED:
        return None
    try:
        with file.open(entry) as packed:
            return packed.read(settings.ATTACHMENT_LIMIT + 1)
    except _BROKEN:
        return None


def _tell(workbook: Workbook, key: str, name: str, text: str) -> None:
    """Keep why there is no picture of this name; one that was taken before stays."""
    if not workbook.photos.filter(key=_kept(key)).exclude(attachment=None).exists():
        _store(workbook, key, attachment=None, problem=said.kept(text), name=name)


def _store(workbook: Workbook, key: str, *, name: str = "", **values: Any) -> None:
    values |= {"name": hide_personal_numbers(name or key), "path": workbook.photos_path}
    WorkbookPhoto.objects.update_or_create(workbook=workbook, key=_kept(key), defaults=values)


def _kept(key: str) -> str:
    """A plain name as it is kept: a NIK in it is not."""
    return hide_personal_numbers(key)[:200]
