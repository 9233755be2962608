"""What no field can hold, whatever it is of: numbers that are too large and days that are too early, in words."""

import datetime
import decimal
from collections.abc import Iterable

from django import forms
from django.core.exceptions import ValidationError

from disperin.ui import sentences
from disperin.ui.formats import number as in_figures
from disperin.ui.said import Said
from disperin.ui.said import gettext as _

LARGEST = 10**19 - 1  # of any number; columns hold less, and say so
# No law sets it: what an office dates is younger, so that an older day is a slip of the hand (year 1, year 203).
EARLIEST = datetime.date(1900, 1, 1)
_OF_LIMITS = {"min_value", "max_value", "max_digits", "max_decimal_places", "max_whole_digits"}


def out_of_bounds(field: forms.Field, number: float | decimal.Decimal) -> ValidationError:
    """The error of a number that no column holds, with the limit of its field, if that has one of its own."""
    limit, text, code = (
        (getattr(field, "max_value", None), sentences.TOO_MUCH, "max_value")
        if number > 0
        else (getattr(field, "min_value", None), sentences.TOO_LITTLE, "min_value")
    )
    # written out, 1e9999999 would be ten million figures
    is_endless = isinstance(number, decimal.Decimal) and number.adjusted() > 100
    params = {
        "show_value": str(number) if is_endless else _written(number),
        "limit_value": _written((LARGEST if number > 0 else -LARGEST) if limit is None else limit),
    }
    return ValidationError(text, code, params)


def too_early(day: datetime.date) -> ValidationError:
    """The error of a day before the earliest."""
    params = {"value": day.isoformat(), "earliest": EARLIEST.isoformat()}
    text = _("%(value)s is too early: days are accepted from %(earliest)s on. Check the year.")
    return ValidationError(text, "too_early", params)


def refuse_early(day: datetime.date) -> None:
    """Raises ValidationError for a day before the earliest."""
    if day < EARLIEST:
        raise too_early(day)


def write_figures(errors: Iterable[ValidationError]) -> None:
    """Let those of these ValidationErrors that are of limits say numbers as the reader's language writes them."""
    for error in errors:
        params = error.params or {}
        for name, value in params.items() if error.code in _OF_LIMITS else ():
            if isinstance(value, int | float | decimal.Decimal) and not isinstance(value, bool):
                params[name] = _written(value)


def _written(number: float | decimal.Decimal) -> Said:
    """A number as the reader's language writes it, if need be its beginning."""
    return Said(lambda: shown if len(shown := in_figures(number)) <= 100 else f"{shown[:100]}…")
