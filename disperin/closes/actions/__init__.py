"""The verbs on quarter closes, and the check that nobody altered one."""

from disperin.closes.actions.checking import faults
from disperin.closes.actions.closing import close_quarter, refuse_closing, why_not_close
from disperin.closes.actions.correcting import MOST_VALUE, correct_figure, why_not_correct

__all__ = [
    "MOST_VALUE",
    "close_quarter",
    "correct_figure",
    "faults",
    "refuse_closing",
    "why_not_close",
    "why_not_correct",
]
