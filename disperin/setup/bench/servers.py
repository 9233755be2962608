"""The two servers that are compared: the portal and the bare view, under the same gunicorn with the same settings."""

import http.client
import os
import socket
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass

from disperin.embedded.demo import HOST, Household

PORTAL = "disperin.wsgi:application"
BARE = "disperin.setup.bench.bare:application"
WORKERS, THREADS = 2, 4


class DidNotStart(RuntimeError):
    """A server ended, or did not answer within a minute."""


@dataclass(frozen=True)
class Serving:
    """A server at work: where it answers, and the process that has started its workers."""

    port: int
    pid: int


@contextmanager
def serving(application: str, database: str) -> Iterator[Serving]:
    """Run one of them on a free port of this machine."""
    with socket.socket() as probe:
        probe.bind((HOST, 0))
        port = probe.getsockname()[1]
    environment = {
        **os.environ,
        "DATABASE_URL": database,
        "ALLOWED_HOSTS": HOST,
        # counted as always, but never refused
        "API_RATE_ANONYMOUS": "100000000/min",
        "EXPORT_RATE": "100000000/min",
    }
    household = Household(environment)
    arguments = ["--workers", str(WORKERS), "--threads", str(THREADS), "--keep-alive", "30", "--log-level", "warning"]
    gunicorn = ["-m", "gunicorn", "--config", "gunicorn.conf.py", application, "--bind", f"{HOST}:{port}"]
    household.start(application, *gunicorn, *arguments)
    try:
        _wait_for(port, household)
        yield Serving(port, household.running[application].pid)
    finally:
        household.stop()


def _wait_for(port: int, household: Household) -> None:
    deadline = time.monotonic() + 60
    while time.monotonic() < deadline:
        household.check()
        connection = http.client.HTTPConnection(HOST, port, timeout=5)
        try:
            connection.request("GET", "/healthz")
            if connection.getresponse().status == 200:
                return
        except OSError:
            time.sleep(0.2)
        finally:
            connection.close()
    raise DidNotStart(f"Nothing answered on port {port} within a minute.")
