"""`python -m tests.faults [kills [seed]]`: real processes, killed outright again and again. It takes minutes.

A portal of its own (`var/faults`) serves officers, an importer with a verifier, and exports. When all kills are done
and the queue is empty, nothing that was answered may be missing and nothing may be there twice.
"""

import os
import random
import shutil
import signal
import sys
import time
from pathlib import Path

PROJECT = Path(__file__).resolve().parent.parent.parent
os.environ["VAR_DIR"] = str(PROJECT / "var" / "faults")

from disperin.embedded import demo  # noqa: E402 - the folder is named before anything is made in it
from disperin.embedded.cluster import Cluster  # noqa: E402
from disperin.embedded.places import var_folder  # noqa: E402
from disperin.embedded.preparation import Preparation  # noqa: E402

PORT = 8765
PAUSE = (4.0, 12.0)  # seconds between two kills
QUIET_WITHIN = 600  # seconds after the last kill, on a busy machine; jobs are taken up within two minutes


def children_of(pid):
    """The processes that a process has started."""
    found = []
    for stat in Path("/proc").glob("[0-9]*/stat"):
        try:
            parent = stat.read_text().rpartition(")")[2].split()[1]
        except OSError:
            continue
        if int(parent) == pid:
            found.append(int(stat.parent.name))
    return found


def victims(household, cluster):
    """What can be killed now: {what: its process}."""
    server, web = cluster.pid(), household.running["web server"].pid
    some = {"web worker": children_of(web), "PostgreSQL's session": children_of(server) if server else []}
    alone = {"web server": web, "job worker": household.running["job worker"].pid, "PostgreSQL": server}
    chosen = {what: random.choice(pids) for what, pids in some.items() if pids}
    return chosen | {what: pid for what, pid in alone.items() if pid}


def serve(cluster):
    """A portal without sample data; gives what keeps it alive."""
    environment = demo._environment(PORT, cluster.start())
    environment |= {"API_RATE_USER": "100000/min", "LOG_LEVEL": "CRITICAL"}
    os.environ.update(environment)
    Preparation(environment).all()
    household = demo.Household(environment)
    demo.SETTLED_AFTER = 0
    gunicorn = ["-m", "gunicorn", "disperin.wsgi:application", "--bind", f"{demo.HOST}:{PORT}"]
    household.start("web server", *gunicorn, "--workers", "2", "--threads", "4", "--log-level", "critical")
    household.start("job worker", "manage.py", "db_worker")
    return household


def main(kills, seed):
    random.seed(seed)
    print(f"{kills} kills, seed {seed}", flush=True)
    shutil.rmtree(var_folder(), ignore_errors=True)
    cluster = Cluster("demo")
    cluster.hold()
    household = serve(cluster)
    try:
        import django

        django.setup()
        from django.db import Error

        from tests.faults.checks import faults_found, is_quiet
        from tests.faults.people import People

        people = People(f"http://{demo.HOST}:{PORT}")
        people.begin()
        next_kill = time.monotonic() + 10
        quiet_by = None
        while quiet_by is None or (not (people.have_ended() and is_quiet()) and time.monotonic() < quiet_by):
            time.sleep(0.3)
            if kills and time.monotonic() > next_kill:
                what, pid = random.choice(sorted(victims(household, cluster).items()))
                print(f"  killed: {what}", flush=True)
                os.kill(pid, signal.SIGKILL)
                kills, next_kill = kills - 1, time.monotonic() + random.uniform(*PAUSE)
            if not kills and quiet_by is None:
                people.end()
                quiet_by = time.monotonic() + QUIET_WITHIN
            cluster.start()
            household.check()
        found = faults_found(people)
    except Error as error:
        found = [f"The database does not answer: {error}"]
    finally:
        household.stop()
        cluster.release()
    print("\n".join(found) or "Nothing is lost and nothing doubled.", flush=True)
    return len(found) > 0


if __name__ == "__main__":
    asked = [int(one) for one in sys.argv[1:]]
    sys.exit(main(*asked, *(30, random.randrange(10**6))[len(asked) :]))
