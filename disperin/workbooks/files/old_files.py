""".xls and .ods: what the programs of `apart` tell about them."""

import json
import subprocess
import sys
from collections.abc import Iterable, Iterator, Mapping
from functools import cached_property
from pathlib import Path
from typing import IO, Any, NamedTuple, cast

from django.utils.translation import gettext as _

from disperin.workbooks.files.cells import Cells, flaw, letters
from disperin.workbooks.files.layout import Layout, Merged, Shortened, refuse_much_merged
from disperin.workbooks.files.number_formats import IN_PERCENT, how_shown, seen_as, times_shown
from disperin.workbooks.files.refusals import Refused

_RUN = "import sys; sys.path.append(sys.argv[1]); from apart.{0} import main; sys.exit(main(sys.argv[2]))"
_NOTHING: Mapping[str, Any] = dict.fromkeys(
    ("hidden_rows", "hidden_columns", "formats", "merged", "failed", "comments", "pictures"), ()
)
_PASSWORD = 3


def started(program: str, path: Path) -> list[str]:
    """The command that has a program of `apart` read a file, without anything of the portal or of its surroundings."""
    return [sys.executable, "-I", "-c", _RUN.format(program), str(Path(__file__).parent), str(path)]


class Part(NamedTuple):
    """A sheet: its name, and whether it is hidden."""

    name: str
    hidden: bool


class Workbook:
    """An .xls or .ods that is open. Its sheets come one after the other and only once."""

    def __init__(self, path: Path) -> None:
        self.reader = subprocess.Popen(  # noqa: S603 -- our own program
            started("values", path), stdout=subprocess.PIPE, stderr=subprocess.DEVNULL
        )
        self.answers = cast("IO[bytes]", self.reader.stdout)
        self.layout, self._path = Layout.plain(), path
        self.parts = [Part(name, hidden) for name, hidden in self._line()]
        self._refuse_same_names()

    def close(self) -> None:
        self.reader.kill()
        self.answers.close()
        self.reader.wait()

    def rows(self, part: Part) -> Iterator[tuple[int, Cells]]:
        """`(number, cells)` of each row of the next sheet, in the order of the sheets.

        `layout` is that of the sheet whose rows were read last.
        """
        looks = self._looks.get(part.name)
        self.layout = layout = Layout.plain(percent_unseen=looks is None)
        areas = [*self._line()["merged"], *(looks or _NOTHING)["merged"]]
        refuse_much_merged(len(areas))
        below, seen = Merged(areas, layout), _Seen(looks or _NOTHING, layout)
        while isinstance(row := self._line(), list):
            yield row[0], seen.look(row[0], below, row[1])

    @cached_property
    def _looks(self) -> dict[str, Any]:
        """What `apart/layouts.py` tells of each sheet, by name; nothing where it could not read the file."""
        finished = subprocess.run(  # noqa: S603 -- our own program
            started("layouts", self._path), capture_output=True, check=False
        )
        sheets = [json.loads(line) for line in finished.stdout.splitlines()] if not finished.returncode else []
        return {sheet["name"]: sheet for sheet in sheets}

    def _refuse_same_names(self) -> None:
        """No program lets two sheets have one name; of such two the reader gives the last one twice."""
        names = [part.name for part in self.parts]
        if name := next((name for name in names if names.count(name) > 1), None):
            self.close()
            text = _("This file has two sheets called “%(sheet)s”. Give one of them another name, then send it again.")
            raise Refused("same_sheets", text % {"sheet": name[:40]})

    def _line(self) -> Any:
        line = self.answers.readline()
        if not line.endswith(b"\n"):
            code = self.reader.wait()
            self.close()
            if code == _PASSWORD:
                text = _("This file is protected by a password. Save it again without a password, then send that copy.")
                raise Refused("password", text)
            text = _(
                "This file cannot be read, or is too large for its kind. Save it as .xlsx in Excel, then send that."
            )
            raise Refused("broken", text)
        return json.loads(line)


class _Seen:
    """Brings the rows of one sheet, one after the other, into the form in which they are seen; notes what is hidden."""

    def __init__(self, looks: Mapping[str, Any], layout: Layout) -> None:
        self._layout, self._shortened = layout, Shortened(layout)
        layout.hidden_columns.extend(looks["hidden_columns"])
        self._hidden = _Passing(looks["hidden_rows"])
        layout.comments.extend(f"{letters(column)}{row}" for row, column in looks["comments"])
        layout.pictures.extend(looks["pictures"])
        self._formats, self._failed = _by_column(looks["formats"]), _by_column(looks["failed"])

    def look(self, number: int, below: Merged, cells: Cells) -> Cells:
        """The cells of a row as they are shown, with what is merged into them from `below` others."""
        times: dict[int, float] = {}
        for column, failed in self._failed.items():
            if run := failed.at(number):
                cells.extend([None] * (column + 1 - len(cells)))
                cells[column] = flaw("error", run[2]) if run[2] else flaw("formula")
        for column, runs in self._formats.items():
            run = runs.at(number) if column < len(cells) else None
            if run and (code := run[2]):
                if how := how_shown("", code):
                    cells[column] = seen_as(cells[column], how)
                    times |= {column: IN_PERCENT} if how == "percent" else {}
                elif (shortened := times_shown(code)) > 1:
                    times[column] = shortened
        self._shortened.note(number, times)
        cells = below.fill(number, cells)
        if self._hidden.at(number) and any(cell is not None for cell in cells):
            self._layout.hide(number)
        return cells


class _Passing:
    """Runs of rows in their order, `[first, last, …]`, asked for by rows that only go on."""

    def __init__(self, runs: list[list[Any]]) -> None:
        self.runs, self._next = runs, 0

    def at(self, row: int) -> list[Any] | None:
        """The run in which a row stands."""
        while self._next < len(self.runs) and self.runs[self._next][1] < row:
            self._next += 1
        run = self.runs[self._next] if self._next < len(self.runs) else None
        return run if run and run[0] <= row else None


def _by_column(runs: Iterable[list[Any]]) -> dict[int, _Passing]:
    """Runs of rows `[place, first, last, …]` by place."""
    found: dict[int, _Passing] = {}
    for column, *run in runs:
        found.setdefault(column, _Passing([])).runs.append(run)
    return found
