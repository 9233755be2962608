"""The verb on what the office lays down: a span is kept, and the history says by whom."""

from django.db import transaction

from disperin.accounts.models import User
from disperin.assistance.models import RepeatSpan
from disperin.history.models import record as write_history


@transaction.atomic
def keep_span(span: RepeatSpan, *, by: User) -> RepeatSpan:
    """Store a span that an administrator entered; gives it back."""
    span.save()
    write_history("keep_repeat_span", span, by=by)
    return span
