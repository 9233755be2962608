"""How a close is sealed.

The head of a close is canonical JSON: the period and moment, who closed it and with which note, the rule sets and the
version of KBLI in force, what was late, the names of the groups, and the seals of the close before and of its paper.
Each figure has a seal of its own; that of the close is the SHA-256 of its head and of the seals of its figures. So
whoever alters one figure breaks a seal that names it, and whoever mends that seal, too, breaks that of the close, which
stands in the next one, on the paper, and in the history. There stand the seals of corrections, too, each in its turn.
"""

import hashlib
import json
from collections.abc import Iterable
from typing import Any

from disperin.closes.models import CloseCorrection, CloseFigure

CLOSED, CORRECTED = "close_quarter", "correct_close"  # the verbs in the history


def canonical(content: Any) -> str:
    """JSON of one spelling: keys sorted, no blanks, no escapes."""
    return json.dumps(content, sort_keys=True, separators=(",", ":"), ensure_ascii=False)


def digest(content: str | bytes) -> str:
    """SHA-256, as hexadecimal digits."""
    return hashlib.sha256(content.encode() if isinstance(content, str) else content).hexdigest()


def seal_of_figure(figure: CloseFigure) -> str:
    """The seal that a figure ought to have."""
    content = [figure.dimension, figure.code, figure.measure, figure.value, figure.given, figure.shown]
    return digest(canonical(content))


def seal_of_close(head: str, figures: Iterable[CloseFigure]) -> str:
    """The seal that a close of this head and these figures ought to have."""
    return digest("\n".join([head, *sorted(figure.seal for figure in figures)]))


def seal_of_correction(correction: CloseCorrection) -> str:
    """The seal that the history ought to tell of a correction."""
    content = [correction.figure.name, correction.right_value, correction.reason, correction.by_id]
    return digest(canonical(content))
