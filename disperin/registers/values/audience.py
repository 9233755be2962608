"""Who may see which field of a record. Said once, on the model; read by pages, API, review and export."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Audience:
    """Every field of a model stands in exactly one of the first three (a test looks)."""

    public: tuple = ()  # everyone
    inside: tuple = ()  # those whose reach includes the record
    masked: tuple = ()  # inside too, but hidden until revealed, which the history notes
    # Of the public ones, when an administrator hides something (`disperin/registers/record/withholding.py`):
    steady: tuple = ()  # not hidden by themselves: without them the rest would say something else
    together: tuple = ()  # groups of fields that are one thing; hidden together, called by the first
    # What may say something of a person, in groups that are erased together (`disperin/registers/hiding/erasing.py`):
    personal: tuple = ()

    @property
    def is_public(self) -> bool:
        """Whether visitors see anything at all; a register without public fields is read inside only."""
        return bool(self.public)


HIDDEN = "•"


def mask(value: object) -> str:
    """The value with all but its first and last four characters hidden; short values are hidden whole."""
    text = str(value or "")
    return f"{text[:4]}{HIDDEN * (len(text) - 8)}{text[-4:]}" if len(text) > 8 else HIDDEN * len(text)
