"""Hand out the inside of a register as a file: the history keeps who took it, which rows, and how many."""

import datetime

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.files.storage import default_storage
from django.db import transaction
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from disperin.history.models import record as write_history
from disperin.jobs.tasks import subjects_of
from disperin.registers.identity import hide_personal_numbers
from disperin.workbooks.jobs import write_export
from disperin.workbooks.models import Export, Kind, Making

MOST_AT_ONCE = 50_000  # rows of a workbook that is written while somebody waits


@transaction.atomic
def export(wanted, kind, *, by):
    """Let `by` have a Wanted as a Kind of file; gives the Export.

    Its state says whether the file may be handed over now, or a job writes it first (long workbooks).
    """
    total = wanted.records.order_by().count()
    waits = kind == Kind.XLSX and total > MOST_AT_ONCE
    made = Export.objects.create(
        register=wanted.register.slug,
        kind=kind,
        query=hide_personal_numbers(wanted.query.urlencode()),
        filters=wanted.filters_in_words,
        asked_by=by,
        reach=by.regency_id or "",
        language=(get_language() or settings.LANGUAGE_CODE)[:2],
        state=Making.WRITING if waits else Making.HANDED,
        total=total,
    )
    write_history("export", made, by=by, register=made.register, kind=str(kind), filter=made.filters, rows=total)
    if waits:
        write_export.enqueue(str(made.pk))
    return made


def order_idle_exports():
    """Order the jobs of exports that no job is to write though somebody waits; gives how many."""
    idle = Export.objects.filter(state=Making.WRITING).exclude(pk__in=subjects_of(write_export))
    return len([write_export.enqueue(str(key)) for key in idle.values_list("pk", flat=True)])


def check_size(wanted, kind):
    """Raises ValidationError (`too_many`) where a workbook would be too long to be written while a visitor waits."""
    if kind == Kind.XLSX and wanted.records.order_by()[: MOST_AT_ONCE + 1].count() > MOST_AT_ONCE:
        text = _("An Excel file of more than 50,000 rows takes too long. Narrow the list, or download it as CSV.")
        raise ValidationError({"kind": ValidationError(text, "too_many")})


def forget_exports(*, now=None):
    """Remove exports asked for more than `EXPORT_KEPT_DAYS` ago, with their files; gives how many. History stays."""
    limit = (now or timezone.now()) - datetime.timedelta(days=settings.EXPORT_KEPT_DAYS)
    number = 0
    for old in Export.objects.filter(asked_at__lt=limit).iterator():
        if old.path:
            default_storage.delete(old.path)
        old.delete()
        number += 1
    return number
