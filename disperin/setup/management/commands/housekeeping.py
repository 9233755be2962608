"""`manage.py housekeeping`: the daily work, to be started by a timer (docs/how-to/deploy.md)."""

from django.core.management.base import BaseCommand

from disperin.submissions.jobs import keep_house


class Command(BaseCommand):
    help = "Withdraws drafts that nobody touched for 90 days, and removes files that nothing refers to for 30."

    def handle(self, *args, **options):
        done = keep_house()
        self.stdout.write(f"{done['withdrawn']} drafts withdrawn, {done['removed']} files removed.")
