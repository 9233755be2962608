"""What the layout of a sheet says about one of its rows: see `disperin/workbooks/files/layout.py`."""

from bisect import bisect_left
from collections.abc import Mapping
from typing import Any

from django.forms import Field

from disperin.registers.gate.in_bulk import Problem
from disperin.ui.said import gettext as _
from disperin.workbooks.files.cells import shown
from disperin.workbooks.models import WorkbookRow
from disperin.workbooks.tables.columns import NUMBER, are_figures

Placed = list[tuple[str, Problem]]  # (name of the column, what is to be said)


def problems_of_layout(
    sheet: Mapping[str, Any], columns: Mapping[int, str], fields: Mapping[str, Field], row: WorkbookRow
) -> tuple[Placed, Placed]:
    """`(errors, notes)` of a row: other headings above it, what hides it, figures that were merged over rows.

    `sheet` is as a `Workbook` keeps it, `columns` `{place: name}` and `fields` those of the table.
    """
    errors: Placed = []
    notes: Placed = []
    if problem := _other_headings(sheet.get("other_headings", ()), row.number):
        errors.append((NUMBER, problem))
    if _is_hidden(sheet.get("hidden_rows", ()), row.number):
        text = _("This row is hidden in the file. Leave it out if it is not meant to be sent.")
        notes.append((NUMBER, Problem(text, "hidden_row")))
    if sheet.get("percent_unseen"):
        errors += _shares_in_two_ways(columns, fields, row)
    for at, first, last in sheet.get("repeated", ()):
        name = columns.get(at, "")
        is_there = first <= row.number <= last and str(at) not in row.mended
        if is_there and name in fields and are_figures(fields[name]):
            said = {"value": shown(row.cells[at])[:40] if at < len(row.cells) else "", "first": first, "last": last}
            text = _("“%(value)s” is merged over rows %(first)s to %(last)s; it was read for each of them.") % said
            notes.append((name, Problem(text, "merged_figure")))
    return errors, notes


def _shares_in_two_ways(columns: Mapping[int, str], fields: Mapping[str, Field], row: WorkbookRow) -> Placed:
    errors: Placed = []
    for at, name in columns.items():
        cell = row.cells[at] if at < len(row.cells) and str(at) not in row.mended else None
        is_share = name in fields and fields[name].widget.attrs.get("data-unit") == "%"
        if is_share and isinstance(cell, int | float) and not isinstance(cell, bool) and 0 < cell <= 1:
            values = {"value": shown(cell), "percent": f"{cell * 100:g}"}
            text = _("“%(value)s” may be %(percent)s%% or %(value)s%%. Write it with its sign, such as %(percent)s%%.")
            errors.append((name, Problem(text % values, "two_ways")))
    return errors


def _other_headings(headings: Any, number: int) -> Problem | None:
    """What to say where the last headings above a row are not those by which its table is read."""
    above = [heading for heading in headings if heading[0] < number]
    if not above or not above[-1][1]:
        return None
    values = {"row": above[-1][0], "headings": above[-1][1]}
    text = _(
        "From row %(row)s on other headings stand above the values (%(headings)s), so this row cannot be read by the "
        "first ones. Put that table on a sheet of its own, or in a file of its own."
    )
    return Problem(text % values, "other_headings")


def _is_hidden(runs: Any, number: int) -> bool:
    at = bisect_left(runs, number, key=lambda run: run[1])
    return at < len(runs) and bool(runs[at][0] <= number)
