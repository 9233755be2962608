"""The verbs on what the office lays down about reports: a row is kept, and the history says by whom."""

from django.db import transaction

from disperin.accounts.models import User
from disperin.history.models import record as write_history
from disperin.reports.models import ReportingDeadline, ReportingDuty, ShipyardClass


@transaction.atomic
def keep_deadline(row: ReportingDeadline, *, by: User) -> ReportingDeadline:
    """Store a deadline that an administrator entered; gives it back. People are reminded of a new due day anew."""
    is_moved = row.pk is not None and not ReportingDeadline.objects.filter(pk=row.pk, due_on=row.due_on).exists()
    row.save()
    if is_moved:
        row.reminders.all().delete()
    write_history(
        "keep_deadline", row, by=by, opens_on=row.opens_on.isoformat(), due_on=row.due_on.isoformat()
    )  # fmt: skip
    return row


@transaction.atomic
def keep_duty(row: ReportingDuty, *, by: User) -> ReportingDuty:
    """Store a duty to report that an administrator entered; gives it back."""
    row.save()
    write_history("keep_duty", row, by=by, scale=row.scale)
    return row


@transaction.atomic
def keep_shipyard(row: ShipyardClass, *, by: User) -> ShipyardClass:
    """Store a KBLI of shipyards that an administrator entered; gives it back."""
    row.save()
    write_history("keep_shipyard", row, by=by, kbli=row.kbli_id)
    return row
