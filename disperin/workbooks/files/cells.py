"""What stands in a cell, ready to be kept as JSON.

A cell is None (blank), a text, a whole number or one with a fraction, True or False, `{"date": "2026-03-04"}`, or a
flaw: `{"flaw": "formula"}` for a formula whose result the file does not hold, `{"flaw": "error", "text": "#REF!"}` for
one that failed, `{"flaw": "picture"}` for what Excel alone can show, `{"flaw": "nik"}` where a person's number stood,
which is kept nowhere.
"""

import datetime
import re
from decimal import Decimal, InvalidOperation
from string import ascii_uppercase
from typing import Any

from disperin.registers.values.identity import find_nik

Cell = bool | float | str | dict[str, str] | None
Cells = list[Any]  # of one row
FLAWS = ("formula", "error", "picture", "nik")
_EPOCH = datetime.datetime(1899, 12, 30)  # noqa: DTZ001 -- a cell has no zone
_EPOCH_1904 = datetime.datetime(1904, 1, 1)  # noqa: DTZ001 -- as above
_ERROR = re.compile(r"#(?:DIV/0!|NAME\?|NULL!|NUM!|REF!|VALUE!|SPILL!|CALC!)|Err:[0-9]{3}|#{3,}", re.IGNORECASE)
_UNFIT, _NO_CHARACTER = re.compile("[\x00\ud800-\udfff]"), "\ufffe"  # neither can stand in the database
_LAST_SERIAL = 2_958_466  # 1 January 10000


def flaw(kind: str, text: str = "") -> dict[str, str]:
    """A cell that cannot be read by its value."""
    return {"flaw": kind, "text": text} if text else {"flaw": kind}


def flaw_of(cell: Cell) -> str:
    """Which flaw a cell has, or ""."""
    return cell.get("flaw", "") if isinstance(cell, dict) else ""


def is_blank(cell: Cell) -> bool:
    """Whether nothing was entered: blanks alone are nothing."""
    return cell is None or (isinstance(cell, str) and not cell.strip())


def shown(cell: Cell) -> str:
    """The cell as a text that people recognise."""
    if cell is None:
        return ""
    if isinstance(cell, bool):
        return "TRUE" if cell else "FALSE"
    if isinstance(cell, dict):
        return cell.get("date") or cell.get("text", "")
    if isinstance(cell, float):
        return format(Decimal(repr(cell)), "f")
    return str(cell)


def number(text: str) -> Any:
    """The cell of a number as files write it ("12", "6.3E+12"): whole where it is whole, else with its fraction."""
    if text.isascii() and text.isdigit() and len(text) < 20:
        return int(text)
    try:
        exact = Decimal(text)
    except InvalidOperation:
        return text
    if not exact.is_finite() or exact.adjusted() > 20 or exact.adjusted() < -20:
        return text[:40]
    return int(exact) if exact == exact.to_integral_value() else float(exact)


def day_of(serial: float, *, since_1904: bool = False) -> Cell:
    """The cell of a day number as spreadsheets keep it; the number itself where it is none."""
    if not isinstance(serial, int | float) or not 0 < serial < _LAST_SERIAL:
        return serial
    moment = (_EPOCH_1904 if since_1904 else _EPOCH) + datetime.timedelta(days=serial)
    return {"date": moment.date().isoformat()}


def clock_of(serial: float) -> Cell:
    """The text of a time of day as spreadsheets keep it, a fraction of a day."""
    if not isinstance(serial, int | float) or not 0 <= serial < _LAST_SERIAL:
        return serial
    minutes = round(serial * 24 * 60)
    return f"{minutes // 60:02d}:{minutes % 60:02d}"


def fit_to_keep(cell: Cell) -> Cell:
    """The cell as it may be kept: without characters that cannot be stored, and a flaw where a NIK stood.

    In the place of such a character stands one that is refused by its name: left out, it would make another word.

    So is what a file of texts holds of a formula that failed, or of a column too narrow for its figures; #N/A is what
    people write where there is nothing.

    A fraction has the 15 digits that a spreadsheet shows: 1249999.9999999998 comes of counting, and is 1250000.

    A spreadsheet keeps 15 digits of a number, so that a NIK typed as one has lost its last: it is known by the others.
    """
    if isinstance(cell, str):
        if not cell.isascii() or "\x00" in cell:
            cell = _UNFIT.sub(_NO_CHARACTER, cell.rstrip("\x00"))
        if _ERROR.fullmatch(text := cell.strip()):
            return flaw("error", text[:20])
        return flaw("nik") if find_nik(cell) else cell
    if isinstance(cell, float):
        cell = number(f"{cell:.15g}")
    if isinstance(cell, int | float) and not isinstance(cell, bool) and 10**15 <= cell < 10**16:
        digits = str(int(cell))
        lost = digits[:-1] + ("1" if digits.endswith("0") else digits[-1])
        return flaw("nik") if find_nik(digits) or find_nik(lost) else cell
    return cell


def letters(column: int) -> str:
    """The name of a column in a spreadsheet: 0 is A, 26 is AA."""
    name = ""
    column += 1
    while column:
        column, rest = divmod(column - 1, 26)
        name = chr(65 + rest) + name
    return name


def place_of(reference: str) -> tuple[int, int | None]:
    """`(row, column)` of a reference such as B12: row 12, column 1, for rows are counted from 1."""
    return int(reference.lstrip(ascii_uppercase)), column_of(reference)


def column_of(reference: str | None) -> int | None:
    """The column of a reference such as B12, counted from 0; None where none is named, or one that no sheet has."""
    return _COLUMNS.get(reference.rstrip("0123456789")) if reference else None


_COLUMNS = {letters(column): column for column in range(16_384)}
