"""As whom the server runs: PostgreSQL refuses to run as root, so root lends it an unprivileged account."""

import os
import pwd
import subprocess
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from disperin.embedded.errors import EmbeddedError

UNPRIVILEGED = ("postgres", "nobody", "daemon")


@dataclass(frozen=True)
class Account:
    """The user and group that own the server's files and run its processes."""

    uid: int
    gid: int
    name: str

    @property
    def is_ours(self) -> bool:
        """Whether this process already runs as that user."""
        return self.uid == os.geteuid()

    def run(self, command: Sequence[str | Path], says: str = "") -> subprocess.CompletedProcess[str]:
        """Run a command as this account, in a plain environment, with `says` on its input; returns what came of it."""
        lent: dict[str, Any] = {} if self.is_ours else {"user": self.uid, "group": self.gid, "extra_groups": []}
        kept = {name: os.environ[name] for name in ("PATH", "LD_LIBRARY_PATH") if name in os.environ}
        try:
            return subprocess.run(  # noqa: S603 - commands of this package
                [str(part) for part in command],
                env={**kept, "LC_ALL": "C", "TZ": "UTC"},
                cwd="/",
                input=says,
                capture_output=True,
                text=True,
                start_new_session=True,
                **lent,
            )
        except PermissionError as error:
            raise EmbeddedError(f"Running {command[0]} as {self.name} is not permitted: {error}.") from error

    def can(self, wish: str, path: Path) -> bool:
        """Whether the account may `wish` ("r", "w", "x") the path, every folder above it included."""
        return self.run(["/bin/sh", "-c", f'test -{wish} "$1"', "sh", path]).returncode == 0

    def own(self, path: Path) -> None:
        """Make the folder exist, owned by this account and closed to everyone else."""
        path.mkdir(exist_ok=True, mode=0o700)
        if not self.is_ours:
            os.chown(path, self.uid, self.gid)
        path.chmod(0o700)

    def own_all(self, path: Path) -> None:
        """Give a whole folder to this account."""
        if not self.is_ours:
            for folder, _, files in os.walk(path):
                os.chown(folder, self.uid, self.gid)
                for name in files:
                    os.chown(Path(folder) / name, self.uid, self.gid, follow_symlinks=False)


def unprivileged() -> Iterator[Account]:
    """Yield the accounts of `UNPRIVILEGED` that exist on this machine."""
    for name in UNPRIVILEGED:
        try:
            entry = pwd.getpwnam(name)
        except KeyError:
            continue
        if entry.pw_uid:
            yield Account(entry.pw_uid, entry.pw_gid, name)


def for_server(data: Path) -> Account:
    """Return the account for a server whose files are (or will be) in `data`.

    Ours, unless we are root: then the owner of existing data, else the first that exists of `UNPRIVILEGED`.
    EmbeddedError when a plain user meets someone else's data, or root finds nobody to lend it to.
    """
    ours = os.geteuid()
    try:
        owner = data.stat().st_uid
    except FileNotFoundError:
        owner = None
    except PermissionError:
        owner = 0
    if ours != 0:
        if owner not in (None, ours):
            raise EmbeddedError(f"{data} belongs to another user. Run as that user or root, or `make reset` as root.")
        return Account(ours, os.getegid(), str(ours))
    if owner:
        return Account(owner, data.stat().st_gid, str(owner))
    for lent in unprivileged():
        return lent
    raise EmbeddedError(
        f"PostgreSQL does not run as root and none of the users {', '.join(UNPRIVILEGED)} exists. "
        "Run as a plain user, or name a database in DATABASE_URL."
    )
