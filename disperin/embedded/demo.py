"""`make demo`: database, preparation, web server and job worker, started together and stopped together.

`python -m disperin.embedded.demo` serves; with `bench` it prepares a database for measuring and runs the measuring.
"""

import base64
import os
import secrets
import signal
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Callable, Mapping
from contextlib import suppress
from pathlib import Path
from types import FrameType

from disperin.embedded.cluster import database_url, release_all
from disperin.embedded.errors import EmbeddedError
from disperin.embedded.parent import end_with_parent
from disperin.embedded.places import PROJECT, var_folder
from disperin.embedded.preparation import Preparation

HOST = "127.0.0.1"
SETTLED_AFTER = 10  # seconds; what ends before them would only end again
SIGNALS = (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)


class Stopped(Exception):
    """Somebody asked the demo to end."""


def _stop(number: int, frame: FrameType | None) -> None:
    raise Stopped


def _hear_no_more() -> None:
    """While tidying up, a second Ctrl-C changes nothing."""
    for number in SIGNALS:
        signal.signal(number, signal.SIG_IGN)


def _chosen_port() -> int:
    """The port of `PORT` (8000 without), which must be free."""
    text = os.environ.get("PORT") or "8000"
    if not text.isdecimal() or not 1 <= int(text) <= 65535:
        raise EmbeddedError(
            f"PORT={text} is no port: name a number from 1 to 65535, for example `make demo PORT=8080`."
        )
    port = int(text)
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((HOST, port))
        except OSError as error:
            raise EmbeddedError(
                f"Port {port} of {HOST} cannot be used ({error.strerror}). "
                f"End what uses it, or choose another: `make demo PORT={port + 1 if port < 65535 else 8080}`."
            ) from error
    return port


def _secret(var: Path) -> str:
    """The demo's own secret, made once and kept where only its owner reads it."""
    path = var / "secret-key"
    if not path.exists():
        var.mkdir(parents=True, exist_ok=True)
        with open(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "w") as file:
            file.write(secrets.token_urlsafe(50))
    return path.read_text()


def _label_key(var: Path) -> str:
    """The demo's own key for OVOP labels (id=seed), made once: labels printed yesterday are still good today."""
    path = var / "label-key"
    if not path.exists():
        var.mkdir(parents=True, exist_ok=True)
        with open(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "w") as file:
            file.write(f"demo={base64.b64encode(secrets.token_bytes(32)).decode()}")
    return path.read_text()


def _environment(port: int, database: str) -> dict[str, str]:
    """What the portal's settings read, as the demo wants it."""
    return {
        **os.environ,
        "DJANGO_SETTINGS_MODULE": "disperin.settings",
        "PYTHONUNBUFFERED": "1",
        "DEMO": "1",
        "DATABASE_URL": database,
        "SECRET_KEY": os.environ.get("SECRET_KEY") or _secret(var_folder()),
        "OVOP_SIGNING_KEYS": os.environ.get("OVOP_SIGNING_KEYS") or _label_key(var_folder()),
        "ALLOWED_HOSTS": os.environ.get("ALLOWED_HOSTS") or f"localhost,{HOST},[::1]",
        "PUBLIC_ORIGIN": os.environ.get("PUBLIC_ORIGIN") or f"http://{HOST}:{port}",
    }


class Household:
    """The processes that serve; they start in sessions of their own, so a Ctrl-C reaches them through us only."""

    def __init__(self, environment: Mapping[str, str]) -> None:
        self.environment = environment
        self.running: dict[str, subprocess.Popen] = {}
        self.begun: dict[str, tuple[float, tuple[str, ...]]] = {}

    def start(self, name: str, *command: str) -> None:
        """Start one of them under the name that messages use."""
        self.begun[name] = time.monotonic(), command
        self.running[name] = subprocess.Popen(  # noqa: S603 - our own commands
            [sys.executable, *command],
            env=self.environment,
            cwd=PROJECT,
            start_new_session=True,
            preexec_fn=end_with_parent,
        )

    def check(self) -> None:
        """Start again what has ended by itself; EmbeddedError when that was as soon as it had begun."""
        for name, process in list(self.running.items()):
            if process.poll() is not None:
                begun_at, command = self.begun[name]
                said = f"The {name} ended by itself (exit code {process.returncode})"
                if time.monotonic() - begun_at < SETTLED_AFTER:
                    raise EmbeddedError(f"{said}.")
                print(f"{said}; it is started again.", file=sys.stderr, flush=True)
                _signal_group(process, signal.SIGKILL)  # what it had started, and what holds its port
                self.start(name, *command)

    def stop(self) -> None:
        """End them all, each with what it started; those that take longer than ten seconds are killed."""
        for process in self.running.values():
            _signal_group(process, signal.SIGTERM)
        deadline = time.monotonic() + 10
        for process in self.running.values():
            with suppress(subprocess.TimeoutExpired):
                process.wait(timeout=max(0.1, deadline - time.monotonic()))
            _signal_group(process, signal.SIGKILL)
            process.wait()


def _signal_group(process: subprocess.Popen, number: signal.Signals) -> None:
    with suppress(ProcessLookupError):
        os.killpg(process.pid, number)


def _answers(address: str) -> bool:
    try:
        with urllib.request.urlopen(f"{address}/healthz", timeout=5) as answer:  # noqa: S310 - our own address
            return answer.status == 200
    except (urllib.error.URLError, OSError):
        return False


def _wait(every: float, household: Household, parent: int, until: Callable[[], bool]) -> None:
    """Look after the household until the condition holds; the end of our parent (`make`) ends us too."""
    while not until():
        household.check()
        if os.getppid() != parent:
            raise Stopped
        time.sleep(every)


def _serve() -> None:
    """Prepare and serve the demo until it is told to stop; EmbeddedError when that cannot be done."""
    parent = os.getppid()
    port = _chosen_port()
    address = f"http://{HOST}:{port}"
    print("Preparing the portal:", flush=True)
    environment = _environment(port, database_url(purpose="demo"))
    preparation = Preparation(environment)
    preparation.all()
    preparation.sample()
    household = Household(environment)
    try:
        gunicorn = ["-m", "gunicorn", "--config", "gunicorn.conf.py", "disperin.wsgi:application"]
        gunicorn += ["--bind", f"{HOST}:{port}", "--workers", "2", "--threads", "4", "--timeout", "60"]
        gunicorn += ["--log-level", "warning"]
        household.start("web server", *gunicorn)
        household.start("job worker", "manage.py", "db_worker")
        accounts = preparation.said("manage.py", "load_sample", "--accounts")
        _wait(0.1, household, parent, until=lambda: _answers(address))
        print(f"\n{accounts}\n  The portal is at {address}/ (Ctrl-C stops it)\n", flush=True)
        _wait(0.5, household, parent, until=lambda: not database_url(purpose="demo"))  # starts one that has ended
    finally:
        _hear_no_more()
        household.stop()


def _measure(arguments: list[str]) -> None:
    """Run `manage.py bench` on a cluster of its own; the arguments are the command's."""
    environment = _environment(8000, database_url(purpose="bench"))
    preparation = Preparation(environment)
    preparation.all()
    preparation.run("measuring", "manage.py", "bench", *arguments)


def main(arguments: list[str]) -> int:
    """Serve, or measure with `bench`; the exit code is 1 when something went wrong, which is then printed."""
    for number in SIGNALS:
        signal.signal(number, _stop)
    try:
        if arguments[:1] == ["bench"]:
            _measure(arguments[1:])
        else:
            _serve()
    except Stopped:
        print("The portal stops.", flush=True)
    except EmbeddedError as error:
        print(error, file=sys.stderr)
        return 1
    finally:
        _hear_no_more()
        release_all()
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
