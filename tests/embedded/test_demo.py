"""What `make demo` says before it has anything to serve."""

import os
import socket
import subprocess
import sys

import pytest


def _demo(tmp_path, port):
    environment = {**os.environ, "VAR_DIR": str(tmp_path / "var"), "PORT": port}
    return subprocess.run(
        [sys.executable, "-m", "disperin.embedded.demo"], env=environment, capture_output=True, text=True, timeout=30
    )


def test_a_port_in_use_is_named_with_a_way_out(tmp_path):
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]

        said = _demo(tmp_path, str(port))

    assert said.returncode == 1
    assert f"Port {port} of 127.0.0.1 cannot be used" in said.stderr
    assert f"make demo PORT={port + 1}" in said.stderr


@pytest.mark.parametrize("port", ["0", "65536", "web", "-1", "8000; ls"])
def test_what_is_no_port_is_refused(tmp_path, port):
    said = _demo(tmp_path, port)

    assert said.returncode == 1
    assert f"PORT={port} is no port" in said.stderr
