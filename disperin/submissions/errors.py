"""A refusal that only submissions know; the others stand in `disperin.desk.refusals`."""

from disperin.desk.refusals import NotNow


class Conflicts(NotNow):
    """The record changed meanwhile in fields that the submission changes too: `conflicts` lists them."""

    def __init__(self, message, conflicts):
        super().__init__(message)
        self.conflicts = conflicts
