"""How much memory the processes that serve need: the proportional share of each (PSS), as Linux tells it."""

import time
from collections.abc import Callable
from pathlib import Path

from disperin.embedded.demo import Household

WORKERS, AT_REST = 200, 120  # MiB at most: two workers after all reads, a job worker that has nothing to do
SETTLES = 6  # seconds


def share(pid: int) -> float:
    """The proportional share of a process, in MiB: what it shares with others is divided among them."""
    rows = Path(f"/proc/{pid}/smaps_rollup").read_text().splitlines()
    return next(int(row.split()[1]) for row in rows if row.startswith("Pss:")) / 1024


def children(pid: int) -> list[int]:
    """The processes that it has started."""
    return [int(child) for child in Path(f"/proc/{pid}/task/{pid}/children").read_text().split()]


def measure_workers(say: Callable[[str], None], portal: int, bare: int) -> list[str]:
    """Print what the workers of both servers need, which these two processes have started; gives what misses."""
    ours, limit = ([share(child) for child in children(pid)] for pid in (portal, bare))
    each = " + ".join(f"{mebibytes:.0f}" for mebibytes in ours)
    say(
        f"\nmemory (PSS) of the workers after these reads: {sum(ours):.0f} MiB ({each}; {WORKERS} wanted), "
        f"the process that minds them {share(portal):.0f}; of the limit's workers {sum(limit):.0f}"
    )
    return [f"memory of the workers: {sum(ours):.0f} MiB, {WORKERS} wanted"] if sum(ours) > WORKERS else []


def measure_job_worker(say: Callable[[str], None], environment: dict[str, str]) -> list[str]:
    """Print what a job worker needs that has nothing to do, alone on the machine; gives what misses."""
    household = Household(environment)
    household.start("job worker", "manage.py", "db_worker")
    try:
        time.sleep(SETTLES)
        household.check()
        needed = share(household.running["job worker"].pid)
    finally:
        household.stop()
    say(f"memory (PSS) of a job worker at rest: {needed:.0f} MiB ({AT_REST} wanted)")
    return [f"memory of a job worker: {needed:.0f} MiB, {AT_REST} wanted"] if needed > AT_REST else []
