"""Where a row stands in a file: its position counts on over all sheets, so that one number names it."""

from disperin.workbooks.models import Workbook

ROWS_OF_A_SHEET = 2_000_000  # more than any spreadsheet has


def position_in(sheet: int, number: int) -> int:
    """The position of a row of this sheet, as the spreadsheet counts its rows."""
    return sheet * ROWS_OF_A_SHEET + number


def position_of(workbook: Workbook, sheet: str, number: int) -> int:
    """The same of a sheet by its name."""
    names = [described["name"] for described in workbook.sheets]
    return position_in(names.index(sheet), number)
