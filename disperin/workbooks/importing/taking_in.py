"""First step: the file that was sent becomes rows, and is removed. A NIK gets no further than this."""

from collections import Counter
from collections.abc import Sequence
from functools import cached_property
from pathlib import Path
from typing import Any

from django.core.files.storage import default_storage
from django.db import transaction
from django.utils.translation import gettext as _

from disperin.registers.values.audience import mask
from disperin.registers.values.identity import hide_personal_numbers
from disperin.workbooks.files import Refused, books, open_book
from disperin.workbooks.files.books import Sheet
from disperin.workbooks.files.cells import Cell, Cells, fit_to_keep, flaw_of, is_blank, shown
from disperin.workbooks.files.layout import Layout
from disperin.workbooks.importing.places import position_in
from disperin.workbooks.importing.progress import keep
from disperin.workbooks.importing.rows import add_rows, wipe_columns
from disperin.workbooks.models import KnownHeading, State, Workbook, WorkbookRow
from disperin.workbooks.tables.columns import NOT_READ, OUR_LISTS
from disperin.workbooks.tables.days import SeenDays
from disperin.workbooks.tables.headings import SEARCHED, Guess, Words, is_of_nik

CHUNK = 1_000
SAMPLES = 3  # rows by which the columns of a sheet are recognised
_LONGEST_HEADING, _LONGEST = 200, 60  # characters of a heading, and of a sample


def take_in(workbook: Workbook) -> None:
    """Keep the rows of the file, guess what its columns are, and go on: to the check, or to whoever confirms."""
    try:
        seen = _keep_rows(workbook)
        guesses = _guess(seen)
        _leave_out_columns_of_nik(workbook, seen)
        mapping = [
            {
                "part": guess.part,
                "columns": {str(at): name for at, name in guess.columns.items()},
                "times": {str(at): times for at, times in guess.times.items()},
            }
            for guess in guesses
        ]
        is_sure = any(guess.part == "" for guess in guesses) and not any(
            guess.unsure or "" in guess.columns.values() for guess in guesses if guess.part is not None
        )
        state = State.CHECKING if is_sure else State.MAPPING
        _forget_headings(workbook, guesses)
        keep(workbook, sheets=_described(workbook, seen, guesses), mapping=mapping, state=state, done=0, attempts=0)
    except Refused as refusal:
        workbook.rows.all().delete()
        keep(workbook, state=State.REFUSED, refusal=str(refusal), refusal_code=refusal.code)
    remove_file(workbook)


def remove_file(workbook: Workbook) -> None:
    """Remove the file that was sent; what is needed of it is kept as rows."""
    if workbook.path:
        default_storage.delete(workbook.path)
        workbook.path = ""
        type(workbook).objects.filter(pk=workbook.pk).update(path="")


class _Seen:
    """What was noticed of one sheet while its rows went by."""

    def __init__(self, sheet: Sheet, known: "_Known", *, is_delimited: bool) -> None:
        self.name, self.hidden, self.is_delimited = hide_personal_numbers(sheet.name), sheet.hidden, is_delimited
        self.rows = 0
        self.first: list[tuple[int, Cells]] = []
        self.filled: Counter[int] = Counter()
        self.niks: Counter[int] = Counter()
        self.days = SeenDays()
        self.layout = Layout.plain()
        self._known = known

    @cached_property
    def guess(self) -> Guess:
        """What its columns are; asked once the rows were seen among which the headings stand."""
        return self._known.guess([] if self.hidden or self.name in OUR_LISTS else [cells for _at, cells in self.first])

    @property
    def headings(self) -> list[str]:
        """The headings of all columns up to the last one that is read; "" where there is none."""
        texts = [" ".join(shown(cell).split())[:_LONGEST_HEADING] for cell in self.guess.headings]
        return texts + [""] * (max(self.guess.columns, default=-1) + 1 - len(texts))

    @cached_property
    def left_out(self) -> set[int]:
        """The columns of which nothing is kept: at first those whose headings say that they hold NIKs."""
        return {at for at, heading in enumerate(self.headings) if is_of_nik(heading)}

    def kept(self, cells: Cells) -> Cells:
        """What is kept of a row."""
        return [None if at in self.left_out else cell for at, cell in enumerate(cells)] if self.left_out else cells

    def below(self, heading_row: int) -> Counter[int]:
        """`{column: how many of its cells are filled}` below the headings."""
        above = Counter(
            at
            for _number, cells in self.first[: heading_row + 1]
            for at, cell in enumerate(cells)
            if not is_blank(cell)
        )
        return self.filled - above

    def look(self, row: books.Row) -> None:
        self.rows += 1
        if len(self.first) < SEARCHED:
            self.first.append((row.number, row.cells))
        for at, cell in enumerate(row.cells):
            if not is_blank(cell):
                self.filled[at] += 1
                self.days.look(at, cell)
                if flaw_of(cell) == "nik":
                    self.niks[at] += 1


_Waiting = list[tuple[int, int, int, Cells]]  # rows as they are added


def _keep_rows(workbook: Workbook) -> list[_Seen]:
    workbook.rows.all().delete()  # of an attempt that was cut off
    waiting: _Waiting = []
    count, known = 0, _Known(workbook)
    with open_book(Path(default_storage.path(workbook.path))) as book:
        seen = [_Seen(sheet, known, is_delimited=book.kind == "csv") for sheet in book.sheets]
        for row in book.rows():
            count += 1
            row = row._replace(cells=[fit_to_keep(cell) for cell in row.cells])
            seen[row.sheet].look(row)
            waiting.append((position_in(row.sheet, row.number), row.sheet, row.number, row.cells))
            if len(waiting) >= CHUNK:
                waiting = _add(workbook, seen, waiting, but=row.sheet if seen[row.sheet].rows < SEARCHED else None)
                keep(workbook, done=count)
        for seen_sheet, layout in zip(seen, book.layouts, strict=True):
            seen_sheet.layout = layout
    _add(workbook, seen, waiting)
    if not count:
        raise Refused("no_rows", _("This file has no rows. Fill in the template, or choose another file."))
    return seen


def _add(workbook: Workbook, seen: Sequence[_Seen], waiting: _Waiting, *, but: int | None = None) -> _Waiting:
    """Keep these rows, without the columns that are left out; gives those of the sheet whose headings are not seen."""
    ready = [row for row in waiting if row[1] != but]
    add_rows(workbook, [(position, at, number, seen[at].kept(cells)) for position, at, number, cells in ready])
    return [row for row in waiting if row[1] == but]


class _Known:
    """What headings may mean in this file: the words of the register, and what was confirmed before for the regency."""

    def __init__(self, workbook: Workbook) -> None:
        self._words = Words(workbook.target)
        self._remembered: dict[str, dict[str, str]] = {}
        self._times: dict[str, dict[str, int | None]] = {}
        for heading in KnownHeading.objects.filter(regency=workbook.regency_id, register=workbook.register):
            self._remembered.setdefault(heading.part, {})[heading.heading] = heading.column
            self._times.setdefault(heading.part, {})[heading.heading] = heading.times

    def guess(self, rows: list[Cells]) -> Guess:
        """A Guess for the first rows of a sheet; one that is no table has columns that nobody knows."""
        guess = self._words.guess(rows, self._remembered, self._times)
        if guess.part is None:
            texts = (at for at, cells in enumerate(rows) if sum(isinstance(cell, str) for cell in cells) > 1)
            guess.heading_row = next(texts, 0)
            guess.headings = rows[guess.heading_row] if rows else []
            guess.columns = {at: "" for at, cell in enumerate(guess.headings) if not is_blank(cell)}
        return guess


def _guess(seen: Sequence[_Seen]) -> list[Guess]:
    """A Guess per sheet; sheets that are hidden, or lists of our templates, are no tables."""
    for sheet in seen:
        if sheet.first and not sheet.hidden and sheet.name not in OUR_LISTS:
            _name_columns_without_heading(sheet, sheet.guess)
    return [sheet.guess for sheet in seen]


def _name_columns_without_heading(seen: _Seen, guess: Guess) -> None:
    """A column that holds something is asked about, whether it has a heading or not.

    A row of a CSV that is longer than its headings is told by itself: there, a separator has moved what follows it.
    """
    headings = len(guess.headings)
    for at in sorted(seen.below(guess.heading_row)):
        if at not in guess.columns and not (seen.is_delimited and at >= headings):
            guess.columns[at] = ""


def _leave_out_columns_of_nik(workbook: Workbook, seen: Sequence[_Seen]) -> None:
    """A column of NIKs is left out by its name, and so is one that turned out to hold them: what was kept is wiped.

    Single ones in other columns were taken out, and are told with their rows.
    """
    audience = workbook.target.model.audience
    for sheet, seen_sheet in enumerate(seen):
        masked = {
            at
            for at, name in seen_sheet.guess.columns.items()
            if name in audience.masked and seen_sheet.guess.part == ""
        }
        below = seen_sheet.below(seen_sheet.guess.heading_row)
        nik_columns = (
            {at for at, niks in seen_sheet.niks.items() if niks >= 3 and niks * 2 >= below[at]}
            - masked
            - seen_sheet.left_out
        )
        wipe_columns(workbook, sheet, nik_columns)
        seen_sheet.left_out |= nik_columns
        for at in seen_sheet.left_out & seen_sheet.guess.columns.keys():
            seen_sheet.guess.columns[at] = NOT_READ
            seen_sheet.guess.times.pop(at, None)
        seen_sheet.guess.unsure = [at for at in seen_sheet.guess.unsure if at not in seen_sheet.left_out]


@transaction.atomic
def _forget_headings(workbook: Workbook, guesses: Sequence[Guess]) -> None:
    """Headings, and what stands above them, are no rows."""
    for at, guess in enumerate(guesses):
        above = workbook.rows.filter(sheet=at).order_by("position").values_list("pk", flat=True)
        WorkbookRow.objects.filter(pk__in=list(above[: guess.heading_row + 1])).delete()


def _described(workbook: Workbook, seen: Sequence[_Seen], guesses: Sequence[Guess]) -> list[dict[str, Any]]:
    """What is kept of each sheet, to be shown where columns are confirmed."""
    described = []
    for sheet, guess in zip(seen, guesses, strict=True):
        below = sheet.first[guess.heading_row + 1 :]
        described.append(
            {
                "name": sheet.name,
                "hidden": sheet.hidden,
                "rows": max(0, sheet.rows - guess.heading_row - 1),
                "heading_row": sheet.first[guess.heading_row][0] if sheet.first else 0,
                "headings": sheet.headings,
                "width": len(sheet.headings) if sheet.is_delimited else None,
                "samples": [sample(sheet.kept(cells)) for _number, cells in below[:SAMPLES]],
                "left_out": sorted(sheet.left_out),
                "remembered": guess.remembered,
                "days_turned": sheet.days.maybe_turned(),
                "unsure": guess.unsure,
                **sheet.layout._asdict(),
            }
        )
    return described


def sample(cells: Cells) -> list[str]:
    """Enough of a row to recognise its columns by."""
    return [_sample(cell) for cell in cells]


def _sample(cell: Cell) -> str:
    """Enough of a cell to recognise its column; of long numbers, which may be a person's, only the ends."""
    text = shown(cell)[:_LONGEST]
    return mask(text) if sum(sign.isdigit() for sign in text) >= 12 else text
