"""Who may import whom, as `pyproject.toml` says under `tool.importlinter`."""

import subprocess
import sys
from pathlib import Path

from django.conf import settings


def test_every_import_goes_downwards():
    linter = Path(sys.executable).with_name("lint-imports")

    run = subprocess.run([linter, "--no-cache"], cwd=settings.BASE_DIR, capture_output=True, text=True)

    assert run.returncode == 0, run.stdout[-4000:] + run.stderr[-2000:]
