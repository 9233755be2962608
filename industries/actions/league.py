"""Keeps how the league of the regencies stood in each month: written once, by the job of the day."""

import datetime

from django.db import transaction

from disperin.registers.record.revisions import raise_revision
from industries.models import QualityMark
from industries.models.league import sums_on
from industries.models.quality import REGISTER


@transaction.atomic
def mark_month(today: datetime.date) -> int:
    """Write the marks of this month that are not there yet, as things stand today; gives how many.

    So a mark is of the first day of its month, or of the first after it on which the job could run.
    """
    month = today.replace(day=1)
    marked = set(QualityMark.objects.filter(month=month).values_list("regency", flat=True))
    missing = {code: sums for code, sums in sums_on(today).items() if code not in marked}
    rows = [
        QualityMark(regency_id=code, month=month, taken_on=today, **sums._asdict()) for code, sums in missing.items()
    ]
    if rows:
        QualityMark.objects.bulk_create(rows, ignore_conflicts=True)
        raise_revision(REGISTER, less=False)
    return len(rows)
