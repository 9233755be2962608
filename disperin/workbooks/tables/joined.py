"""Columns that belong to one field: “No HP 1” and “No HP 2”, “Shopee” and “Tokopedia”, “Alamat” and “RT/RW”.

One is read as the field, the others say in the mapping that they are joined to it (`+phone`), so that headings are
remembered so, too. What is joined is read as one cell: what of it cannot be kept is told like anything else.
"""

from collections.abc import Container, Mapping, Sequence
from typing import Any

from django import forms

from disperin.registers.values.fields import TextList
from disperin.workbooks.files.cells import Cell, Cells, flaw_of, is_blank, shown
from disperin.workbooks.tables.columns import Table

JOINED = "+"
_NOTHING = " .-–—"  # signs of an empty cell: they join nothing

Joined = Mapping[int, Sequence[int]]  # place of the column that is read -> those that are joined to it


def is_joined(name: str) -> bool:
    """Whether a column, as a mapping names it, is read together with another one."""
    return name.startswith(JOINED)


def lists_of(table: Table) -> set[str]:
    """The columns of a table whose cells may hold several things: lists, telephones, lines of a part."""
    lists = (name for name, field in table.fields.items() if isinstance(field, TextList | forms.MultipleChoiceField))
    return {*lists, *table.form.in_files.phones, *(column.name for column in table.in_cells)}


def joinable(table: Table) -> set[str]:
    """What several columns of a table may say together: the same, and texts; no codes, no figures, no days."""
    return lists_of(table) | {name for name, field in table.fields.items() if type(field) is forms.CharField}


def settled(columns: Mapping[Any, str]) -> dict[Any, str]:
    """The same columns (`{place: name}`) where what is joined to one that the file does not have is read by itself."""
    read = {*columns.values()}
    names = dict(columns)
    for place in sorted(columns, key=int):
        own = columns[place].removeprefix(JOINED)
        if own not in read:
            names[place] = own
            read.add(own)
    return names


def joined_in(columns: Mapping[int, str]) -> dict[int, list[int]]:
    """Which of these columns (`{place: name}`) are joined to which."""
    places = {name: at for at, name in columns.items()}
    together: dict[int, list[int]] = {}
    for at in sorted(at for at, name in columns.items() if is_joined(name)):
        if (target := places.get(columns[at].removeprefix(JOINED))) is not None:
            together.setdefault(target, []).append(at)
    return together


def with_joined(
    cells: Cells, joined: Joined, headings: Sequence[str], *, lists: Container[int], mended: Container[str]
) -> Cells:
    """The cells of a row, each with what is joined to it; one that was mended by hand says all by itself.

    `lists` are the places of columns that hold several things, one a line; elsewhere stands one text.
    """
    whole = list(cells)
    for target, others in joined.items():
        pieces = [(at, cells[at]) for at in (target, *others) if at < len(cells) and not _says_nothing(cells[at])]
        if str(target) in mended or all(at == target for at, _cell in pieces):
            continue
        flawed = [cell for _at, cell in pieces if flaw_of(cell)]
        whole += [None] * (target + 1 - len(whole))
        if flawed or len(pieces) == 1:
            whole[target] = (flawed or [cell for _at, cell in pieces])[0]
        elif target in lists:
            whole[target] = "\n".join(shown(cell).strip() for _at, cell in pieces)
        else:
            whole[target] = ", ".join(_told(at, cell, target, headings) for at, cell in pieces)
    return whole


def _told(at: int, cell: Cell, target: int, headings: Sequence[str]) -> str:
    """A cell beside the one that is read; one without a word, such as 003/001, says by its heading what it is."""
    text = shown(cell).strip()
    is_bare = at != target and not any(sign.isalpha() for sign in text)
    return f"{headings[at]} {text}" if is_bare and at < len(headings) and headings[at] else text


def _says_nothing(cell: Cell) -> bool:
    return is_blank(cell) or (isinstance(cell, str) and not cell.strip(_NOTHING))
