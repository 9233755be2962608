"""`manage.py housekeeping`: the daily work, to be started by a timer (docs/how-to/deploy.md)."""

from django.core.management.base import BaseCommand

from disperin.inquiries.actions import forget_senders
from disperin.submissions.jobs import keep_house


class Command(BaseCommand):
    help = (
        "Withdraws drafts that nobody touched for 90 days, removes files that nothing refers to for 30, and erases "
        "the senders of inquiries that ended long ago (INQUIRY_SENDERS_KEPT_DAYS)."
    )

    def handle(self, *args, **options):
        done = keep_house()
        self.stdout.write(f"{done['withdrawn']} drafts withdrawn, {done['removed']} files removed.")
        self.stdout.write(f"{forget_senders()} senders of inquiries erased.")
