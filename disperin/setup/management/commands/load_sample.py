"""`manage.py load_sample`: invented accounts, establishments and proposals, for the demo only."""

from typing import Any

from django.conf import settings
from django.core.management import CommandParser
from django.core.management.base import BaseCommand, CommandError

from disperin.setup import sample


class Command(BaseCommand):
    help = "Loads invented sample data into a demo. Does nothing where data stands already."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--establishments", type=int, default=400, metavar="N", help="how many (400)")
        parser.add_argument("--accounts", action="store_true", help="only say who may sign in to the demo")
        parser.add_argument("--seed", type=int, default=7, help="the same seed gives the same data (7)")

    def handle(self, *args: Any, accounts: bool, establishments: int, seed: int, **options: Any) -> None:
        if not (settings.DEMO or settings.DEBUG):
            raise CommandError(
                "Sample data, and accounts whose password everybody knows, do not belong into a real installation. "
                "Use `make demo`, or set DEMO=1 on a machine of your own."
            )
        if accounts:
            self.stdout.write(sample.accounts())
            return
        if not 1 <= establishments <= 5000:
            raise CommandError(f"--establishments {establishments}: name a number from 1 to 5000.")
        if sample.is_there():
            self.stdout.write("    There is data already; nothing was loaded. `make reset` starts over.")
            return
        try:
            sample.load(establishments=establishments, seed=seed, say=lambda text: self.stdout.write(f"    {text}"))
        except (sample.NotPossible, sample.sample_file.WrongSample) as error:
            raise CommandError(str(error)) from error
