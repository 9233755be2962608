"""Dates as cells hold them, and as people write them: 31/12/2025, 31-Des-25, Rabu, 31 Desember 2025, with a time."""

from disperin.registers.gate.in_bulk import Problem
from disperin.registers.values.days import day_in
from disperin.ui.said import gettext as _
from disperin.workbooks.files.cells import Cell, shown
from disperin.workbooks.tables.refusing import NotUnderstood


def day_of_cell(cell: Cell) -> tuple[str, list[Problem]]:
    """`(ISO 8601 of the day, notes)` of a date cell or of a text. Raises NotUnderstood."""
    if isinstance(cell, dict):
        return cell["date"], []
    text = shown(cell).strip().lstrip("'").strip()
    if reading := day_in(text):
        day, is_midnight = reading
        note = _("“%(value)s” was read as the day %(day)s; the time was left out.") % {"value": text[:40], "day": day}
        return day, [] if is_midnight else [Problem(note, "time_left_out")]
    message = _("“%(value)s” is not a date. Write day/month/year, such as 31/12/2025.") % {"value": text[:40]}
    raise NotUnderstood(message, "invalid")
