"""`manage.py bench`: how fast the portal answers, beside a bare view that asks the database the same (`make bench`)."""

import os
import time
from typing import Any

from django.core.management import CommandParser
from django.core.management.base import BaseCommand, CommandError

from disperin.setup.bench import dashboards, desk, files, halal, load, memory, reading, rows, servers
from disperin.setup.bench.copying import on_a_copy
from disperin.setup.bench.reads import all_reads


class Command(BaseCommand):
    help = "Measures the portal on generated data, in a database of its own (`make bench`)."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--establishments", type=int, default=100_000, metavar="N", help="how many (100000)")
        parser.add_argument("--connections", type=int, default=8, metavar="N", help="at the same time (8)")
        parser.add_argument("--seconds", type=float, default=2, metavar="S", help="of each measurement, at most (2)")
        parser.add_argument("--only", default="", metavar="WORD", help="public reads only, whose name holds this word")
        parser.add_argument("--desk", action="store_true", help="the verbs and the pages of the desk alone")
        parser.add_argument("--files", action="store_true", help="files alone, with those that take long")
        parser.add_argument(
            "--dashboards", action="store_true", help="first reads of dashboards and lists of a past day instead"
        )
        parser.add_argument("--halal", action="store_true", help="the halal duty instead: judging, work list, campaign")

    def handle(
        self, *args: Any, establishments: int, connections: int, seconds: float, only: str, **options: Any
    ) -> None:
        if not 1_000 <= establishments <= 2_000_000:
            raise CommandError(f"--establishments {establishments}: name a number from 1000 to 2000000.")
        say, begun = self.stdout.write, time.monotonic()
        try:
            rows.fill(establishments, say)
        except rows.NotOurs as error:
            raise CommandError(str(error)) from error
        if options["dashboards"]:
            dashboards.measure(say)
            return
        if options["halal"]:
            halal.measure(say)
            return
        halal.fill(say)
        with on_a_copy():
            if options["files"]:
                faults = files.measure(say, only)
            elif options["desk"]:
                faults = desk.measure(say)
            else:
                faults = self._reads(only, connections, seconds)
                if not only:
                    faults += desk.measure(say)
                    faults += files.measure(say, is_long=False)
                    faults += memory.measure_job_worker(say, dict(os.environ))
        say("\nEvery target is met." if not faults else "\nBelow target:\n  " + "\n  ".join(faults))
        say(f"{(time.monotonic() - begun) / 60:.1f} minutes; load {_load()}.")

    def _reads(self, only: str, connections: int, seconds: float) -> list[str]:
        """Every kind of read on its line; gives what misses its target."""
        self.stdout.write(
            f"{connections} connections, {servers.WORKERS} workers of {servers.THREADS} threads, {os.cpu_count()} "
            f"cores, load {_load()}.\nThe limit is a bare WSGI view that asks the same; shares are of its requests per "
            f"second.\n\n{reading.HEAD}\n{reading.UNITS}"
        )
        database, lines = os.environ["DATABASE_URL"], []
        with servers.serving(servers.PORTAL, database) as portal, servers.serving(servers.BARE, database) as bare:
            load.ask(portal.port, ["/healthz"], connections=connections, seconds=1)
            for read in all_reads():
                if only in read.name:
                    line = reading.measured(read, portal.port, bare.port, connections=connections, seconds=seconds)
                    lines.append(line)
                    self.stdout.write(str(line))
            faults = [fault for line in lines for fault in line.faults()]
            if not only:
                faults += memory.measure_workers(self.stdout.write, portal.pid, bare.pid)
        return faults


def _load() -> str:
    """Of the machine, in the last minute."""
    return f"{os.getloadavg()[0]:.1f}"
