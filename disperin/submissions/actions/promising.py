"""What the office promises to those whose submissions wait."""

from django.db import transaction

from disperin.accounts.models import User
from disperin.history.models import record as write_history
from disperin.submissions.models import ReviewPromise


@transaction.atomic
def promise(row: ReviewPromise, *, by: User) -> ReviewPromise:
    """Store a promise that an administrator entered; gives it back."""
    row.save()
    write_history("keep_reference", row, by=by)
    return row
