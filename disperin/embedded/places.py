"""Where a cluster keeps its files: in the project's `var/`, or out of it where the server's account cannot reach."""

import fcntl
import os
import shutil
import stat
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TextIO

from disperin.embedded.account import Account, unprivileged
from disperin.embedded.errors import EmbeddedError

PROJECT = Path(__file__).resolve().parent.parent.parent
ELSEWHERE = Path("/var/tmp")  # noqa: S108 - a folder of mode 0700 is made in it by mkdtemp
SHORT = Path("/tmp")  # noqa: S108 - the same, for a socket whose path would be too long
PURPOSES = ("demo", "tests", "bench")
LONGEST = 107 - len("/.s.PGSQL.5432")  # bytes; a Unix socket's path ends there


def var_folder() -> Path:
    """The project's folder for everything that is made while it runs (`VAR_DIR`, else `var/`)."""
    return Path(os.environ.get("VAR_DIR") or PROJECT / "var").absolute()


class Places:
    """The paths of one cluster. `notes` always lies in `var/`; `home` holds data and, if need be, binaries."""

    def __init__(self, purpose: str, var: Path) -> None:
        self.purpose = purpose
        self.notes = var / "postgres"
        self.pointer = self.notes / "elsewhere"
        self.socket_pointer = self.notes / f"{purpose}.socket"
        self.keep = self.notes / f"{purpose}.keep"

    @property
    def home(self) -> Path:
        """The folder above this cluster's own."""
        return self.elsewhere() or self.notes

    @property
    def folder(self) -> Path:
        """This cluster's folder: data, log and usually the socket."""
        return self.home / self.purpose

    @property
    def data(self) -> Path:
        """PostgreSQL's data folder."""
        return self.folder / "data"

    @property
    def log(self) -> Path:
        """The server's log."""
        return self.folder / "log"

    def elsewhere(self) -> Path | None:
        """The folder outside the project that was noted earlier, if it is there and as it was made."""
        try:
            path = Path(self.pointer.read_text().strip())
            status = path.lstat()
        except OSError:
            return None
        ours = {os.geteuid(), *(lent.uid for lent in unprivileged())}
        if not stat.S_ISDIR(status.st_mode) or status.st_mode & 0o077 or status.st_uid not in ours:
            raise EmbeddedError(f"{path} is no longer the closed folder that was made. Delete {self.pointer}.")
        return path

    def open_for(self, account: Account) -> bool:
        """Make this cluster's folder for the account; False when it cannot reach it there."""
        self.notes.mkdir(parents=True, exist_ok=True)
        self.home.mkdir(exist_ok=True)
        account.own(self.folder)
        return account.is_ours or account.can("w", self.folder)

    def move_elsewhere(self, account: Account) -> None:
        """Make a 0700 folder of the account outside the project, note it, and say so; data that is here moves there."""
        path = Path(tempfile.mkdtemp(prefix="disperin-", dir=ELSEWHERE))
        account.own(path)
        shutil.move(self.folder, path / self.purpose)
        account.own_all(path)
        self.pointer.write_text(f"{path}\n")
        print(
            f"PostgreSQL runs as {account.name}, who cannot reach this project: its files are in {path} "
            "(`make reset` removes them).",
            flush=True,
        )

    def leave_elsewhere(self) -> None:
        """Remove the folder outside the project once no cluster's files are in it."""
        path = self.elsewhere()
        if path and not any((path / purpose).exists() for purpose in PURPOSES):
            shutil.rmtree(path)
            self.pointer.unlink()
            print(f"Removed {path}.")

    def socket(self) -> Path:
        """The socket's folder: the cluster's own, or a short one where that path is too long for a socket."""
        try:
            return Path(self.socket_pointer.read_text().strip())
        except OSError:
            return self.folder / "socket"

    def make_socket(self, account: Account) -> Path:
        """Make the socket's folder (0700) and return it; called while no server runs."""
        self.drop_socket()
        path = self.folder / "socket"
        if len(os.fsencode(path)) > LONGEST:
            path = Path(tempfile.mkdtemp(prefix="disperin-", dir=SHORT))
            self.socket_pointer.write_text(f"{path}\n")
        account.own(path)
        return path

    def drop_socket(self) -> None:
        """Remove a short socket folder and its note."""
        if self.socket_pointer.exists():
            path = self.socket()
            if path.parent == SHORT and path.name.startswith("disperin-"):
                shutil.rmtree(path, ignore_errors=True)
            self.socket_pointer.unlink()

    @contextmanager
    def alone(self) -> Iterator[None]:
        """Only one process at a time starts, stops or removes a cluster of this project."""
        with self.lock_file("busy") as file:
            fcntl.flock(file, fcntl.LOCK_EX)
            yield

    def lock_file(self, name: str) -> TextIO:
        """Open the file on which processes agree; EmbeddedError when `var/` belongs to someone else."""
        try:
            self.notes.mkdir(parents=True, exist_ok=True)
            return (self.notes / name).open("a")
        except PermissionError as error:
            raise EmbeddedError(
                f"{error.filename} cannot be written: it was made by another user. "
                "Run as that user, or let that user (or root) run `make reset`."
            ) from error
