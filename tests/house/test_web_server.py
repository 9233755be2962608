"""The web server believes nothing that a client says of where the portal stands, ends without leaving anybody without
an answer, and no place starts it otherwise.
"""

import os
import re
import runpy
import signal
import socket
import subprocess
import sys

import pytest
from django.conf import settings
from gunicorn.config import Config
from gunicorn.http import RequestParser

from tests.clock import PATIENCE

STARTED_BY = ("Dockerfile", "docs/how-to/deploy.md", "disperin/embedded/demo.py", "disperin/setup/bench/servers.py")
ASKED = (
    b"GET /industri/ HTTP/1.1\r\nHost: portal.example\r\nSCRIPT_NAME: /industri\r\nPATH_INFO: /admin/\r\n"
    b"X-Forwarded-Proto: https\r\n\r\n"
)


@pytest.mark.parametrize("sender", [("127.0.0.1", 50_000), ("::1", 50_000), ("192.0.2.7", 50_000)], ids=str)
def test_no_header_says_where_the_portal_stands(sender):
    config = Config()
    for name, value in runpy.run_path(str(settings.BASE_DIR / "gunicorn.conf.py")).items():
        if name in config.settings:
            config.set(name, value)

    request = next(RequestParser(config, iter([ASKED]), sender))

    assert {name for name, _value in request.headers} == {"HOST", "X-FORWARDED-PROTO"}
    assert request.scheme == "http"


@pytest.mark.parametrize("place", STARTED_BY)
def test_every_place_that_starts_the_server_names_its_configuration(place):
    assert re.search(r'gunicorn"?,? "?--config', (settings.BASE_DIR / place).read_text())


SLOW = """
import os, pathlib

def application(environ, start_response):
    os.write(1, b"asked\\n")
    with open("released") as released:  # a pipe, which opens once the test does so
        body = released.read().encode()
    start_response("200 OK", [("Content-Type", "text/plain"), ("Content-Length", str(len(body)))])
    return [body]
"""


def test_told_to_end_it_answers_what_it_was_asked_before(tmp_path):
    (tmp_path / "slow.py").write_text(SLOW)
    os.mkfifo(tmp_path / "released")
    with socket.socket() as listening:
        listening.bind(("127.0.0.1", 0))
        listening.listen()
        os.set_inheritable(listening.fileno(), True)
        started = [
            sys.executable,
            "-m",
            "gunicorn",
            "--config",
            str(settings.BASE_DIR / "gunicorn.conf.py"),
            "--threads",
            "4",
        ]
        server = subprocess.Popen(  # noqa: S603 -- ours
            [*started, "slow:application", "--bind", f"fd://{listening.fileno()}", "--chdir", str(tmp_path)],
            pass_fds=[listening.fileno()], stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, cwd=settings.BASE_DIR,
        )  # fmt: skip
        try:
            address = listening.getsockname()
            with socket.create_connection(address) as idle, socket.create_connection(address) as asking:
                asking.sendall(b"GET / HTTP/1.1\r\nHost: portal.example\r\n\r\n")
                assert server.stdout.readline() == b"asked\n"
                server.send_signal(signal.SIGTERM)
                (tmp_path / "released").write_text("whole answer")
                answer = b"".join(iter(lambda: asking.recv(4096), b""))
                assert idle.recv(1) == b""  # who had asked nothing yet is let go
            assert answer.startswith(b"HTTP/1.1 200")
            assert answer.endswith(b"whole answer")
            assert server.wait(timeout=PATIENCE) == 0
        finally:
            server.kill()
            server.wait()
            server.stdout.close()
