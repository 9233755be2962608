"""What is kept of files is removed after its time: rows hold personal data, and their work is done."""

import datetime

from django.conf import settings
from django.utils import timezone

from disperin.attachments import storage
from disperin.workbooks.actions.exporting import forget
from disperin.workbooks.models import WORKING, Export, Workbook
from disperin.workbooks.steps.taking_in import remove_file


def forget_old(*, now=None):
    """Remove the rows of files sent more than `WORKBOOK_KEPT_DAYS` ago; gives how many files. Counts stay."""
    now = now or timezone.now()
    limit = now - datetime.timedelta(days=settings.WORKBOOK_KEPT_DAYS)
    old = Workbook.objects.filter(sent_at__lt=limit, forgotten_at__isnull=True).exclude(state__in=WORKING)
    number = 0
    for workbook in old.iterator():
        workbook.rows.all().delete()
        forget(workbook.exports.all())
        remove_file(workbook)
        Workbook.objects.filter(pk=workbook.pk).update(forgotten_at=now, sheets=[], mapping=[])
        number += 1
    return number


def remove_strays():
    """Remove files that no workbook or export has, of writing that was cut off; gives how many."""
    kinds = {"workbooks": Workbook, "exports": Export}
    known = {
        folder: set(model.objects.exclude(path="").values_list("path", flat=True)) for folder, model in kinds.items()
    }
    return sum(storage.remove_strays(folder, names) for folder, names in known.items())
