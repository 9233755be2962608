"""One kind of read measured: by many connections and by one, first and again, the bare view in between."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial

from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from disperin.embedded.demo import HOST
from disperin.setup.bench import load
from disperin.setup.bench.reads import Read

FEW = 4  # addresses that many people read at the same time
HEAD = f"{'':31} {'share of the limit':>25} {'limit':>6} {'p50 ms, at once':>20} {'p50 ms, alone':>24} {'queries':>9}"
UNITS = (
    f"{'':31} {'first (wanted)':>12} {'again':>12} {'per s':>6} {'first':>12} {'again':>7} "
    f"{'limit':>8} {'first':>7} {'again':>7} {'1st/again':>9}"
)


@dataclass
class Once:
    """First reads and the same again, by so many connections, and the bare view beside them."""

    first: load.Measured
    again: load.Measured
    twin: load.Measured | None

    def share(self, measured: load.Measured) -> float | None:
        """Of the requests per second of the bare view."""
        return measured.per_second / self.twin.per_second if self.twin else None


@dataclass
class Line:
    """One line of the table."""

    read: Read
    many: Once
    alone: Once
    queries: tuple[int, int]

    def faults(self) -> list[str]:
        """What misses its target: answers refused, or too far from the bare view."""
        problems = []
        if refused := sum(measured.refused for measured in (self.many.first, self.many.again, self.alone.first)):
            problems.append(f"{self.read.name}: {refused} answers were not 200")
        for name, share, wanted in self._shares():
            if share is not None and share < wanted:
                problems.append(f"{self.read.name}, {name}: {share:.2f} of the bare view, {wanted:g} wanted")
        return problems

    def _shares(self) -> Sequence[tuple[str, float | None, float]]:
        wanted = self.read.wanted
        if wanted is None:
            return ()
        first, again = self.many.share(self.many.first), self.many.share(self.many.again)
        return (("first read", first, wanted.first), ("read again", again, wanted.again))

    def __str__(self) -> str:
        shares = {name: f"{share:.2f} ({wanted:g})" for name, share, wanted in self._shares() if wanted}
        limit = f"{self.many.twin.per_second:.0f}" if self.many.twin else ""
        alone = f"{self.alone.twin.percentile(0.5):.1f}" if self.alone.twin else ""
        return (
            f"{self.read.name:31} {shares.get('first read', ''):>12} {shares.get('read again', ''):>12} {limit:>6} "
            f"{self.many.first.percentile(0.5):12.1f} {self.many.again.percentile(0.5):7.1f} "
            f"{alone:>8} {self.alone.first.percentile(0.5):7.1f} {self.alone.again.percentile(0.5):7.1f} "
            f"{self.queries[0]:>5}/{self.queries[1]}"
        )


def measured(read: Read, portal: int, bare: int, *, connections: int, seconds: float) -> Line:
    """Measure it at these two ports, each step for so many seconds at most; the bare view in the midst of each.

    The bare view asks all of it once before, so that both find the database warm.

    Two thirds of the addresses are read for the first time by all connections, the others by one.
    """
    if read.twin:  # a copy has nothing in memory yet, and reads for the first time are to be ours
        load.ask(bare, read.twin, connections=connections, seconds=20, once=True)
    queries = _queries(*read.paths[-2:])
    cut = len(read.paths) * 2 // 3 or 1
    ask_many = partial(load.ask, connections=min(connections, read.most), seconds=seconds)
    many = _once(read, read.paths[:cut], portal, bare, ask_many)
    alone = _once(
        read, read.paths[cut:] or read.paths, portal, bare, partial(load.ask, connections=1, seconds=seconds / 3)
    )
    return Line(read, many, alone, queries)


def _once(read: Read, paths: tuple[str, ...], portal: int, bare: int, ask: Callable[..., load.Measured]) -> Once:
    first = ask(portal, paths, once=True)
    twin = ask(bare, read.twin) if read.twin else None
    if read.wanted and not read.wanted.again:  # nothing is kept of it
        return Once(first, first, twin)
    few = paths[:FEW]
    load.ask(portal, few * 8, connections=8, seconds=60, once=True)  # so that each worker has kept them
    return Once(first, ask(portal, few), twin)


def _queries(other: str, path: str = "") -> tuple[int, int]:
    """How many queries the first and the second reading of a path need, once its neighbour was read."""
    client = Client(SERVER_NAME=HOST, REMOTE_ADDR="192.0.2.1")  # not the address that was just measured
    client.get(other)

    def needed() -> int:
        with CaptureQueriesContext(connection) as captured:
            answer = client.get(path or other)
            if answer.streaming:
                answer.close()
        return len(captured)

    return needed(), needed()
