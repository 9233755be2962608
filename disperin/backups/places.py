"""Where archives are kept: a folder, or a bucket of S3. There, each has its name only once it is whole."""

import contextlib
import os
import tempfile
import time
from collections.abc import Iterator
from contextlib import AbstractContextManager
from pathlib import Path
from typing import IO, Protocol
from urllib.parse import urlsplit

import obstore
from obstore.exceptions import BaseError
from obstore.store import S3Store

from disperin.backups.errors import BackupError

_PIECE = 16 * 1024 * 1024  # bytes that are sent at once; S3 takes up to ten thousand of them for one archive
_AT_ONCE = 2
A_DAY = 24 * 60 * 60  # seconds; no backup takes that long


class Place(Protocol):
    """Somewhere that archives are kept."""

    def writing(self, name: str) -> AbstractContextManager[IO[bytes]]:
        """A file to write a new archive into; the place has it under its name if nothing went wrong."""

    def reading(self, name: str) -> AbstractContextManager[IO[bytes]]:
        """An archive, open."""

    def names(self) -> list[str]:
        """What is there."""

    def remove(self, name: str) -> None:
        """Remove an archive."""


def place_of(address: str) -> Place:
    """The place at an address: `s3://bucket/prefix`, or a folder."""
    return Bucket(address) if address.startswith("s3://") else Folder(Path(address))


class Folder:
    """A folder, perhaps of another disk; it must be there, so that a disk that is missing is noticed."""

    def __init__(self, path: Path) -> None:
        self.path = path
        if not path.is_dir():
            raise BackupError(f"There is no folder {path}. Make it, or look whether its disk is mounted.")

    @contextlib.contextmanager
    def writing(self, name: str) -> Iterator[IO[bytes]]:
        self._forget_halves()
        half, whole = self.path / f"{name}.part", self.path / name
        if whole.exists():
            raise BackupError(f"{whole} is there already.")
        try:
            with open(half, "xb", opener=_for_us_alone) as file:
                yield file
                file.flush()
                os.fsync(file.fileno())
            half.rename(whole)
        finally:
            half.unlink(missing_ok=True)
        self._put_on_disk()

    @contextlib.contextmanager
    def reading(self, name: str) -> Iterator[IO[bytes]]:
        try:
            file = (self.path / name).open("rb")
        except OSError as error:
            raise BackupError(f"{self.path / name} cannot be read: {error.strerror}.") from None
        with file:
            yield file

    def names(self) -> list[str]:
        return sorted(path.name for path in self.path.iterdir() if path.is_file())

    def remove(self, name: str) -> None:
        (self.path / name).unlink()

    def _forget_halves(self) -> None:
        """Remove what a backup that was killed has left."""
        for path in self.path.glob("portal-*.part"):
            if path.stat().st_mtime < time.time() - A_DAY:
                path.unlink()

    def _put_on_disk(self) -> None:
        """Have the new name on the disk before anybody relies on it."""
        folder = os.open(self.path, os.O_RDONLY)
        try:
            os.fsync(folder)
        finally:
            os.close(folder)


def _for_us_alone(path: str, flags: int) -> int:
    return os.open(path, flags, 0o600)


class Bucket:
    """A bucket of S3, or of a server that speaks like it, under a prefix.

    Keys, region and server come from the environment by the names that all tools know (`AWS_ACCESS_KEY_ID`, …). An
    archive is made beside, in the folder for temporary files, and S3 shows an object only when it is whole.
    """

    def __init__(self, address: str) -> None:
        self.address = address.rstrip("/")
        parts = urlsplit(address)
        plain = os.environ.get("AWS_ENDPOINT_URL", "").startswith("http://")  # a server in one's own network
        self._store = S3Store(
            parts.netloc, prefix=parts.path.strip("/") or None, client_options={"allow_http": plain, "timeout": "1h"}
        )

    @contextlib.contextmanager
    def writing(self, name: str) -> Iterator[IO[bytes]]:
        with tempfile.TemporaryFile() as file:
            yield file
            file.seek(0)
            with self._failing_in_words("written to"):
                obstore.put(self._store, name, file, chunk_size=_PIECE, max_concurrency=_AT_ONCE)

    @contextlib.contextmanager
    def reading(self, name: str) -> Iterator[IO[bytes]]:
        with tempfile.TemporaryFile() as file:
            with self._failing_in_words("read from"):
                for piece in obstore.get(self._store, name).stream(min_chunk_size=_PIECE):
                    file.write(piece)
            file.seek(0)
            yield file

    def names(self) -> list[str]:
        with self._failing_in_words("read from"):
            return sorted(entry["path"] for entry in obstore.list_with_delimiter(self._store)["objects"])

    def remove(self, name: str) -> None:
        with self._failing_in_words("removed from"):
            obstore.delete(self._store, name)

    @contextlib.contextmanager
    def _failing_in_words(self, what: str) -> Iterator[None]:
        try:
            yield
        except (BaseError, FileNotFoundError) as error:
            raise BackupError(f"The backup could not be {what} {self.address}: {str(error).splitlines()[0]}") from None
