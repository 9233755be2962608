"""The holidays of the clock: kept one by one in the admin or many from a file. What is open is counted anew."""

from collections.abc import Iterable

from django.db import transaction
from django.utils import timezone

from disperin.accounts.models import User
from disperin.history.models import record as write_history
from disperin.inquiries.actions.receiving import due_days
from disperin.inquiries.models import Holiday, Inquiry


@transaction.atomic
def keep_holiday(holiday: Holiday, *, by: User) -> Holiday:
    """Store a new or changed holiday."""
    _store(holiday, by=by)
    _count_anew()
    return holiday


@transaction.atomic
def remove_holiday(holiday: Holiday, *, by: User) -> None:
    """Take a holiday away that was entered by mistake."""
    write_history("remove_reference", holiday, by=by)
    holiday.delete()
    _count_anew()


@transaction.atomic
def load_holidays(holidays: Iterable[Holiday], *, by: User | None = None) -> int:
    """Store many `Holiday`s at once, by day; gives how many are new or different now. Raises ValidationError."""
    known = {holiday.day: holiday for holiday in Holiday.objects.filter(day__in=[holiday.day for holiday in holidays])}
    changed = 0
    for given in holidays:
        kept = known.setdefault(given.day, Holiday(day=given.day))
        if kept.pk is None or (kept.name, kept.basis) != (given.name, given.basis):
            kept.name, kept.basis = given.name, given.basis
            kept.full_clean()
            _store(kept, by=by)
            changed += 1
    if changed:
        _count_anew()
    return changed


def _store(holiday: Holiday, *, by: User | None) -> None:
    holiday.save()
    write_history("keep_reference", holiday, by=by)


def _count_anew() -> None:
    """The due days of all that is open, as if today's holidays had been known at its receipt."""
    holidays = frozenset(Holiday.objects.values_list("day", flat=True))
    moved = []
    for inquiry in Inquiry.objects.open().select_for_update(of=["self"]).order_by("pk"):
        due = due_days(timezone.localdate(inquiry.received_at), holidays)
        if due != (inquiry.reply_due_on, inquiry.answer_due_on):
            inquiry.reply_due_on, inquiry.answer_due_on = due
            moved.append(inquiry)
    Inquiry.objects.bulk_update(moved, ["reply_due_on", "answer_due_on"], batch_size=500)
