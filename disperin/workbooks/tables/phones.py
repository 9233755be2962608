"""Telephone numbers as cells hold them: without their first 0, two at once, with a remark. What was done is noted."""

import re
from collections.abc import Callable
from typing import Any

from disperin.registers.gate.in_bulk import Problem
from disperin.ui.said import gettext as _
from disperin.workbooks.files.cells import Cell, shown

_BETWEEN = re.compile(r"\s*(?:[/;,|&\n]|\bdan\b|\batau\b)\s*|\s+(?=(?:0|\+?62)[0-9]{2})", re.IGNORECASE)
_EXTENSION = re.compile(r"\b(?:ext|ekst|psw|pes|pesawat|extension)\b.*", re.IGNORECASE)
_WITHOUT_ZERO = re.compile(r"8[0-9]{8,11}")
_REMARK = re.compile(r"\([^()0-9]*\)|(?<![0-9a-z])[a-z][a-z. ]*[.:]?|:", re.IGNORECASE)


def phone_in(cell: Cell, tidied: Callable[[str, Any], Any], name: str) -> tuple[str, list[Problem]]:
    """`(text, notes)` of a cell with telephone numbers: the first that is one. `tidied(name, text)` knows which are.

    A text in which none is found is given as it is: the form says what is wrong.
    """
    text = shown(cell).strip().lstrip("'").strip()
    if _is_one(text, tidied, name):
        return text, []
    parts = [part for part in _BETWEEN.split(text) if re.search("[0-9]", part)]
    for part in parts:
        bare = _REMARK.sub("", _EXTENSION.sub("", part)).strip()
        digits = re.sub(r"[\s.\-\u2010-\u2015()]", "", bare)
        number = f"0{digits}" if _WITHOUT_ZERO.fullmatch(digits) else bare
        if _is_one(number, tidied, name):
            return number, [_note(text, number, digits, is_first=len(parts) > 1)]
    return text, []


def _is_one(text: str, tidied: Callable[[str, Any], Any], name: str) -> bool:
    return tidied(name, text).startswith("+")


def _note(text: str, number: str, digits: str, *, is_first: bool) -> Problem:
    values = {"value": text[:60], "number": number}
    if is_first:
        return Problem(_("“%(value)s” holds several numbers; %(number)s was read.") % values, "several_numbers")
    if number == f"0{digits}":
        message = _("“%(value)s” was read as %(number)s: a spreadsheet leaves out the 0 at the beginning.")
        return Problem(message % values, "zero_lost")
    return Problem(_("“%(value)s” was read as %(number)s.") % values, "remark_left_out")
