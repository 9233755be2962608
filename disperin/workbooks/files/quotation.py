"""Quotation marks in CSV that are not what they seem: a stray one swallows rows, one around a row hides it."""

import csv
import re
from collections.abc import Sequence


def swallows_rows(cells: Sequence[str], separator: str, width: int) -> bool:
    """Whether a row of a file whose rows have `width` cells holds other rows.

    A stray quotation mark makes all that follows, up to the next one, a single value. Put back, each of its lines is a
    whole row; those of a value with a line break are none.
    """
    at = next((at for at, cell in enumerate(cells) if "\n" in cell or "\r" in cell), None)
    if at is None or width < 2:
        return False
    first, *others, last = (line.count(separator) for line in re.split(r"\r\n|\r|\n", cells[at]))
    return {at + first + 1, *(count + 1 for count in others), last + len(cells) - at} == {width}


def is_wrapped(rows: Sequence[list[str]]) -> bool:
    """Whether every row is one value that holds the whole row, as in a CSV that was opened and saved once more."""
    filled = [cells for cells in rows if any(cells)]
    return len(filled) > 1 and all(len(cells) == 1 for cells in filled)


def unwrapped(cells: list[str], separator: str) -> list[str]:
    """The cells of a row that is one value."""
    return next(csv.reader(cells, delimiter=separator, strict=True), []) if len(cells) == 1 else cells
