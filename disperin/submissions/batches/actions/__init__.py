"""What can be done with many submissions at once. As elsewhere, nothing but these verbs writes."""

from disperin.submissions.batches.actions.bringing_in import bring_in, end_bringing_in
from disperin.submissions.batches.actions.confirming import confirm_many, to_confirm
from disperin.submissions.batches.actions.deciding import send_back_many, verify_many
from disperin.submissions.batches.actions.proposing import (
    begin_batch,
    check_stock,
    first_text,
    propose_by_regency,
    propose_many,
    submit_batch,
    tell_waiting,
    why_not_withdraw,
    withdraw_batch,
)
from disperin.submissions.batches.actions.sampling import (
    draw_sample,
    next_unread,
    note_opened,
    return_batch,
    verify_batch,
)

__all__ = [
    "begin_batch",
    "bring_in",
    "check_stock",
    "confirm_many",
    "draw_sample",
    "end_bringing_in",
    "first_text",
    "next_unread",
    "note_opened",
    "propose_by_regency",
    "propose_many",
    "return_batch",
    "send_back_many",
    "submit_batch",
    "tell_waiting",
    "to_confirm",
    "verify_batch",
    "verify_many",
    "why_not_withdraw",
    "withdraw_batch",
]
