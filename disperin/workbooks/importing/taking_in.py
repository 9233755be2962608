"""First step: the file that was sent becomes rows, and is removed. A NIK gets no further than this."""

from collections import Counter
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from django.core.files.storage import default_storage
from django.db import transaction
from django.utils.translation import gettext as _

from disperin.registers.values.audience import mask
from disperin.workbooks.files import Refused, books, open_book
from disperin.workbooks.files.books import Sheet
from disperin.workbooks.files.cells import Cell, Cells, fit_to_keep, flaw_of, is_blank, letters, shown
from disperin.workbooks.importing.places import position_in
from disperin.workbooks.importing.progress import keep
from disperin.workbooks.importing.rows import add_rows
from disperin.workbooks.models import KnownHeading, State, Workbook, WorkbookRow
from disperin.workbooks.tables.columns import OUR_LISTS
from disperin.workbooks.tables.headings import SEARCHED, Guess, Words, is_of_nik

CHUNK = 1_000
SAMPLES = 3  # rows by which the columns of a sheet are recognised
_LONGEST_HEADING, _LONGEST = 200, 60  # characters of a heading, and of a sample


def take_in(workbook: Workbook) -> None:
    """Keep the rows of the file, guess what its columns are, and go on: to the check, or to whoever confirms."""
    try:
        seen = _keep_rows(workbook)
        guesses = _guess(workbook, seen)
        _refuse_nik(workbook, seen, guesses)
        mapping = [
            {
                "part": one.part,
                "columns": {str(at): name for at, name in one.columns.items()},
                "times": {str(at): times for at, times in one.times.items()},
            }
            for one in guesses
        ]
        is_sure = any(one.part == "" for one in guesses) and not any(
            one.unsure or "" in one.columns.values() for one in guesses if one.part is not None
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

    def __init__(self, sheet: Sheet, *, is_delimited: bool) -> None:
        self.name, self.hidden, self.is_delimited = sheet.name, sheet.hidden, is_delimited
        self.rows = 0
        self.first: list[tuple[int, Cells]] = []
        self.filled: Counter[int] = Counter()
        self.niks: Counter[int] = Counter()

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
                if flaw_of(cell) == "nik":
                    self.niks[at] += 1


def _keep_rows(workbook: Workbook) -> list[_Seen]:
    workbook.rows.all().delete()  # of an attempt that was cut off
    waiting, count = [], 0
    with open_book(Path(default_storage.path(workbook.path))) as book:
        seen = [_Seen(sheet, is_delimited=book.kind == "csv") for sheet in book.sheets]
        for row in book.rows():
            count += 1
            row = row._replace(cells=[fit_to_keep(cell) for cell in row.cells])
            seen[row.sheet].look(row)
            waiting.append((position_in(row.sheet, row.number), row.sheet, row.number, row.cells))
            if len(waiting) == CHUNK:
                add_rows(workbook, waiting)
                keep(workbook, done=count)
                waiting = []
    add_rows(workbook, waiting)
    if not count:
        raise Refused("no_rows", _("This file has no rows. Fill in the template, or choose another file."))
    return seen


def _guess(workbook: Workbook, seen: Sequence[_Seen]) -> list[Guess]:
    """A Guess per sheet; sheets that are hidden, or lists of our templates, are no tables."""
    known = Words(workbook.target)
    remembered: dict[str, dict[str, str]] = {}
    times: dict[str, dict[str, int | None]] = {}
    for heading in KnownHeading.objects.filter(regency=workbook.regency_id, register=workbook.register):
        remembered.setdefault(heading.part, {})[heading.heading] = heading.column
        times.setdefault(heading.part, {})[heading.heading] = heading.times
    guesses = []
    for one in seen:
        rows = [] if one.hidden or one.name in OUR_LISTS else [cells for _number, cells in one.first]
        guesses.append(known.guess(rows, remembered, times))
        if guesses[-1].part is None:
            guesses[-1].heading_row = next(
                (at for at, cells in enumerate(rows) if sum(isinstance(cell, str) for cell in cells) > 1), 0
            )
            headings = rows[guesses[-1].heading_row] if rows else []
            guesses[-1].columns = {at: "" for at, cell in enumerate(headings) if not is_blank(cell)}
        if rows:
            _name_columns_without_heading(one, guesses[-1])
    return guesses


def _name_columns_without_heading(seen: _Seen, guess: Guess) -> None:
    """A column that holds something is asked about, whether it has a heading or not.

    A row of a CSV that is longer than its headings is told by itself: there, a separator has moved what follows it.
    """
    headings = len(seen.first[guess.heading_row][1])
    for at in sorted(seen.below(guess.heading_row)):
        if at not in guess.columns and not (seen.is_delimited and at >= headings):
            guess.columns[at] = ""


def _refuse_nik(workbook: Workbook, seen: Sequence[_Seen], guesses: Sequence[Guess]) -> None:
    """A column of NIKs is refused by its name; single ones were taken out, and are told with their rows."""
    audience = workbook.target.model.audience
    for one, guess in zip(seen, guesses, strict=True):
        headings = _headings(one, guess)
        for at, filled in one.filled.items():
            heading = headings[at] if at < len(headings) else ""
            told = guess.columns.get(at) in audience.masked and guess.part == ""
            below = filled - bool(heading)
            if (is_of_nik(heading) and below) or (not told and one.niks[at] >= 3 and one.niks[at] * 2 >= below):
                text = _(
                    "Column %(column)s, “%(heading)s”, of sheet “%(sheet)s” holds NIKs. The portal keeps none: remove "
                    "the column and send the file again. Nothing of it was kept."
                )
                raise Refused("nik", text % {"column": letters(at), "heading": heading, "sheet": one.name})


def _headings(seen: _Seen, guess: Guess) -> list[str]:
    """The headings of all columns up to the last one that is read; "" where there is none."""
    cells = seen.first[guess.heading_row][1] if seen.first else []
    told = [" ".join(shown(cell).split())[:_LONGEST_HEADING] for cell in cells]
    return told + [""] * (max(guess.columns, default=-1) + 1 - len(told))


@transaction.atomic
def _forget_headings(workbook: Workbook, guesses: Sequence[Guess]) -> None:
    """Headings, and what stands above them, are no rows."""
    for at, guess in enumerate(guesses):
        above = workbook.rows.filter(sheet=at).order_by("position").values_list("pk", flat=True)
        WorkbookRow.objects.filter(pk__in=list(above[: guess.heading_row + 1])).delete()


def _described(workbook: Workbook, seen: Sequence[_Seen], guesses: Sequence[Guess]) -> list[dict[str, Any]]:
    """What is kept of each sheet, to be shown where columns are confirmed."""
    described = []
    for one, guess in zip(seen, guesses, strict=True):
        below = one.first[guess.heading_row + 1 :]
        described.append(
            {
                "name": one.name,
                "hidden": one.hidden,
                "rows": max(0, one.rows - guess.heading_row - 1),
                "heading_row": one.first[guess.heading_row][0] if one.first else 0,
                "headings": _headings(one, guess),
                "width": len(_headings(one, guess)) if one.is_delimited else None,
                "samples": [[_sample(cell) for cell in cells] for _number, cells in below[:SAMPLES]],
                "unsure": guess.unsure,
            }
        )
    return described


def _sample(cell: Cell) -> str:
    """Enough of a cell to recognise its column; of long numbers, which may be a person's, only the ends."""
    text = shown(cell)[:_LONGEST]
    return mask(text) if sum(sign.isdigit() for sign in text) >= 12 else text
