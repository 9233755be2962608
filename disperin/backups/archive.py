"""One file that holds a whole backup: a compressed tar whose last member says what must be in it, encrypted if wished.

Nothing in it is of our own making: `age --decrypt --identity KEY FILE | tar --list --gzip` opens it anywhere.
"""

import contextlib
import gzip
import hashlib
import io
import json
import tarfile
import zlib
from collections.abc import Iterator, Sequence
from typing import IO, Protocol, TypedDict

import pyrage

from disperin.backups.encryption import HEADER, decrypting, encrypting
from disperin.backups.errors import BackupError
from disperin.backups.tables import Migration

FORMAT = 1
ROWS, FILES, MANIFEST = "rows/", "files/", "manifest.json"
_GZIP = b"\x1f\x8b"
_LEVEL = 6  # of compression; photographs hardly shrink, rows to a fifth
_PIECE = 1024 * 1024  # bytes
_BROKEN = (tarfile.TarError, zlib.error, EOFError, OSError, ValueError, KeyError, TypeError)


class Readable(Protocol):
    """What gives bytes."""

    def read(self, size: int = -1, /) -> bytes: ...


class RowsOf(TypedDict, total=False):
    """A table: its columns, and how many rows were taken of it."""

    columns: list[str]
    rows: int


class Facts(TypedDict, total=False):
    """What is known of a backup beside its parts; JSON."""

    taken_at: str
    release: str
    migrations: list[Migration]
    tables: dict[str, RowsOf]
    left_out: list[str]  # tables that no migration of ours has made
    sequences: dict[str, list[int]]  # the last value, and whether that was given out
    files: int
    missing: list[str]


class Manifest(Facts):
    """The last member of an archive: the facts, and the hash of each part."""

    format: int
    parts: dict[str, str]


class Writer:
    """Takes in one part after the other; `end` makes it whole."""

    def __init__(self, tar: tarfile.TarFile) -> None:
        self._tar = tar
        self._parts: dict[str, str] = {}  # name -> hash

    def add(self, name: str, file: Readable, size: int) -> None:
        """Take in `size` bytes that a file gives."""
        hashed = _Hashed(file)
        self._add(name, hashed, size)
        self._parts[name] = hashed.digest.hexdigest()

    def end(self, facts: Facts) -> None:
        """Say what the archive holds, beside the `facts` (JSON) about it."""
        content = json.dumps({"format": FORMAT, **facts, "parts": self._parts}, indent=1).encode()
        self._add(MANIFEST, io.BytesIO(content), len(content))

    def _add(self, name: str, file: Readable, size: int) -> None:
        member = tarfile.TarInfo(name)
        member.size, member.mode = size, 0o600
        self._tar.addfile(member, file)
        self._tar.members = []  # type: ignore[attr-defined]  # it would remember each


class _Hashed:
    """A file that is hashed while it is read."""

    def __init__(self, file: Readable) -> None:
        self._file, self.digest = file, hashlib.sha256()

    def read(self, size: int = -1) -> bytes:
        piece = self._file.read(size)
        self.digest.update(piece)
        return piece


@contextlib.contextmanager
def writing(file: IO[bytes], recipients: Sequence[pyrage.x25519.Recipient]) -> Iterator[Writer]:
    """`with writing(file, recipients) as parts:` a Writer of an archive into an open file."""
    with (
        encrypting(file, recipients) as plain,
        gzip.GzipFile(filename="", mode="wb", compresslevel=_LEVEL, fileobj=plain) as packed,
        tarfile.open(mode="w|", fileobj=packed, format=tarfile.PAX_FORMAT) as tar,
    ):
        yield Writer(tar)


class Archive:
    """An archive to be read, more than once: `file` is open and can go back to its beginning."""

    def __init__(self, file: IO[bytes], name: str, keys: Sequence[pyrage.x25519.Identity] = ()) -> None:
        self._file, self._name, self._keys = file, name, keys
        self._refuse_what_it_is_not()

    def _refuse_what_it_is_not(self) -> None:
        head = self._file.read(len(HEADER))
        is_encrypted = head == HEADER
        if not is_encrypted and not head.startswith(_GZIP):
            raise BackupError(f"{self._name} is no backup of the portal, or its beginning is damaged.")
        if is_encrypted and not self._keys:
            raise BackupError(f"{self._name} is encrypted. Name the file with its secret key: --key FILE.")
        if self._keys and not is_encrypted:
            raise BackupError(f"{self._name} is not encrypted. If that is what you expect, leave --key out.")

    @contextlib.contextmanager
    def parts(self) -> Iterator[Iterator[tuple[str, io.BufferedReader]]]:
        """`with archive.parts() as parts:` an iterator of `(name, file)`, the manifest as the last."""
        self._file.seek(0)
        with (
            decrypting(self._file, self._keys) as plain,
            gzip.GzipFile(mode="rb", fileobj=plain) as packed,
            tarfile.open(mode="r|", fileobj=packed) as tar,
        ):
            yield _members(tar)
            while packed.read(_PIECE):  # to its checksum
                pass

    def check(self) -> Manifest:
        """Read all of it; gives what its manifest says. BackupError unless it is whole and as it was written."""
        digests: dict[str, str] = {}
        manifest: Manifest | None = None
        with self._damage_told(), self.parts() as parts:
            for name, file in parts:
                if name == MANIFEST:
                    manifest = json.load(file)
                else:
                    digests[name] = hashlib.file_digest(file, "sha256").hexdigest()
        if manifest is None:
            raise BackupError(f"{self._name} is not complete: its end is missing. Nothing was written.")
        if manifest.get("format") != FORMAT:
            raise BackupError(f"{self._name} was written by another release ({manifest.get('release')}): use that one.")
        if manifest["parts"] != digests:
            raise BackupError(f"{self._name} is damaged: it does not hold what it should. Nothing was written.")
        return manifest

    @contextlib.contextmanager
    def _damage_told(self) -> Iterator[None]:
        try:
            yield
        except pyrage.DecryptError:
            raise BackupError(f"The key does not open {self._name}, or its beginning is damaged.") from None
        except _BROKEN:
            raise BackupError(f"{self._name} is damaged or not complete. Nothing was written.") from None


def _members(tar: tarfile.TarFile) -> Iterator[tuple[str, io.BufferedReader]]:
    while (member := tar.next()) is not None:
        tar.members = []  # type: ignore[attr-defined]  # it would remember each
        file = tar.extractfile(member) if member.isfile() else None
        if not isinstance(file, io.BufferedReader):
            raise tarfile.TarError(member.name)
        yield member.name, file
