"""The error workbook: the user's own bad rows in their own columns, with what is wrong, to be mended and sent again."""

from collections.abc import Mapping, Sequence
from typing import Any

from django.db.models import QuerySet

from disperin.ui import said
from disperin.workbooks.exporting.writing import Tell
from disperin.workbooks.files import sheets
from disperin.workbooks.files.cells import letters
from disperin.workbooks.files.sheets import File, Target
from disperin.workbooks.models import Mapped, Outcome, Workbook, WorkbookRow
from disperin.workbooks.tables.added import Same, filled, same_of
from disperin.workbooks.tables.columns import ERRORS, ERRORS_HEADING, LISTS, field_and_version, tables
from disperin.workbooks.tables.options import options_of
from disperin.workbooks.tables.template import Lists, offer, offered, villages_within, write_lists

CHUNK = 500


def rows_to_mend(workbook: Workbook) -> tuple[QuerySet[WorkbookRow], QuerySet[WorkbookRow]]:
    """The bad rows of a checked workbook, and the lines that are bad or belong to them: `(rows, lines)`."""
    bad = workbook.rows.filter(outcome=Outcome.BAD).order_by("position")
    keys = bad.filter(part="").exclude(key="").values("key")
    lines = workbook.rows.filter(part__gt="")
    return bad, (lines.filter(outcome=Outcome.BAD) | lines.filter(key__in=keys)).order_by("position")


def write_errors(workbook: Workbook, target: Target, *, tell: Tell = lambda rows: None) -> None:
    """Write the rows to be mended of a workbook to `target` (path or binary file); `tell` hears how many are written.

    One sheet for each sheet that was read, of the same name and columns, with `KESALAHAN` at its end.
    """
    bad, lines = rows_to_mend(workbook)
    with sheets.a_file(target) as file:
        pages = {
            at: _Page(file, sheet, mapping, _same_to_mend(bad, sheet, mapping))
            for at, (sheet, mapping) in enumerate(zip(workbook.sheets, workbook.mapping, strict=True))
            if mapping["part"] is not None
        }
        errors_by_row: dict[tuple[str, int], list[dict[str, Any]]] = {}
        for at, row in enumerate(bad.iterator(chunk_size=CHUNK)):
            if at and not at % CHUNK:
                tell(at)
            for error in map(said.now, row.errors):
                errors_by_row.setdefault((error["sheet"], error["row"]), []).append(error)
            if row.part == "":
                pages[row.sheet].write(file, row, errors_by_row)
        for row in lines.iterator(chunk_size=CHUNK):
            pages[row.sheet].write(file, row, errors_by_row)
        _offer_choices(file, workbook, list(pages.values()))


def _same_to_mend(bad: QuerySet[WorkbookRow], sheet: dict[str, Any], mapping: Mapped) -> Same:
    """The added columns that stand in the file: those that hold a value, or lack one."""
    lack = {
        place
        for place in same_of(sheet, mapping)
        if bad.filter(errors__contains=[{"sheet": sheet["name"], "column": letters(place)}]).exists()
    }
    return {place: text for place, text in same_of(sheet, mapping).items() if text or place in lack}


def _offer_choices(file: File, workbook: Workbook, pages: Sequence["_Page"]) -> None:
    """The cells offer what the template of the regency offers, wherever the user's own columns stand."""
    options_by_part = options_of(workbook.target, regency=workbook.regency_id)
    columns_of = {table.part: table.columns for table in tables(workbook.target)}
    lists: Lists = []
    if LISTS in {page.name for page in pages}:
        return  # the user's own sheet of this name
    for page in pages:
        columns = {column.name: column for column in columns_of[page.part]}
        for at, name in enumerate(page.fields):
            column, options = columns.get(name), options_by_part[page.part]
            if column and (texts := offered(column, options)):
                within = villages_within(page.fields, options) if name == "village" else None
                offer(page.sheet, at, column, texts, lists, within)
    if lists:
        write_lists(file, lists)


class _Page:
    """A sheet of the error workbook."""

    def __init__(self, file: File, sheet: dict[str, Any], mapping: Mapped, same: Same) -> None:
        self.name, self.part, self.same = sheet["name"], mapping["part"] or "", same
        old = {int(at) for at, name in mapping["columns"].items() if name == ERRORS}
        own = min(sheet.get("added", {}).values(), default=len(sheet["headings"]))
        self.places = [*(at for at in range(own) if at not in old), *sorted(same)]
        self.fields = [field_and_version(mapping["columns"].get(str(at), ""))[0] for at in self.places]
        headings = [*(sheet["headings"][at] for at in self.places), ERRORS_HEADING]
        self.sheet = file.sheet(self.name, headings)
        self.sheet.set_column(len(self.places), len(self.places), 90)
        self.next = 1

    def write(
        self, file: File, row: WorkbookRow, errors_by_row: Mapping[tuple[str, int], Sequence[dict[str, Any]]]
    ) -> None:
        errors = errors_by_row.get((self.name, row.number), [])
        wrong, cells = {error["column"] for error in errors}, filled(row.cells, self.same)
        for column, at in enumerate(self.places):
            cell = cells[at] if at < len(cells) else None
            style = file.marked if letters(at) in wrong else None
            file.write(self.sheet, self.next, column, cell, style=style)
        text = "\n".join(
            f"{error['heading']}: {error['message']}" if error["heading"] else error["message"] for error in errors
        )
        file.write(self.sheet, self.next, len(self.places), text[:32_000], style=file.of_errors)
        self.next += 1
