"""What a form says about itself to files: what else its columns are called, and by what its records are known again."""

from dataclasses import dataclass, field


@dataclass(frozen=True)
class InFiles:
    """Said on a form (`in_files`). Everything else that a file needs to know, it reads from the fields themselves."""

    same_by: tuple[str, ...] = ()  # fields that name one record of a regency, such as its NIB; asked in this order
    codes: dict[str, int] = field(default_factory=dict)  # digits of codes: numbers of spreadsheets lose leading zeros
    words: dict[str, tuple[str, ...]] = field(default_factory=dict)  # field -> other headings that offices use for it
    beside: dict[str, tuple[str, ...]] = field(default_factory=dict)  # field -> headings of what says a part of it
    yearly: tuple[str, ...] = ()  # figures of a year: files tell them by month too
    phones: tuple[str, ...] = ()  # telephone numbers, of which cells hold several, or ones without their first 0
    # part -> the one field that says enough of its rows: several may stand in one cell of the record's own row
    in_cell: dict[str, str] = field(default_factory=dict)
    # part -> a field of its rows that a heading may name by one of its choices, and the field that the cells below say
    by_heading: dict[str, tuple[str, str]] = field(default_factory=dict)
    examples: dict[str, str | int | float] = field(default_factory=dict)  # what a clerk would write, days as ISO dates
    choices: dict[str, dict[str, tuple[str, ...]]] = field(
        default_factory=dict
    )  # field -> key -> what else it is called

    @property
    def known_by(self) -> dict[str, str]:
        """`{part: the field by which a row that stands in the record's own row is known}`."""
        return {**self.in_cell, **{part: named for part, (named, _answered) in self.by_heading.items()}}
