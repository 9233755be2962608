"""What a sheet says beside its cells: which rows and columns are hidden, and which values stand in several rows."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any, NamedTuple

from django.utils.translation import gettext as _

from disperin.workbooks.files.cells import Cell, Cells
from disperin.workbooks.files.refusals import Refused

MOST = 20_000  # merged areas of a sheet, runs of hidden rows and of cells shown shortened: they are kept with it
MOST_NAMED = 100  # cells with comments, and pictures


class Layout(NamedTuple):
    """Of one sheet, once its rows were read; files of texts have none."""

    hidden_rows: list[list[int]]  # [first, last] of each run of rows that are not shown though they hold something
    hidden_columns: list[int]  # their places
    repeated: list[list[int]]  # [place, first row, last row] of each figure that was merged over rows
    widened: list[list[int]]  # [place, first row, last row, last place] of each figure that was merged over columns
    shortened: list[list[Any]]  # [place, first row, last row, times] of cells that show a figure divided by so much
    hidden_besides: list[int]  # [first, last, how many] of the hidden rows below the last run that is kept; or nothing
    comments: list[str]  # the cells to which somebody wrote one; at most MOST_NAMED of them
    pictures: list[int]  # the rows beside which they, and boxes of text, lie; as many
    percent_unseen: bool = False  # whether that is unknown: rows may be hidden, and 50 % may stand there as 0.5

    @classmethod
    def plain(cls, *, percent_unseen: bool = False) -> "Layout":
        """Nothing hidden, nothing merged, nothing shown otherwise than it is."""
        return cls([], [], [], [], [], [], [], [], percent_unseen)

    def hide(self, row: int) -> None:
        """Note that a row, below all noted before, is hidden: as one of a run; beyond MOST runs as one of so many."""
        if self.hidden_besides:
            self.hidden_besides[1:] = [row, self.hidden_besides[2] + 1]
        elif self.hidden_rows and self.hidden_rows[-1][1] == row - 1:
            self.hidden_rows[-1][1] = row
        elif len(self.hidden_rows) < MOST:
            self.hidden_rows.append([row, row])
        else:
            self.hidden_besides.extend([row, row, 1])


class Shortened:
    """Notes in a Layout, row after row, which cells show less than they hold."""

    def __init__(self, layout: Layout) -> None:
        self._runs, self._last = layout.shortened, dict[int, list[Any]]()

    def note(self, row: int, times: Mapping[int, float]) -> None:
        """`times` is `{place: by how much what is shown is divided}` of this row."""
        for column, divided in times.items():
            run = self._last.get(column)
            if run and run[2:] == [row - 1, divided]:
                run[2] = row
            else:
                self._last[column] = run = [column, row, row, divided]
                self._runs.append(run)
        if len(self._runs) > MOST:
            text = _("This file shows its figures in too many ways. Give each column one number format.")
            raise Refused("formats", text)


class Merged:
    """A value that was merged over several rows stands in each of them; across columns it stands in the first only."""

    def __init__(self, areas: Iterable[Sequence[int]], layout: Layout) -> None:
        """`areas` are `(first row, last row, first column, last column)`."""
        self.areas, self.layout = sorted(tuple(area) for area in areas), layout
        self.next = 0
        self.open: dict[int, Any] = {}  # by column: of areas that overlap, which no program writes, the last one counts

    def fill(self, row: int, cells: Cells) -> Cells:
        if not self.areas:
            return cells
        while self.next < len(self.areas) and self.areas[self.next][0] < row:
            self.next += 1  # its first row is blank, so there is nothing to repeat
        while self.next < len(self.areas) and self.areas[self.next][0] == row:
            top, bottom, column, last = self.areas[self.next]
            if column < len(cells) and cells[column] is not None:
                if bottom > top:
                    self.open[column] = bottom, cells[column]
                if is_figure(cells[column]):
                    if bottom > top:
                        self.layout.repeated.append([column, row, bottom])
                    if last > column:
                        self.layout.widened.append([column, row, bottom, last])
            self.next += 1
        for column, (bottom, value) in list(self.open.items()):
            if bottom < row:
                del self.open[column]
                continue
            if column >= len(cells):
                cells.extend([None] * (column + 1 - len(cells)))
            cells[column] = value
        return cells


def refuse_much_merged(areas: int) -> None:
    """Raises Refused for a sheet of so many merged areas that they could not be kept."""
    if areas > MOST:
        text = _("This file has more than %(most)s merged cells. Unmerge them, then send it again.")
        raise Refused("merged", text % {"most": MOST})


def is_figure(cell: Cell) -> bool:
    """Whether a cell may hold a figure: a number, or a text with digits."""
    if isinstance(cell, str):
        return any(map(str.isdecimal, cell))
    return isinstance(cell, int | float) and not isinstance(cell, bool)
