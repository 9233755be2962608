"""Files on the disk: there whole or not at all, gone when nobody knows of them, and what a full disk is told by."""

import contextlib
import errno
import os
import time
from collections.abc import Container
from pathlib import Path

from django.core.files import File
from django.core.files.storage import FileSystemStorage, default_storage
from django.utils.translation import gettext_lazy as _

DISK_FULL = _("The disk of the server is full: the file was not kept. Tell the administrator, and send it again later.")
A_DAY = 24 * 60 * 60  # seconds in which whoever writes a file has written its row
_NO_ROOM, _NO_ROOM_FOR_ROWS = {errno.ENOSPC, errno.EDQUOT}, "53100"  # of the system, and of PostgreSQL


class WholeFiles(FileSystemStorage):
    """Each file is written aside and given its name once it is whole; of one that cannot be written nothing stays."""

    def _save(self, name: str, content: File) -> str:
        part = f"{name}.part"
        self.delete(part)  # of a process that was killed
        try:
            super()._save(part, content)  # type: ignore[misc]  # the stubs leave it out
        except BaseException:
            self.delete(part)
            raise
        os.replace(self.path(part), self.path(name))
        return name


def remove_strays(folder: str, known: Container[str]) -> int:
    """Remove the files below a folder that are older than a day and none of the `known` names; gives how many."""
    root, removed = Path(default_storage.path("")), 0
    for path in (root / folder).rglob("*"):
        with contextlib.suppress(FileNotFoundError):  # somebody was quicker
            old = path.is_file() and path.stat().st_mtime < time.time() - A_DAY
            if old and path.relative_to(root).as_posix() not in known:
                path.unlink()
                removed += 1
    return removed


def is_disk_full(error: BaseException | None) -> bool:
    """Did this go wrong, in the end, because there is no room on the disk?"""
    while error is not None:
        if (isinstance(error, OSError) and error.errno in _NO_ROOM) or _says_postgresql(error):
            return True
        error = error.__cause__ or error.__context__
    return False


def _says_postgresql(error: BaseException) -> bool:
    return getattr(error, "pgcode", None) == _NO_ROOM_FOR_ROWS
