"""Numbers as cells hold them: exact, or as offices write them. What was not written as a number alone is noted."""

import re
from contextlib import suppress
from decimal import Decimal, InvalidOperation
from typing import cast

from django import forms
from django.forms import Field
from django.utils.translation import override

from disperin.registers.gate.in_bulk import Problem
from disperin.registers.values.days import year_in
from disperin.registers.values.fields import WholeNumber
from disperin.registers.values.written import are_rupiah, as_offices_write, is_two_ways, is_year
from disperin.ui.characters import plain_forms
from disperin.ui.said import gettext as _
from disperin.workbooks.files.cells import Cell, shown
from disperin.workbooks.tables.refusing import NotUnderstood
from disperin.workbooks.tables.units import month_of

_SUM = re.compile(r",(?:0+|-+)\s*$")
_WHOLE_RUPIAH = re.compile(r"\b(?:rp|idr|rupiah)\b|,-+\s*$", re.IGNORECASE)  # an amount that names itself
_LEAST_WHOLE = 1_000  # rupiah: who writes Rp 250 below "in millions" means 250 millions


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
    if is_two_ways(field, text):
        message = _("“%(value)s” can be read in two ways. Write it without comma and full stop: 12000, or 12.")
        raise NotUnderstood(message % {"value": shown(cell)[:40]}, "two_ways")
    exact = _exact(field, text)
    number, has_scale = (exact, False) if exact is not None else as_offices_write(field, text)
    if number is None:
        raise _no_number(cell)
    is_whole = are_rupiah(field) and bool(_WHOLE_RUPIAH.search(text)) and not has_scale
    if is_whole and times > month_of(times) and number >= _LEAST_WHOLE:
        message = _(
            "“%(value)s” names its rupiah, while its heading says times %(times)s. Write the figure as the heading "
            "says, or its scale behind it, such as 15 juta."
        )
        raise NotUnderstood(message % {"value": shown(cell)[:40], "times": _plain(times)}, "two_ways")
    by = month_of(times) if has_scale else times
    fitting = _fitting(field, number if by == 1 else number * by, cell)  # times 1 would round beyond 28 digits
    is_told = exact is None or (is_whole and times > 1)
    return fitting, [_read_as(cell, fitting, "written")] if is_told else []


def _exact(field: Field, text: str) -> Decimal | None:
    """The number of a text that is one, in Indonesian (1.250,5) or as programs write it (1250.5); None for others."""
    if not isinstance(field, forms.DecimalField) and _SUM.search(text):
        return None  # “,00” and “,-” are read, and noted
    with override("id"), suppress(ValueError, InvalidOperation):
        exact = Decimal(cast(WholeNumber, field).from_text(text))
        return exact if exact.is_finite() else None
    return Decimal(text) if re.fullmatch(r"-?[0-9]{1,18}(\.[0-9]{1,18})?", text) else None


def _fitting(field: Field, number: Decimal, cell: Cell) -> float:
    """The number as JSON; a fraction is refused where only a whole one can be."""
    if number == number.to_integral_value():
        return int(number)
    if not isinstance(field, forms.DecimalField):
        text = _("%(value)s has a fraction; write a whole number.")
        raise NotUnderstood(text % {"value": shown(cell)[:40]}, "invalid")
    return float(number)


def _year_of_day(cell: Cell) -> int | None:
    """The year of a date, or of a month, that stands in a column of years; None where there is none."""
    if isinstance(cell, dict):
        return int((cell.get("date") or "0")[:4]) or None
    return year_in(shown(cell))


def _read_as(cell: Cell, number: float, code: str) -> Problem:
    text = _("“%(value)s” was read as %(number)s.")
    return Problem(text % {"value": shown(cell)[:40], "number": _plain(number)}, code)


def _plain(number: float | Decimal) -> str:
    return f"{number:,}".replace(",", ".") if isinstance(number, int) and number >= 10_000 else str(number)


def _no_number(cell: Cell) -> NotUnderstood:
    return NotUnderstood(_("“%(value)s” is not a number. Write digits only.") % {"value": shown(cell)[:40]}, "invalid")
