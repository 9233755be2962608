"""Mend rows in the import itself: cells by hand or as suggested, rows left out, rows taken up again."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Q
from django.utils.translation import gettext as _

from disperin.accounts.models import User
from disperin.history.models import record as write_history
from disperin.registers.values.kept_texts import unfit_texts
from disperin.workbooks.actions.confirming import locked
from disperin.workbooks.actions.sending import checked_again
from disperin.workbooks.files.cells import fit_to_keep, flaw_of, shown
from disperin.workbooks.importing.causes import WrongCell, cells_of
from disperin.workbooks.importing.rows import change_rows
from disperin.workbooks.models import Decided, Outcome, Workbook, WorkbookRow
from disperin.workbooks.rights import Step, refuse_unless_open
from disperin.workbooks.tables.columns import ERRORS, NOT_READ, NUMBER, ROW, field_and_version, tables

MOST = 5_000  # cells, or rows, at once
LONGEST = 1_000  # characters of a cell
_TOLD = 50  # rows that the history names
_ABOUT_OTHER_ROWS = ("same_record", "twice_in_file", "row_key_twice", "no_record")  # what another row may settle

Place = tuple[int, int]  # the position of a row, and the place of its column
Problems = dict[str, ValidationError]


@dataclass(frozen=True)
class Mending:
    """What somebody says of the rows of a file."""

    cells: Mapping[Place, str] = field(default_factory=dict)  # what is to stand there
    accepted: str = ""  # the key of a Cause whose suggestions are right
    skipped: Collection[int] = ()  # positions of rows that are not to be taken in
    skipped_cause: str = ""  # the same of all rows of a Cause
    taken_up: Collection[int] = ()  # positions of rows that are to be read after all: skipped, or taken for no data


@transaction.atomic
def mend(workbook: Workbook, mending: Mending, *, by: User) -> Workbook:
    """Keep what was mended, beside what the file says, and have these rows checked again.

    Of a Cause at most MOST cells are taken at once. Raises Refused, NotNow, and ValidationError by
    "cells.<position>.<place>", "rows.<position>" or "__all__"; nothing is kept then, a NIK in no case.
    """
    workbook = locked(workbook)
    refuse_unless_open(Step.MEND, workbook, by)
    cells = {**_accepted(workbook, mending.accepted), **mending.cells}
    skipped = {*mending.skipped, *(cell.record for cell in _of_cause(workbook, mending.skipped_cause))}
    wanted = {position for position, _place in cells} | skipped | {*mending.taken_up}
    if not wanted:
        raise ValidationError({"__all__": ValidationError(_("Nothing was changed."), "required")})
    if len(wanted) > MOST:
        text = _("At most %(most)d rows at once.") % {"most": MOST}
        raise ValidationError({"__all__": ValidationError(text, "too_many")})
    rows = {row.position: row for row in workbook.rows.filter(position__in=wanted)}
    problems = _out_of_reach(workbook, rows, wanted, {*mending.taken_up}) | _unfit(workbook, rows, cells)
    if problems:
        raise ValidationError(problems)
    keys = {row.key for row in rows.values()}
    for (position, place), text in cells.items():
        _put(rows[position], place, text)
    for row in rows.values():
        _take(workbook, row, skipped, mending.taken_up)
    change_rows([*rows.values()], ["cells", "mended", "key", "decided", "outcome", "candidates", "part"])
    _judge_what_hangs_together(workbook, {*keys, *(row.key for row in rows.values())} - {""})
    workbook.save(update_fields=["sheets"])
    counts = {"mended": len(cells), "skipped": len(skipped), "taken_up": len(mending.taken_up)}
    numbers = sorted(row.number for row in rows.values())[:_TOLD]
    write_history("mend", workbook, by=by, rows=numbers, **{name: number for name, number in counts.items() if number})
    return checked_again(workbook)


def _accepted(workbook: Workbook, cause: str) -> dict[Place, str]:
    """The suggestions of a cause, by their cells."""
    wrong_cells = _of_cause(workbook, cause)
    return {
        (cell.position, cell.place): cell.told["suggestion"]
        for cell in wrong_cells
        if cell.place is not None and "suggestion" in cell.told
    }


def _of_cause(workbook: Workbook, cause: str) -> Iterable[WrongCell]:
    return cells_of(workbook, cause, MOST) if cause else ()


def _out_of_reach(
    workbook: Workbook, rows: Mapping[int, WorkbookRow], wanted: Collection[int], taken_up: Collection[int]
) -> Problems:
    """`{path: error}` of the rows that cannot be mended: not there, submitted already, or not read."""
    keys = {row.key for row in rows.values() if row.part and row.key}
    submitted = set(workbook.rows.filter(part="", key__in=keys, proposed=True).values_list("key", flat=True))
    problems: Problems = {}
    for position in wanted:
        row = rows.get(position)
        if row is None or not _may_be(workbook, row, is_taken_up=position in taken_up):
            problems[f"rows.{position}"] = ValidationError(_("This row cannot be mended."), "unknown")
        elif row.proposed or (row.part and row.key in submitted):
            text = _("Row %(row)s was submitted already. Change its record instead.") % {"row": row.number}
            problems[f"rows.{position}"] = ValidationError(text, "submitted")
    return problems


def _may_be(workbook: Workbook, row: WorkbookRow, *, is_taken_up: bool) -> bool:
    """Whether a row is one that is read, or that somebody takes up: it was skipped, or set apart as no data."""
    if is_taken_up:
        return row.decided == Decided.SKIP or _kind(workbook, row) is not None
    return row.part is not None


def _kind(workbook: Workbook, row: WorkbookRow) -> str | None:
    """As which kind of no data a row was set apart; None where it was not."""
    apart = workbook.sheets[row.sheet].get("no_data", {}) if row.part is None else {}
    return next((kind for kind, numbers in apart.items() if row.number in numbers), None)


def _unfit(workbook: Workbook, rows: Mapping[int, WorkbookRow], cells: Mapping[Place, str]) -> Problems:
    """`{path: error}` of what may not stand in its cell, or in none that is read."""
    forms = {table.part: table.form for table in tables(workbook.target)}
    problems: Problems = {}
    for (position, place), text in cells.items():
        if (row := rows.get(position)) is None:
            continue
        path, name = f"cells.{position}.{place}", column_at(workbook, row.sheet, place)
        if not name:
            problems[path] = ValidationError(_("This column is not read."), "unknown")
        elif unfit := unfit_texts({path: text}, longest=LONGEST):
            problems |= unfit
        elif refusal := forms[row.part or ""].unfit_value(name, text):
            problems[path] = ValidationError(refusal, "personal_number")
    return problems


def column_at(workbook: Workbook, sheet: int, place: int) -> str:
    """What the column of a sheet is read as: a field, or what ties rows; "" where it is not read."""
    name = workbook.mapping[sheet]["columns"].get(str(place), "")
    return "" if name in (NOT_READ, ERRORS) else field_and_version(name)[0]


def _put(row: WorkbookRow, place: int, text: str) -> None:
    """Have a text stand in a cell; what the file says is kept beside it, until the cell says the same again."""
    row.cells += [None] * (place + 1 - len(row.cells))
    was = row.mended.setdefault(str(place), row.cells[place])
    row.cells[place] = fit_to_keep(text.strip()) or None
    if not flaw_of(was) and shown(was).strip() == text.strip():
        row.cells[place] = row.mended.pop(str(place))


def _take(workbook: Workbook, row: WorkbookRow, skipped: Collection[int], taken_up: Collection[int]) -> None:
    """Leave a row out, or read it though it does not look like data; otherwise what was decided of it stands."""
    if row.position in skipped:
        row.decided = Decided.SKIP
    elif row.position in taken_up:
        kind = _kind(workbook, row)
        row.decided = Decided.DATA if kind else ""
        if kind:
            workbook.sheets[row.sheet]["no_data"][kind].remove(row.number)
            row.part = workbook.mapping[row.sheet]["part"]
    row.outcome = Outcome.SKIPPED if row.decided == Decided.SKIP else ""
    row.candidates, row.key = [], _key_of(workbook, row)


def _key_of(workbook: Workbook, row: WorkbookRow) -> str:
    """What ties the row to others, as it stands there now."""
    places = {name: int(at) for at, name in workbook.mapping[row.sheet]["columns"].items()}
    place = places.get(ROW) if ROW in places else places.get(NUMBER) if row.part == "" else None
    return "" if place is None or place >= len(row.cells) else shown(row.cells[place]).strip().upper()[:100]


def _judge_what_hangs_together(workbook: Workbook, keys: Collection[str]) -> None:
    """Rows with one row key are judged together; so are those of which another row may have settled what is wrong."""
    others = Q(*(("errors__contains", [{"code": code}]) for code in _ABOUT_OTHER_ROWS), _connector=Q.OR)
    waiting = workbook.rows.filter(proposed=False).exclude(outcome=Outcome.SKIPPED)
    waiting.filter(Q(part="", key__in=keys) | Q(others, outcome=Outcome.BAD)).update(outcome="", candidates=[])
    waiting.filter(part__gt="", key__in=keys).update(outcome="")
