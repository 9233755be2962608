"""The portal of a second, invented province, in a process of its own: nothing of the first is left on it."""

import os
import subprocess
import sys
from pathlib import Path
from urllib.parse import urlsplit, urlunsplit

import pytest
from django.conf import settings

from tests.clock import PATIENCE

HERE = Path(__file__).parent


@pytest.mark.thorough
def test_the_main_path_of_another_province_shows_no_word_of_the_first(tmp_path):
    """`main_path.py` says what is asked; its settings are those of these tests, in a database and folder of its own."""
    address = urlsplit(os.environ["DATABASE_URL"])
    worker = os.environ.get("PYTEST_XDIST_WORKER", "alone")
    environment = {name: value for name, value in os.environ.items() if not name.startswith(("PYTEST_", "COV_"))}
    environment |= {
        "PROVINCE_DIR": str(HERE / "99"),
        "PROVINCE": "",
        "DATABASE_URL": urlunsplit(address._replace(path=f"/province99_{worker}")),
        "VAR_DIR": str(tmp_path / "var"),
    }
    quiet = ["-q", "--show-capture=no", "-p", "no:cacheprovider", "-p", "no:randomly", "-n", "0"]

    run = subprocess.run(
        [sys.executable, "-m", "pytest", *quiet, HERE / "main_path.py"],
        env=environment,
        cwd=settings.BASE_DIR,
        capture_output=True,
        text=True,
        timeout=PATIENCE,
    )

    assert run.returncode == 0, run.stdout[-6000:] + run.stderr[-2000:]
    assert "1 passed" in run.stdout
