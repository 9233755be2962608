"""What is kept of files is removed after its time: rows hold personal data, and their work is done."""

import datetime

from django.conf import settings
from django.utils import timezone

from disperin.workbooks.models import WORKING, Workbook
from disperin.workbooks.steps.taking_in import remove_file


def forget_old(*, now=None):
    """Remove the rows of files sent more than `WORKBOOK_KEPT_DAYS` ago; gives how many files. Counts stay."""
    now = now or timezone.now()
    limit = now - datetime.timedelta(days=settings.WORKBOOK_KEPT_DAYS)
    old = Workbook.objects.filter(sent_at__lt=limit, forgotten_at__isnull=True).exclude(state__in=WORKING)
    number = 0
    for workbook in old.iterator():
        workbook.rows.all().delete()
        remove_file(workbook)
        Workbook.objects.filter(pk=workbook.pk).update(forgotten_at=now, sheets=[], mapping=[])
        number += 1
    return number
