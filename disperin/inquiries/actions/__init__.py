"""What can be done with an inquiry and with the holidays of its clock. Nothing else writes."""

from disperin.inquiries.actions.forgetting import forget_senders
from disperin.inquiries.actions.handing_on import hand_on_inquiries
from disperin.inquiries.actions.handling import answer, begin_mending, close, note_outcome, reassign, take
from disperin.inquiries.actions.holidays import keep_holiday, load_holidays, remove_holiday
from disperin.inquiries.actions.moving_along import move_inquiries
from disperin.inquiries.actions.notifying import order_untold
from disperin.inquiries.actions.receiving import receive

__all__ = [
    "answer",
    "begin_mending",
    "close",
    "forget_senders",
    "hand_on_inquiries",
    "keep_holiday",
    "load_holidays",
    "move_inquiries",
    "note_outcome",
    "order_untold",
    "reassign",
    "receive",
    "remove_holiday",
    "take",
]
