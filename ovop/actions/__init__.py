"""What can be done with nominations, labels and the rows that both go by. Nothing else of this app writes."""

from ovop.actions.assessing import assess
from ovop.actions.keeping import keep
from ovop.actions.labels import (
    GUESSES_WITHIN,
    MOST_GUESSES,
    Check,
    TooManyGuesses,
    check,
    exceptions_today,
    keys,
    print_label,
)
from ovop.actions.nominating import (
    determine,
    enter_result,
    explain_gap,
    export_round,
    nominate,
    propose_award,
    refuse_unless_open,
    select,
)

__all__ = [
    "GUESSES_WITHIN",
    "MOST_GUESSES",
    "Check",
    "TooManyGuesses",
    "assess",
    "check",
    "determine",
    "enter_result",
    "exceptions_today",
    "explain_gap",
    "export_round",
    "keep",
    "keys",
    "nominate",
    "print_label",
    "propose_award",
    "refuse_unless_open",
    "select",
]
