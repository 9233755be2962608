"""The printed tables as files: a spreadsheet, and a paper on wide sheets."""

import datetime
import io
from collections.abc import Sequence
from decimal import Decimal

from django.conf import settings
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from disperin.papers.official import OfficialPaper, Passage, Table, official_pdf
from disperin.papers.sample import sample_mark
from disperin.planning.models import TablePaper
from disperin.planning.models.printed import Cell, Printed
from disperin.planning.rules.layouts import Layout
from disperin.ui.formats import day, number
from disperin.workbooks.files import sheets
from disperin.workbooks.files.filling import ROW, Template

_WIDEST = 18  # letters; longer texts take several lines


def as_sheet(table: Printed, on: datetime.date) -> bytes:
    """The table as .xlsx: headings, rows, and below them as of which day."""
    made = io.BytesIO()
    with sheets.a_file(made) as file:
        sheet = file.sheet(table.title, table.headings)
        for at, row in enumerate(table.rows, start=1):
            for place, cell in enumerate(row):
                file.write(sheet, at, place, _plain(cell))
        file.write(sheet, len(table.rows) + 2, 0, table.title)
        file.write(sheet, len(table.rows) + 3, 0, _footer(on))
        if table.is_cut:
            file.write(sheet, len(table.rows) + 4, 0, _cut())
    return made.getvalue()


def as_filled(table: Printed, names: Sequence[str], template: Template, on: datetime.date) -> bytes:
    """The table in a workbook of the office: `names` say what stands in each column of the table."""
    rows = [dict(zip(names, map(_plain, row), strict=True)) for row in table.rows]
    footer = _footer(on) + (f" {_cut()}" if table.is_cut else "")
    whole = {"judul": table.title, "kantor": str(settings.PROVINCE.office), "hari": footer}
    return template.fill({**whole, **table.years}, rows)


def as_blank(layout: Layout) -> bytes:
    """A workbook with the columns of a layout that may be changed and brought back: names in braces are filled in."""
    made = io.BytesIO()
    with sheets.a_file(made) as file:
        sheet = file.sheet(layout.title, [heading for heading, _name in layout.columns])
        for place, name in enumerate(layout.names):
            file.write(sheet, 1, place, f"{{{ROW}{name}}}")
        for below, name in enumerate(("judul", "kantor", "hari"), start=3):
            file.write(sheet, below, 0, f"{{{name}}}")
    return made.getvalue()


def as_paper(table: Printed, on: datetime.date, words: TablePaper | None = None) -> bytes:
    """The table as PDF, on sheets of A3 across; headed and signed as the office laid it down."""
    rows = [[_in_words(cell) for cell in row] for row in table.rows]
    widths = [_width([heading, *(row[at] for row in rows)]) for at, heading in enumerate(table.headings)]
    said = [_cut()] if table.is_cut else [] if rows else [_("No indicator belongs into this table yet.")]
    return official_pdf(
        OfficialPaper(
            title=table.title,
            head=(words.head if words else "") or str(settings.PROVINCE.office),
            heading=table.title,
            facts=[],
            passages=[Passage("", said, Table(table.headings, widths, rows) if rows else None)],
            signatures=words.sides if words else [],
            name_label=_("Name"),
            footer=_("As the register of indicators stands on %(day)s.") % {"day": day(on)},
            page=_("Page {page} of {pages}"),
            language=get_language() or "id",
            mark=sample_mark(),
            is_wide=True,
        )
    )


def _width(texts: list[str]) -> float:
    """The share of a column: its longest word, which cannot be broken, or the beginning of its longest text."""
    words = [word for text in texts for word in text.split()]
    return 1.0 + max(max(map(len, words), default=1), min(max(map(len, texts)), _WIDEST))


def _plain(cell: Cell) -> int | float | str | None:
    """As spreadsheets take numbers: whole ones as they are, others with their decimals."""
    if isinstance(cell, Decimal):
        return int(cell) if cell == cell.to_integral_value() else float(cell)
    return cell


def _in_words(cell: Cell) -> str:
    return number(cell) if isinstance(cell, int | Decimal) else cell or "–"


def _footer(on: datetime.date) -> str:
    """As of which day the figures are; that they are of the sample where they are."""
    told = _("As the register of indicators stands on %(day)s.") % {"day": day(on)}
    return " – ".join(filter(None, [sample_mark(), told]))


def _cut() -> str:
    return _("There are more indicators than one table holds. Narrow the list and export it instead.")
