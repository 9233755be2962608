"""`manage.py verify_closes`: whether every quarter close is as it was written; names what was altered."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError

from disperin.closes.actions import faults
from disperin.closes.models import Close


class Command(BaseCommand):
    help = "Checks the seals of all quarter closes and their chain; ends with an error that names what was altered."

    def handle(self, *args: Any, **options: Any) -> None:
        problems = list(faults())
        for problem in problems:
            self.stderr.write(problem)
        if problems:
            raise CommandError(f"{len(problems)} faults. These closes are not as they were written.")
        self.stdout.write(f"{Close.objects.count()} quarter closes are as they were written; the chain is whole.")
