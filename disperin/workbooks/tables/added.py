"""Columns that a file lacks: the same value for all its rows, or cells to be filled in where a field is mandatory.

They stand to the right of all that the file holds, so that their cells are mended like any other. A blank one says
nothing: a record that is there keeps what it has. Sheets and what their columns are read as come as a file keeps them.
"""

from collections.abc import Iterable, Mapping
from typing import Any

from disperin.workbooks.files.cells import Cells, is_blank
from disperin.workbooks.tables.columns import Table, field_and_version

FILLED = ("regency",)  # the file was sent for one, and its rows need not say so

Same = Mapping[int, str]  # what a blank cell of each added column means, by its place; "" for nothing


def columns_of_file(sheet: Mapping[str, Any], mapping: Mapping[str, Any]) -> dict[str, str]:
    """What the columns are that the file itself has, as `mapping["columns"]`."""
    added = {str(place) for place in sheet.get("added", {}).values()}
    return {place: name for place, name in mapping["columns"].items() if place not in added}


def lacking(table: Table, columns: Iterable[str]) -> list[str]:
    """The mandatory fields of a table, without a default, that no column (as a mapping names it) is read as."""
    known = {field_and_version(name)[0] for name in columns} | {*FILLED}
    return [
        column.name
        for column in table.columns
        if column.required and not column.field.initial and column.name not in known
    ]


def same_of(sheet: Mapping[str, Any], mapping: Mapping[str, Any]) -> Same:
    """The added columns of a sheet, with the value that all its rows are given there."""
    same = mapping.get("same", {})
    read = {int(place): name for place, name in mapping["columns"].items()}
    return {
        place: same.get(field_and_version(read[place])[0], "")
        for place in sheet.get("added", {}).values()
        if place in read
    }


def filled(cells: Cells, same: Same) -> Cells:
    """The cells of a row with those of added columns."""
    if not any(same.values()):
        return cells
    whole = cells + [None] * (max(same) + 1 - len(cells))
    for place, text in same.items():
        if text and is_blank(whole[place]):
            whole[place] = text
    return whole
