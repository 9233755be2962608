"""What a sheet says beside its cells: which rows and columns are hidden, and which values stand in several rows."""

from typing import NamedTuple

from disperin.workbooks.files.cells import Cell


class Layout(NamedTuple):
    """Of one sheet, once its rows were read; files of texts have none."""

    hidden_rows: list[list[int]]  # [first, last] of each run of rows that are not shown though they hold something
    hidden_columns: list[int]  # their places
    repeated: list[list[int]]  # [place, first row, last row] of each figure that was merged over rows
    percent_unseen: bool = False  # whether 50 % may stand there as 0.5

    @classmethod
    def plain(cls) -> "Layout":
        """Nothing hidden, nothing merged."""
        return cls([], [], [])

    def hide(self, row: int) -> None:
        """Note that a row, below all noted before, is hidden."""
        if self.hidden_rows and self.hidden_rows[-1][1] == row - 1:
            self.hidden_rows[-1][1] = row
        else:
            self.hidden_rows.append([row, row])


def is_figure(cell: Cell) -> bool:
    """Whether a cell may hold a figure: a number, or a text with digits."""
    if isinstance(cell, str):
        return any(map(str.isdecimal, cell))
    return isinstance(cell, int | float) and not isinstance(cell, bool)
