"""Numbers as cells hold them: exact, or as offices write them. What was not written as a number alone is noted."""

import re
from contextlib import suppress
from decimal import Decimal, InvalidOperation
from typing import cast

from django import forms
from django.forms import Field
from django.utils.translation import override

from disperin.registers.gate.in_bulk import Problem
from disperin.registers.values.days import day_in
from disperin.registers.values.fields import Degrees, WholeNumber
from disperin.ui.characters import plain_forms
from disperin.ui.formats import TWO_FIGURES
from disperin.ui.said import gettext as _
from disperin.workbooks.files.cells import Cell, shown
from disperin.workbooks.tables.columns import are_rupiah, is_year
from disperin.workbooks.tables.refusing import NotUnderstood

_SCALES = {
    "ribu": 1_000, "rb": 1_000, "juta": 1_000_000, "jt": 1_000_000, "miliar": 1_000_000_000, "milyar": 1_000_000_000,
    "m": 1_000_000_000, "triliun": 1_000_000_000_000, "t": 1_000_000_000_000,
}  # fmt: skip
_MONEY_ONLY = {"m", "t"}
_BEFORE = re.compile(r"^(?:±|\+/-|\+-|~|≈|kurang lebih|lebih kurang|sekitar|kira[- ]kira|kl\.?|(?:th|thn|tahun)\.?)\s*")
_CURRENCY = re.compile(r"^(?:rp|idr)\.?\s*")
_END_OF_MONEY = re.compile(r"\s*[,.]\s*(?:-|–|—|=)+$")
_NUMBER = r"(?P<number>-?[0-9][0-9.,' ]*[0-9]|-?[0-9])"
_WRITTEN = re.compile(rf"{_NUMBER}\s*(?:(?P<scale>{'|'.join(_SCALES)})(?![a-z]))?\.?\s*(?P<unit>[a-z%/. ]*)")
_UNITS = re.compile(
    r"(?:orang|org|or|jiwa|pekerja|karyawan|tenaga kerja|people|unit|buah|bh|pcs|biji|kg|kilogram|kuintal|kwintal|ton|"
    r"liter|ltr|meter|ha|lembar|lbr|potong|ptg|bungkus|bks|botol|btl|kodi|pasang|set|pak|pack|dus|persen|%|tahun|thn)?"
    r"\.?\s*(?:(?:/|per ?) ?(?:tahun|thn|th))?\.?"
)
_MONEY_UNITS = re.compile(r"(?:rupiah|rp)?\.?\s*(?:(?:/|per ?) ?(?:tahun|thn|th))?\.?")
_IN_WORDS = re.compile(r"\((?:se|satu|dua|tiga|empat|lima|enam|tujuh|delapan|sembilan)[a-z ]*\)")  # 5 (lima) orang
_SUM = re.compile(r",(?:0+|-+)\s*$")
_TWO_WAYS = re.compile(r"(?<![0-9.,])[0-9]{1,3},000(?![0-9.,])")  # 12,000: a fraction here, thousands elsewhere
_BY_COMMA = re.compile(r"-?[0-9]{1,3}(?:,[0-9]{3}){2,}(?:\.0+)?|-?[0-9]{1,3}(?:,[0-9]{3})+\.[0-9]+")


def number_in(field: Field, cell: Cell, times: int = 1) -> tuple[float, list[Problem]]:
    """`(number, notes)` of a cell: its number, multiplied by `times`, and Problems that say how it was read."""
    if isinstance(cell, int | float) and not isinstance(cell, bool):
        return _fitting(field, Decimal(repr(cell)) * times, cell), []
    if is_year(field) and (year := _year_of_day(cell)):
        return year, [_read_as(cell, year, "year_of_day")]
    if isinstance(cell, dict):
        message = _("This is a date, not a number. Set the format of the cell to “Number”, then type it anew.")
        raise NotUnderstood(message, "date")
    text = plain_forms(shown(cell)).strip().lstrip("'").strip()
    exact = _exact(field, text)
    if exact is not None:
        return _fitting(field, exact if times == 1 else exact * times, cell), []
    if not isinstance(field, forms.DecimalField) and _TWO_WAYS.search(text):
        message = _("“%(value)s” can be read in two ways. Write it without the comma: 12000, or 12.")
        raise NotUnderstood(message % {"value": shown(cell)[:40]}, "two_ways")
    number, has_scale = _as_offices_write(field, text)
    if number is None:
        raise _no_number(cell)
    fitting = _fitting(field, number if has_scale or times == 1 else number * times, cell)
    return fitting, [_read_as(cell, fitting, "written")]


def _exact(field: Field, text: str) -> Decimal | None:
    """The number of a text that is one, in Indonesian (1.250,5) or as programs write it (1250.5); None for others."""
    if not isinstance(field, forms.DecimalField) and _SUM.search(text):
        return None  # “,00” and “,-” are read, and noted
    with override("id"), suppress(ValueError, InvalidOperation):
        exact = Decimal(cast(WholeNumber, field).from_text(text))
        return exact if exact.is_finite() else None
    return Decimal(text) if re.fullmatch(r"-?[0-9]{1,18}(\.[0-9]{1,18})?", text) else None


def _as_offices_write(field: Field, text: str) -> tuple[Decimal | None, bool]:
    """`(number, whether the text names its scale)`: Rp 1.250.000,-; 15 jt; ±5 orang; 1,250,000. None for others."""
    if isinstance(field, Degrees) or len(text) > 60 or TWO_FIGURES.search(text):
        return None, False
    text = " ".join(_IN_WORDS.sub(" ", text.lower()).split())
    is_money = are_rupiah(field)
    text = _BEFORE.sub("", text)
    if is_money:
        text = _END_OF_MONEY.sub("", _CURRENCY.sub("", text))
    match = _WRITTEN.fullmatch(text)
    if not match or not (_MONEY_UNITS if is_money else _UNITS).fullmatch(match["unit"].strip()):
        return None, False
    number, scale = match["number"].replace(" ", ""), match["scale"]
    if scale and (is_year(field) or (scale in _MONEY_ONLY and not is_money)):
        return None, False
    exact: Decimal | None
    if _BY_COMMA.fullmatch(number):
        exact = Decimal(number.replace(",", ""))
    elif scale and re.fullmatch(r"[0-9]{1,3}\.[0-9]{1,2}", number):  # 2.5 juta can be nothing else
        exact = Decimal(number)
    else:
        exact = _indonesian(number)
    return (None if exact is None else exact * _SCALES.get(scale, 1)), bool(scale)


def _indonesian(text: str) -> Decimal | None:
    """A number in which full stops group thousands and a comma begins the fraction; None for anything else."""
    match = re.fullmatch(r"(-?)([0-9]{1,3}(?:\.[0-9]{3})+|[0-9]+)(?:,([0-9]+))?", text)
    return Decimal(f"{match[1]}{match[2].replace('.', '')}.{match[3] or 0}") if match else None


def _fitting(field: Field, number: Decimal, cell: Cell) -> float:
    """The number as JSON; a fraction is refused where only a whole one can be."""
    if number == number.to_integral_value():
        return int(number)
    if not isinstance(field, forms.DecimalField):
        text = _("%(value)s has a fraction; write a whole number.")
        raise NotUnderstood(text % {"value": shown(cell)[:40]}, "invalid")
    return float(number)


def _year_of_day(cell: Cell) -> int | None:
    """The year of a date that stands in a column of years; 0 where there is none."""
    day = cell.get("date") if isinstance(cell, dict) else (day_in(shown(cell)) or [""])[0]
    return int((day or "0")[:4])


def _read_as(cell: Cell, number: float, code: str) -> Problem:
    text = _("“%(value)s” was read as %(number)s.")
    return Problem(text % {"value": shown(cell)[:40], "number": _plain(number)}, code)


def _plain(number: float | Decimal) -> str:
    return f"{number:,}".replace(",", ".") if isinstance(number, int) and number >= 10_000 else str(number)


def _no_number(cell: Cell) -> NotUnderstood:
    return NotUnderstood(_("“%(value)s” is not a number. Write digits only.") % {"value": shown(cell)[:40]}, "invalid")
