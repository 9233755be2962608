"""What a search finds, as it is shown."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Hit:
    """Something that was found: its name, its page, where it lies, what else is to be said, and how well it fits."""

    kind: str
    title: str
    url: str
    number: str = ""
    where: str = ""
    note: str = ""
    score: float = 0
