"""Which Chromium the browser tests drive; `python -m tests.browser.chromium` installs one where that can be done.

It runs before anything is installed, so that what is missing is told at once.
"""

import os
import shutil
import subprocess
import sys

NAMES = ("chromium-headless-shell", "chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
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
    """Return the path of the Chromium that `CHROMIUM` names, else of the machine's own, or None."""
    return next(filter(None, map(shutil.which, filter(None, (os.environ.get("CHROMIUM"), *NAMES)))), None)


def arguments() -> list[str]:
    """Return the switches to start it with; root cannot have Chromium's sandbox."""
    return ["--no-sandbox", *QUIET] if os.geteuid() == 0 else QUIET


def install() -> int:
    """Install Debian's Chromium where there is none and we are root; returns the exit code."""
    if installed():
        return 0
    if os.geteuid() == 0 and shutil.which("apt-get"):
        quiet = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
        apt = ["apt-get", "-qq", "-o", "Dpkg::Use-Pty=0"]
        subprocess.run([*apt, "update"], env=quiet, stdout=subprocess.DEVNULL)  # noqa: S603 - fixed commands
        for name in ("chromium-headless-shell", "chromium"):  # the first is lighter, and not everywhere
            install = [*apt, "install", "--yes", "--no-install-recommends", name]
            subprocess.run(install, env=quiet, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)  # noqa: S603 - the same
            if installed():
                return 0
    print(
        "The browser tests need Chromium, and none was found. Install the package chromium (Debian, Ubuntu: "
        "sudo apt-get install chromium), or name one: make test CHROMIUM=/path/to/chromium. `make fast` does without.",
        file=sys.stderr,
    )
    return 1


if __name__ == "__main__":
    sys.exit(install())
