"""A refusal that only submissions know; the others stand in `disperin.desk.refusals`."""

from collections.abc import Sequence

from disperin.desk.refusals import NotNow
from disperin.registers.values.changes import Conflict


class Conflicts(NotNow):
    """The record changed meanwhile in fields that the submission changes too: `conflicts` lists them."""

    def __init__(self, message: str, conflicts: Sequence[Conflict]) -> None:
        super().__init__(message)
        self.conflicts = conflicts
