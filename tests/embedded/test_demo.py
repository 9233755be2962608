"""What `make demo` says before it has anything to serve."""

import os
import socket
import subprocess
import sys

import pytest

from disperin.embedded import demo
from disperin.embedded.errors import EmbeddedError
from tests.clock import PATIENCE


def _demo(tmp_path, port):
    environment = {**os.environ, "VAR_DIR": str(tmp_path / "var"), "PORT": port}
    return subprocess.run(
        [sys.executable, "-m", "disperin.embedded.demo"],
        env=environment,
        capture_output=True,
        text=True,
        timeout=PATIENCE,
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


def test_what_ends_by_itself_is_started_again_unless_it_had_just_begun(capfd):
    household = demo.Household(dict(os.environ))
    try:
        household.start("job worker", "-c", "import time; time.sleep(600)")
        first = household.running["job worker"]
        first.kill()
        first.wait()
        with pytest.raises(EmbeddedError, match="The job worker ended by itself"):
            household.check()
        _begun_at, command = household.begun["job worker"]
        household.begun["job worker"] = (-demo.SETTLED_AFTER, command)

        household.check()

        second = household.running["job worker"]
        assert (second.pid != first.pid, second.poll()) == (True, None)
        assert "it is started again" in capfd.readouterr().err
    finally:
        household.stop()
