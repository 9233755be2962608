"""Archives in the format of age (age-encryption.org): the server knows the public key only, and cannot read them."""

import contextlib
import os
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from threading import Thread
from typing import IO

import pyrage

from disperin.backups.errors import BackupError

HEADER = b"age-encryption.org/"
_PIECE = 1024 * 1024  # bytes


def recipients_of(text: str) -> list[pyrage.x25519.Recipient]:
    """The public keys (`age1…`, separated by commas) for whom archives are encrypted; none for ""."""
    try:
        return [pyrage.x25519.Recipient.from_str(key.strip()) for key in text.split(",") if key.strip()]
    except pyrage.RecipientError:
        raise BackupError("BACKUP_RECIPIENTS is no list of public keys of age (age1…), separated by commas.") from None


def keys_in(path: Path) -> list[pyrage.x25519.Identity]:
    """The secret keys in a file as `age-keygen` writes it."""
    try:
        lines = [line.strip() for line in path.read_text().splitlines()]
        keys = [pyrage.x25519.Identity.from_str(line) for line in lines if line and not line.startswith("#")]
    except OSError as error:
        raise BackupError(f"The key {path} cannot be read: {error.strerror}.") from None
    except (pyrage.IdentityError, ValueError):
        keys = []
    if not keys:
        raise BackupError(f"{path} holds no secret key of age (AGE-SECRET-KEY-…).")
    return keys


@contextlib.contextmanager
def encrypting(file: IO[bytes], recipients: Sequence[pyrage.x25519.Recipient]) -> Iterator[IO[bytes]]:
    """What is written into the file that this gives lands in `file`, encrypted if there are recipients."""
    if not recipients:
        yield file
        return
    theirs, ours = _pipe()
    try:
        with _meanwhile(lambda: pyrage.encrypt_io(theirs, file, recipients), theirs), ours:
            yield ours
    except pyrage.EncryptError as error:
        raise BackupError(f"The backup could not be encrypted: {error}.") from None


@contextlib.contextmanager
def decrypting(file: IO[bytes], keys: Sequence[pyrage.x25519.Identity]) -> Iterator[IO[bytes]]:
    """A file that gives what `file` holds, decrypted if there are keys; what goes wrong is told at its end."""
    if not keys:
        yield file
        return
    ours, theirs = _pipe()
    with _meanwhile(lambda: pyrage.decrypt_io(file, theirs, keys), theirs), ours:
        try:
            yield ours
        finally:
            while ours.read(_PIECE):  # to the end, whose mark shows whether it is whole
                pass


def _pipe() -> tuple[IO[bytes], IO[bytes]]:
    reading, writing = os.pipe()
    return os.fdopen(reading, "rb"), os.fdopen(writing, "wb")


@contextlib.contextmanager
def _meanwhile(work: Callable[[], None], end: IO[bytes]) -> Iterator[None]:
    """Do the work in a thread at its end of a pipe. If it fails, what the other end ran into is but a consequence."""
    failed = []

    def run() -> None:
        with contextlib.suppress(BrokenPipeError), end:
            try:
                work()
            except Exception as error:
                failed.append(error)

    thread = Thread(target=run)
    thread.start()
    try:
        yield
    finally:
        thread.join()
        if failed:
            raise failed[0]
