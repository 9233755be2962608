"""What can be done with letters. As elsewhere, nothing but these verbs writes."""

from disperin.letters.actions.writing import note_received, revise, withdraw, write

__all__ = ["note_received", "revise", "withdraw", "write"]
