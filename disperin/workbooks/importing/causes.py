"""What is wrong with the rows of a file, cause by cause: the most frequent first, of each a bounded number of cells."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from django.db import connection
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from disperin.ui import said
from disperin.workbooks.files.cells import column_of, shown
from disperin.workbooks.importing.places import position_of
from disperin.workbooks.importing.row_report import Told
from disperin.workbooks.models import Outcome, Workbook, WorkbookRow
from disperin.workbooks.tables.suggesting import WHYS

MOST = 30  # causes that are told
FIRST = 10  # cells of a cause that nobody asked for
PAGE = 25  # cells of the one that somebody did
LONG = 80  # characters of a cell from which on it is mended in several lines
CAUSES = {
    "required": gettext_lazy("is not filled in"),
    "invalid": gettext_lazy("cannot be read"),
    "invalid_choice": gettext_lazy("is not in the list"),
    "several": gettext_lazy("can mean several of the list"),
    "undecided": gettext_lazy("May be a record that is there already"),
    "same_record": gettext_lazy("Stands twice in the file"),
    "twice_in_file": gettext_lazy("stands twice in the file"),
    "waiting": gettext_lazy("Waits for a decision already"),
    "personal_number": gettext_lazy("may be a NIK, which is kept nowhere"),
}
_KEY = re.compile("[0-9a-f]{12}")
_TABLE = WorkbookRow._meta.db_table
_PLACES = 100_000  # more than a row has errors: where one stands is told by one number, of its row and among its errors
_WRONG = f"""
    WITH wrong AS MATERIALIZED (
        SELECT position::bigint * {_PLACES} + place AS at, told ->> 'suggestion' IS NOT NULL AS is_suggested,
            hashtextextended(told ->> 'message', 0) AS message,
            left(md5(concat_ws('|', told ->> 'sheet', told ->> 'column', told ->> 'path', told ->> 'code',
                told ->> 'why')), 12) COLLATE "C" AS cause
        FROM {_TABLE}, jsonb_array_elements(errors) WITH ORDINALITY AS each(told, place)
        WHERE workbook_id = %s AND outcome = '{Outcome.BAD}'
    )
"""  # noqa: S608 -- our own names
_CAUSES = f"""{_WRONG}
    SELECT cause, count(*), count(*) FILTER (WHERE is_suggested), min(message) = max(message), min(at),
        (array_agg(at ORDER BY at))[CASE cause WHEN %s THEN %s ELSE 1 END : CASE cause WHEN %s THEN %s ELSE {FIRST} END]
    FROM wrong GROUP BY cause ORDER BY count(*) DESC, min(at), cause LIMIT {MOST + 1}
"""  # noqa: S608 -- as above
_ALL = f"{_WRONG} SELECT at FROM wrong WHERE cause = %s ORDER BY at LIMIT %s"  # noqa: S608 -- as above


@dataclass
class WrongCell:
    """A cell that is wrong, or a row as a whole."""

    record: int  # the position of the row that is judged: that of the record, for a line as well
    told: Told
    position: int  # of the row in which the cell stands
    place: int | None  # of its column; None: the row as a whole
    is_masked: bool  # its value must not be repeated
    row: WorkbookRow | None = None
    typed: str | None = None  # what somebody typed and is not kept
    problem: str = ""  # why it is not kept

    @property
    def text(self) -> str:
        """What stands there now; "" for what must not be repeated."""
        if self.row is None or self.place is None or self.place >= len(self.row.cells) or self.is_masked:
            return ""
        return shown(self.row.cells[self.place])

    @property
    def name(self) -> str:
        """How the input is called that mends it."""
        return f"cell-{self.position}-{self.place}"

    @property
    def shown(self) -> str:
        """What its input holds: what somebody typed last, or what stands there."""
        return self.text if self.typed is None else self.typed

    @property
    def title(self) -> str:
        """What the row is called."""
        return self.row.title if self.row else ""

    @property
    def record_text(self) -> str:
        """The position of the row that is judged, as a value of a form."""
        return str(self.record)

    @property
    def is_long(self) -> bool:
        """Whether it needs more than one line."""
        return len(self.shown) > LONG

    @property
    def in_file(self) -> str:
        """What the file says, where that is not what stands there now."""
        if self.row is None or self.is_masked:
            return ""
        return shown(self.row.mended.get(str(self.place)))


@dataclass
class Cause:
    """Equal errors of one column."""

    key: str
    times: int
    suggested: int
    example: Told
    is_one_message: bool
    lacks_column: bool = False  # whether the file has no column that is read as what is to be filled in
    first: int = 0  # how many of its cells stand on the pages before
    cells: list[WrongCell] = field(default_factory=list)

    @property
    def text(self) -> str:
        """What is wrong, in words."""
        code, message = self.example["code"], self.example["message"]
        if why := self.example.get("why"):
            return str(WHYS[why])
        if code in CAUSES:
            return str(CAUSES[code])
        return message if self.is_one_message else _("for example: %(example)s") % {"example": message}

    @property
    def says_all(self) -> bool:
        """Whether its text is all that there is to be said of each of its cells."""
        return self.is_one_message and self.text == self.example["message"]

    @property
    def rest(self) -> int:
        """How many of its cells are not shown yet."""
        return max(0, self.times - self.first - len(self.cells))


def causes(workbook: Workbook, *, asked: str = "", first: int = 0) -> list[Cause]:
    """What is to be mended. Of the cause `asked` the cells after the `first` are shown, of others the first few."""
    asked = asked if _KEY.fullmatch(asked) else ""
    with connection.cursor() as cursor:
        cursor.execute(_CAUSES, [workbook.pk, asked, first + 1, asked, first + PAGE])
        grouped = cursor.fetchall()
    errors = _errors(workbook, [at for *_said, example, some in grouped for at in (example, *some)])
    by_key = {
        key: Cause(
            key, times, suggested, errors[example], is_one_message, cells=[_cell(workbook, at, errors) for at in some]
        )
        for key, times, suggested, is_one_message, example, some in grouped
    }
    if asked in by_key:
        by_key[asked].first = first
    added = {(sheet["name"], place) for sheet in workbook.sheets for place in sheet.get("added", {}).values()}
    for cause in by_key.values():
        place = (cause.example["sheet"], column_of(cause.example["column"]))
        cause.lacks_column = cause.example["code"] == "required" and place in added
    cells = [cell for cause in by_key.values() for cell in cause.cells]
    rows = {row.position: row for row in workbook.rows.filter(position__in={cell.position for cell in cells})}
    for cell in cells:
        cell.row = rows.get(cell.position)
    return list(by_key.values())


def cells_of(workbook: Workbook, cause: str, most: int) -> Iterator[WrongCell]:
    """The cells of one cause, at most so many."""
    if not _KEY.fullmatch(cause):
        return iter(())
    with connection.cursor() as cursor:
        cursor.execute(_ALL, [workbook.pk, cause, most])
        places = [at for (at,) in cursor.fetchall()]
    errors = _errors(workbook, places)
    return (_cell(workbook, at, errors) for at in places)


def _errors(workbook: Workbook, places: Sequence[int]) -> dict[int, Told]:
    """What is told at these places, which `_WRONG` names. One query."""
    wanted: dict[int, list[int]] = {}
    for at in places:
        wanted.setdefault(at // _PLACES, []).append(at)
    rows = workbook.rows.filter(position__in=wanted).values_list("position", "errors")
    return {at: said.now(errors[at % _PLACES - 1]) for position, errors in rows for at in wanted[position]}


def _cell(workbook: Workbook, at: int, errors: Mapping[int, Told]) -> WrongCell:
    error = errors[at]
    position, place = position_of(workbook, error["sheet"], error["row"]), column_of(error["column"])
    is_masked = error["path"] in workbook.target.model.audience.masked
    return WrongCell(at // _PLACES, error, position, place, is_masked)
