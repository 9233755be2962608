"""What must be true when all is quiet again: nothing that was answered is missing, and nothing is there twice."""

import re
from collections import Counter

from django.conf import settings
from django.core.files.storage import default_storage
from django.db import Error, connection
from django.db.models import Count
from django_tasks_db.models import DBTaskResult

from disperin.attachments.models import Attachment
from disperin.history.models import Entry
from disperin.notices.models import Notice
from disperin.submissions.models import Batch, Submission
from disperin.workbooks.models import Export, Workbook
from industries.models import Establishment
from tests.faults.people import ROWS


def is_quiet():
    """Is there no task that waits or is being done?"""
    try:
        return not DBTaskResult.objects.filter(status__in=["READY", "RUNNING"]).exists()
    except Error:
        connection.close()
        return False


def faults_found(people):
    """Each thing that is wrong, in words."""
    connection.close()  # it may have been killed
    verified = Submission.objects.filter(status="verified")
    records = Establishment.objects.count()
    numbers = Counter(re.findall(r"^Message-ID: (\S+)", "\n".join(_mails()), re.MULTILINE))
    notices = set(Notice.objects.filter(by_mail=True).values_list("pk", flat=True))
    facts = {
        "people who have not come to an end": sum(thread.is_alive() for thread in people.threads),
        "tasks without an end": DBTaskResult.objects.filter(status__in=["READY", "RUNNING"]).count(),
        "tasks that failed": DBTaskResult.objects.filter(status="FAILED").count(),
        "drafts that were answered and are not there": len(people.drafts - _numbers(Submission.objects.all())),
        "names that were proposed twice": _doubled(Submission.objects.values("title")),
        "submissions that were answered and are drafts": len(people.handed_in & _numbers(_drafts())),
        "files that were answered and are not there": len(people.uploads - _whole_uploads()),
        "imports that stopped": Workbook.objects.exclude(state="submitted").exclude(state="checked").count(),
        "rows that were submitted twice": _doubled(Submission.objects.exclude(batch=None).values("batch", "batch_row")),
        "batches without all their rows": _short_batches(people),
        "batches at work": Batch.objects.exclude(work="").count(),
        "records without a submission, or the other way round": abs(records - verified.count()),
        "records of two submissions": _doubled(verified.values("record_id")),
        "verifications without exactly one entry": abs(Entry.objects.filter(verb="verify").count() - verified.count()),
        "batches that were told twice or never": _wrongly_told(people),
        "gaps in the register's numbers": _gaps(),
        "exports that are not ready": Export.objects.exclude(state="ready").count(),
        "notices that were not mailed": len({f"<notice-{key}@127.0.0.1>" for key in notices} - set(numbers)),
    }
    twice = sum(number > 1 for number in numbers.values())
    print(f"{dict(people.answers)}: {len(people.drafts)} drafts, {len(people.handed_in)} submissions, ", end="")
    print(f"{len(people.uploads)} files, {len(people.batches)} batches of {ROWS} rows, {records} records, ", end="")
    print(f"{Export.objects.count()} exports, {len(notices)} mails ({twice} twice, under one Message-ID).")
    return [f"{number} {what}" for what, number in facts.items() if number]


def _mails():
    return [path.read_text(errors="replace") for path in settings.EMAIL_FILE_PATH.glob("*")]


def _numbers(queryset):
    return set(queryset.values_list("number", flat=True))


def _drafts():
    return Submission.objects.filter(status="draft")


def _doubled(values):
    return values.annotate(number=Count("pk")).filter(number__gt=1).count()


def _whole_uploads():
    return {str(one.pk) for one in Attachment.objects.all() if all(map(default_storage.exists, one.paths))}


def _batches(people):
    return Batch.objects.filter(number__in=people.batches)


def _short_batches(people):
    return _batches(people).annotate(rows=Count("submissions")).exclude(rows=ROWS).count()


def _wrongly_told(people):
    wrong = 0
    for batch in _batches(people):
        told = [one.detail["number"] for one in Entry.objects.about(batch).filter(verb="verify_batch")]
        notices = Notice.objects.filter(recipient=people.officer, path__contains=batch.number).count()
        wrong += told != [batch.submissions.filter(status="verified").count()] or notices != 1
    return wrong


def _gaps():
    numbers = sorted(int(number[-6:]) for number in Establishment.objects.values_list("number", flat=True))
    return len(set(range(1, len(numbers) + 1)) - set(numbers))
