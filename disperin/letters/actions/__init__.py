"""What can be done with letters. As elsewhere, nothing but these verbs writes."""

from disperin.letters.actions.offices import keep_office
from disperin.letters.actions.writing import note_received, revise, withdraw, write

__all__ = ["keep_office", "note_received", "revise", "withdraw", "write"]
