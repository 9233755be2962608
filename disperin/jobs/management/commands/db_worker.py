"""`manage.py db_worker`: the job worker, in the place of the library's, whose tasks nobody would take up."""

from typing import Any

import django_tasks_db.management.commands.db_worker as db_worker
from django.core.checks import Tags
from django.core.management import CommandParser
from django.db import DEFAULT_DB_ALIAS

from disperin.jobs.worker import Worker


class Command(db_worker.Command):
    help = "Does the jobs: e-mails, imports, exports, batches, searches. Takes up what a worker that died has left."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--batch", action="store_true", help="End as soon as nothing is left to do.")
        parser.add_argument("--interval", type=db_worker.valid_interval, default=1, help="Seconds between two looks.")

    def handle(self, *, verbosity: int, batch: bool, interval: float, **options: Any) -> None:
        self.check(tags=[Tags.database], databases=[DEFAULT_DB_ALIAS])  # such as one of another province
        self.configure_logging(verbosity)
        worker = Worker(interval=interval, batch=batch)
        worker.configure_signals()
        worker.run()
