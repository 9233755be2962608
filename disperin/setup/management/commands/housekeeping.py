"""`manage.py housekeeping`: the daily work, to be started by a timer (docs/how-to/deploy.md)."""

from functools import partial
from typing import Any

from django.core.management.base import BaseCommand

from disperin.attachments import actions as attachments
from disperin.duplicates import actions as duplicates
from disperin.head import actions as head
from disperin.inquiries import actions as inquiries
from disperin.jobs.tasks import forget_done, order_given_up
from disperin.notices.actions import order_unsent
from disperin.reports import actions as reports
from disperin.search import unfound
from disperin.submissions.actions.calling import call_submissions
from disperin.submissions.actions.gathering import gather_words
from disperin.submissions.batches import jobs as batches
from disperin.submissions.jobs import keep_house
from disperin.workbooks import actions as workbooks
from industries import actions as industries
from industries.actions import count_halal_makers, learn_kbli_words

# Every job is ordered with its cause and taken up again; what has none all the same is found here, once a day.
ORDER_WHAT_IDLES = (
    workbooks.order_idle,
    workbooks.order_idle_exports,
    batches.order_idle,
    partial(order_given_up, gather_words),
    partial(order_given_up, call_submissions),
    order_unsent,
    inquiries.order_untold,
    industries.order_idle,
    head.order_monday_mails,
)


class Command(BaseCommand):
    help = (
        "Withdraws drafts that nobody touched for 90 days, removes files that nothing refers to for 30, erases the "
        "senders of inquiries that ended long ago (INQUIRY_SENDERS_KEPT_DAYS), removes the rows of old imports "
        "(WORKBOOK_KEPT_DAYS) and old exports (a day, EXPORT_KEPT_DAYS with an account), looks for likely duplicates, "
        "orders the judging of data quality and the mark of the league for the month, "
        "learns what makers call the goods of a class of KBLI, counts the makers by their halal duty of the day, "
        "forgets old words that visitors did not find, sees which thresholds of the head's alerts are passed, "
        "counts what is late for the head, reminds of quarterly reports, orders the mails of the coming Monday, "
        "removes files without a row, jobs that ended more than 30 days ago and counts of requests to the API that are "
        "over, and orders the jobs of work that has none."
    )

    def handle(self, *args: Any, **options: Any) -> None:
        done, forgotten = keep_house(), workbooks.forget_old()
        self.stdout.write(f"{done['withdrawn']} drafts withdrawn, {done['removed']} files removed.")
        self.stdout.write(f"{duplicates.search_now()} likely duplicates to be decided.")
        self.stdout.write(f"{learn_kbli_words()} everyday names of goods learnt or forgotten.")
        self.stdout.write(f"{count_halal_makers()} makers counted by their halal duty.")
        self.stdout.write(f"{inquiries.forget_senders()} senders of inquiries erased.")
        self.stdout.write(f"The rows of {forgotten} imports removed.")
        self.stdout.write(f"{workbooks.forget_exports()} exports removed.")
        self.stdout.write(f"{unfound.forget_old()} words that were not found removed.")
        self.stdout.write(f"{head.check_alerts()} alerts of the head began.")
        self.stdout.write(f"{head.mark_subjects()} subjects of the head counted.")
        self.stdout.write(f"{reports.remind()} people reminded of quarterly reports.")
        strays = attachments.remove_strays() + workbooks.remove_strays()
        self.stdout.write(f"{strays} files without a row removed.")
        ordered = sum(order() for order in ORDER_WHAT_IDLES)
        self.stdout.write(f"{ordered} jobs ordered anew, {forget_done()} old ones removed.")
