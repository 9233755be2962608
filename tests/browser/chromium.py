"""Which Chromium the browser tests drive; `python -m tests.browser.chromium` installs one where none is."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

from playwright.sync_api import sync_playwright

NAMES = ("chromium", "chromium-browser", "google-chrome")
# what keeps a browser from telephoning: the tests may run where nothing outside answers
QUIET = [
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]


def installed() -> str | None:
    """Return the path of the machine's own Chromium, or None."""
    return next(filter(None, map(shutil.which, NAMES)), None)


def arguments() -> list[str]:
    """Return the switches to start it with; root cannot have Chromium's sandbox."""
    return ["--no-sandbox", *QUIET] if os.geteuid() == 0 else QUIET


def _playwrights_own() -> bool:
    with sync_playwright() as playwright:
        return Path(playwright.chromium.executable_path).exists()


def install() -> int:
    """Install Chromium where there is none: by apt as root, else playwright's own; returns the exit code."""
    if installed() or _playwrights_own():
        return 0
    if os.geteuid() == 0 and shutil.which("apt-get"):
        quiet = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
        apt = ["apt-get", "-qq", "-o", "Dpkg::Use-Pty=0"]
        subprocess.run([*apt, "update"], env=quiet, stdout=subprocess.DEVNULL)  # noqa: S603 - fixed commands
        subprocess.run(  # noqa: S603 - fixed commands
            [*apt, "install", "--yes", "--no-install-recommends", "chromium"], env=quiet, stdout=subprocess.DEVNULL
        )
    else:
        subprocess.run([sys.executable, "-m", "playwright", "install", "chromium"])  # noqa: S603 - fixed commands
    if installed() or _playwrights_own():
        return 0
    print("No Chromium is here and none could be installed; the browser tests need one.", file=sys.stderr)
    return 1


if __name__ == "__main__":
    sys.exit(install())
