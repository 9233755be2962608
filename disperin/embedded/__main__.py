"""`python -m disperin.embedded start|stop|status|reset`: the project's own PostgreSQL, by hand."""

import argparse
import shutil
import sys

from disperin.embedded.cluster import Cluster
from disperin.embedded.errors import EmbeddedError
from disperin.embedded.places import PURPOSES, var_folder


def _start(purpose: str) -> None:
    cluster = Cluster(purpose)
    url = cluster.start()
    cluster.places.keep.touch()  # asked for by hand, so only `stop` ends it
    print(url)


def _stop(purpose: str) -> None:
    cluster = Cluster(purpose)
    cluster.places.keep.unlink(missing_ok=True)
    cluster.stop()


def _status() -> None:
    for purpose in PURPOSES:
        cluster = Cluster(purpose)
        pid = cluster.pid()
        if pid:
            print(f"{purpose}: runs as process {pid}, {cluster.url}, data in {cluster.places.data}")
        else:
            print(f"{purpose}: {'stopped' if cluster.places.data.exists() else 'not made yet'}")


def _reset() -> None:
    for purpose in PURPOSES:
        Cluster(purpose).reset()
    shutil.rmtree(var_folder() / "postgres", ignore_errors=True)
    (var_folder() / "prepared.json").unlink(missing_ok=True)
    print(f"Removed the databases in {var_folder()}.")


def main() -> int:
    """Run one verb; the exit code is 1 when it could not be done."""
    parser = argparse.ArgumentParser(prog="python -m disperin.embedded", description=__doc__)
    parser.add_argument("verb", choices=["start", "stop", "stop-when-unused", "status", "reset"])
    parser.add_argument("--purpose", choices=PURPOSES, default="demo", help="which cluster to start or stop")
    asked = parser.parse_args()
    verbs = {
        "start": lambda: _start(asked.purpose),
        "stop": lambda: _stop(asked.purpose),
        "stop-when-unused": lambda: Cluster(asked.purpose).stop_when_unused(),
        "status": _status,
        "reset": _reset,
    }
    try:
        verbs[asked.verb]()
    except EmbeddedError as error:
        print(error, file=sys.stderr)
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
