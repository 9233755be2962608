"""The demo with data of its own, for what looks at a portal that runs."""

import os
import signal
import socket
import subprocess
import sys
import time
import urllib.request
from contextlib import contextmanager
from pathlib import Path

PROJECT = Path(__file__).resolve().parent.parent


@contextmanager
def running(folder, **settings):
    """Serve the demo from this folder, with these further settings; gives its address, stops it at the end.

    Raises RuntimeError if it ends by itself.
    """
    port = _free_port()
    address = f"http://127.0.0.1:{port}"
    environment = {**os.environ, "PORT": str(port), "VAR_DIR": str(folder), **settings}
    demo = subprocess.Popen([sys.executable, "-m", "disperin.embedded.demo"], env=environment, cwd=PROJECT)
    try:
        while not _answers(address):
            if demo.poll() is not None:
                raise RuntimeError("The demo has ended; what it said stands above.")
            time.sleep(0.5)
        yield address
    finally:
        demo.send_signal(signal.SIGTERM)
        demo.wait()


def _free_port():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def _answers(address):
    try:
        with urllib.request.urlopen(f"{address}/healthz", timeout=2) as answer:  # noqa: S310 - our own address
            return answer.status == 200
    except OSError:
        return False
