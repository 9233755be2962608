"""`manage.py housekeeping`: the daily work, to be started by a timer (docs/how-to/deploy.md)."""

from django.core.management.base import BaseCommand

from disperin.inquiries.actions import forget_senders
from disperin.submissions.jobs import keep_house
from disperin.workbooks.actions import forget_exports, forget_old


class Command(BaseCommand):
    help = (
        "Withdraws drafts that nobody touched for 90 days, removes files that nothing refers to for 30, erases the "
        "senders of inquiries that ended long ago (INQUIRY_SENDERS_KEPT_DAYS), removes the rows of old imports "
        "(WORKBOOK_KEPT_DAYS) and old exports (EXPORT_KEPT_DAYS), and looks for likely duplicates."
    )

    def handle(self, *args, **options):
        done, forgotten = keep_house(), forget_old()
        self.stdout.write(f"{done['withdrawn']} drafts withdrawn, {done['removed']} files removed.")
        self.stdout.write(f"{done['pairs']} likely duplicates to be decided.")
        self.stdout.write(f"{forget_senders()} senders of inquiries erased.")
        self.stdout.write(f"The rows of {forgotten} imports removed.")
        self.stdout.write(f"{forget_exports()} exports removed.")
