"""`manage.py bench`: how fast the portal answers, beside a bare view that asks the database the same (`make bench`)."""

import os
from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from typing import Any

from django.core.management import CommandParser
from django.core.management.base import BaseCommand, CommandError
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from disperin.embedded.demo import HOST
from disperin.setup.bench import dashboards, files, halal, load, rows, servers
from disperin.setup.bench.reads import Read, all_reads

SLOWEST = 100  # milliseconds, within which 95 of 100 answers shall come
HEAD = f"{'':31} {'first read':>21} {'read again':>29} {'queries':>9} {'share':>12}"
UNITS = f"{'':31} {'p50':>10} {'p95 ms':>10} {'p50':>9} {'p95 ms':>9} {'per s':>9} {'1st/again':>9} {'1st/again':>12}"


@dataclass
class Line:
    """One line of the table."""

    read: Read
    first: load.Measured
    again: load.Measured
    queries: tuple[int, int]
    twin: load.Measured | None

    def share(self, measured: load.Measured) -> float | None:
        """Of the requests per second of the bare view; of what takes the same rows deep down: of its speed."""
        return measured.per_second / self.twin.per_second if self.twin else None

    def faults(self) -> list[str]:
        """What misses its target: answers refused, slow though unchanged, or too far from the bare view."""
        problems = []
        if self.first.refused or self.again.refused:
            problems.append(f"{self.read.name}: {self.first.refused + self.again.refused} answers were not 200")
        if self.again.percentile(0.95) > SLOWEST:
            problems.append(f"{self.read.name}: p95 of what is read again is {self.again.percentile(0.95):.0f} ms")
        reached = self.share(self.first if self.read.target_is_first else self.again)
        if reached is not None and reached < self.read.target:
            problems.append(f"{self.read.name}: {reached:.2f} of the bare view, below {self.read.target}")
        return problems

    def __str__(self) -> str:
        shares = "/".join(
            f"{share:.2f}" for share in (self.share(self.first), self.share(self.again)) if share is not None
        )
        return (
            f"{self.read.name:31} {self.first.percentile(0.5):10.1f} {self.first.percentile(0.95):10.1f} "
            f"{self.again.percentile(0.5):9.1f} {self.again.percentile(0.95):9.1f} {self.again.per_second:9.0f} "
            f"{self.queries[0]:>5}/{self.queries[1]:<3} {shares:>12}"
        )


class Command(BaseCommand):
    help = "Measures public reads on generated data, in a database of its own (`make bench`)."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--establishments", type=int, default=100_000, metavar="N", help="how many (100000)")
        parser.add_argument("--connections", type=int, default=8, metavar="N", help="at the same time (8)")
        parser.add_argument("--seconds", type=float, default=3, metavar="S", help="of each measurement, at most (3)")
        parser.add_argument("--only", default="", metavar="WORD", help="only reads whose name holds this word")
        parser.add_argument("--files", action="store_true", help="files instead: export, dry run, a batch verified")
        parser.add_argument(
            "--dashboards", action="store_true", help="first reads of dashboards and lists of a past day instead"
        )
        parser.add_argument("--halal", action="store_true", help="the halal duty instead: judging, work list, campaign")

    def handle(
        self, *args: Any, establishments: int, connections: int, seconds: float, only: str, **options: Any
    ) -> None:
        if not 1_000 <= establishments <= 2_000_000:
            raise CommandError(f"--establishments {establishments}: name a number from 1000 to 2000000.")
        try:
            rows.fill(establishments, self.stdout.write)
        except rows.NotOurs as error:
            raise CommandError(str(error)) from error
        if options["files"]:
            files.measure(self.stdout.write, only)
            return
        if options["dashboards"]:
            dashboards.measure(self.stdout.write)
            return
        if options["halal"]:
            halal.measure(self.stdout.write)
            return
        reads = [read for read in all_reads() if only in read.name]
        ask = partial(load.ask, connections=connections, seconds=seconds)
        self.stdout.write(
            f"{connections} connections, {servers.WORKERS} workers of {servers.THREADS} threads, "
            f"{os.cpu_count()} cores.\nShare: of the requests per second of a bare WSGI view that asks the same.\n\n"
            f"{HEAD}\n{UNITS}"
        )
        database = os.environ["DATABASE_URL"]
        with servers.serving(servers.PORTAL, database) as portal, servers.serving(servers.BARE, database) as bare:
            ask(portal, ["/healthz"], seconds=1)
            lines = []
            for read in reads:
                lines.append(self._measured(read, portal, bare, ask))
                self.stdout.write(str(lines[-1]))
        slow = [line.read.name for line in lines if line.first.percentile(0.95) > SLOWEST]
        faults = [fault for line in lines for fault in line.faults()]
        self.stdout.write(f"\nFirst reads whose p95 is above {SLOWEST} ms: {', '.join(slow) or 'none'}.")
        self.stdout.write("Every target is met." if not faults else "Below target:\n  " + "\n  ".join(faults))

    def _measured(self, read: Read, portal: int, bare: int, ask: Callable[..., load.Measured]) -> Line:
        """First reads, then the same again and again; the bare view right after, so that both meet the same machine."""
        queries = _queries(*read.paths[-2:])
        first = ask(portal, read.paths[: len(read.paths) // 2 or 1], once=True)
        few = read.paths[:4]  # what many people read at the same time
        ask(portal, few * 8, once=True)
        again = ask(portal, few)
        twin = ask(bare, read.twin) if read.twin else None
        return Line(read, first, again, queries, twin)


def _queries(other: str, path: str = "") -> tuple[int, int]:
    """How many queries the first and the second reading of a path need, once its neighbour was read."""
    client = Client(SERVER_NAME=HOST, REMOTE_ADDR="192.0.2.1")  # not the address that was just measured
    client.get(other)

    def needed() -> int:
        with CaptureQueriesContext(connection) as captured:
            client.get(path or other)
        return len(captured)

    return needed(), needed()
