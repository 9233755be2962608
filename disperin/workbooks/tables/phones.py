"""Telephone numbers as cells hold them: without their first 0, two at once, with a remark. What was done is noted."""

import re
from collections.abc import Callable, Iterator, Sequence
from typing import Any

from disperin.registers.gate.in_bulk import Problem
from disperin.ui.said import gettext as _
from disperin.workbooks.files.cells import Cell, shown

_BETWEEN = re.compile(r"\s*(?:[/;,|&\n]|\bdan\b|\batau\b)\s*", re.IGNORECASE)
_MAY_BEGIN = re.compile(r"\s+(?=(?:0|\+?62)[0-9]{2})")  # another number, or a group of digits of the same
MOST_PIECES = 8  # of a text without signs between its numbers
_EXTENSION = re.compile(r"\b(?:ext|ekst|psw|pes|pesawat|extension)\b.*", re.IGNORECASE)
_WITHOUT_ZERO = re.compile(r"8[0-9]{8,11}")
_LETTER_FOR_DIGIT = re.compile(r"(?<![a-z])[oil](?=[0-9])", re.IGNORECASE)  # O812…: typed for 0, and no remark
_REMARK = re.compile(r"\([^()0-9]*\)|(?<![0-9a-z])[a-z][a-z. ]*[.:]?|:", re.IGNORECASE)


def phone_in(cell: Cell, tidied: Callable[[str, Any], Any], name: str) -> tuple[str, list[Problem]]:
    """`(text, notes)` of a cell with telephone numbers: the first that is one. `tidied(name, text)` knows which are.

    A text in which none is found is given as it is: the form says what is wrong.
    """
    text = shown(cell).strip().lstrip("'").strip()
    if _is_one(text, tidied, name):
        return text, []
    parts = [part for part in _BETWEEN.split(_single_blanks(text)) if re.search("[0-9]", part)]
    for part in parts:
        if numbers := _numbers(part, tidied, name):
            number, digits = numbers[0]
            return number, [_note(text, number, digits, is_first=len(parts) + len(numbers) > 2)]
    return text, []


def _single_blanks(text: str) -> str:
    """A text whose blanks stand alone: over each longer run of them, what looks for signs would go again and again."""
    return "\n".join(filter(None, (" ".join(line.split()) for line in text.splitlines())))


def _numbers(part: str, tidied: Callable[[str, Any], Any], name: str) -> list[tuple[str, str]]:
    """`(number, its digits)` of each in a text without signs between them; none where it can be read in several ways.

    A blank before a 0 stands between two numbers or within one: it parts them only where both sides are whole numbers.
    """
    whole = _bare(part)
    if _is_one(whole[0], tidied, name):
        return [whole]
    pieces = _MAY_BEGIN.split(part)
    if not 1 < len(pieces) <= MOST_PIECES:
        return []
    ways = [[_bare(group) for group in groups] for groups in _groupings(pieces)]
    ways = [some for some in ways if all(_is_one(number, tidied, name) for number, _digits in some)]
    return ways[0] if len(ways) == 1 else []


def _groupings(pieces: Sequence[str]) -> Iterator[list[str]]:
    """Every way to join neighbours."""
    if not pieces:
        yield []
    for end in range(1, len(pieces) + 1):
        for rest in _groupings(pieces[end:]):
            yield [" ".join(pieces[:end]), *rest]


def _bare(text: str) -> tuple[str, str]:
    """`(number, its digits)`: without extension and remarks, with the 0 that a spreadsheet leaves out."""
    bare = _EXTENSION.sub("", text).strip()
    if not _LETTER_FOR_DIGIT.search(bare):
        bare = _REMARK.sub("", bare).strip()
    digits = re.sub(r"[\s.\-\u2010-\u2015()]", "", bare)
    return (f"0{digits}" if _WITHOUT_ZERO.fullmatch(digits) else bare), digits


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
