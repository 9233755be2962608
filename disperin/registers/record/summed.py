"""What a register says of the figures that its records state: which are added up, and by which of their columns."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Summed:
    """Columns that hold whole numbers (`figures`), columns of which it is counted who has nothing in them (`lacking`).

    `by` names the columns whose values are the groups; of one that holds several, a record stands in several groups.
    """

    by: tuple[str, ...]
    figures: tuple[str, ...]
    lacking: tuple[str, ...] = ()
