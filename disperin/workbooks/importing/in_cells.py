"""Lines of a record that stand in cells of its own row: “keripik, abon” are two products, of which names are known.

Or each has a column of its own: below “SLF” stands whether that document is there. Which parts may stand so says the
form of the register (`InFiles.in_cell`, `by_heading`). A record that is there loses no line by it: what it lacks is
added, and what a column of its own says otherwise is changed.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from disperin.registers.gate.in_bulk import Problem
from disperin.registers.values.terms import Row, Values
from disperin.ui.said import gettext as _
from disperin.workbooks.files.cells import Cell, Cells, flaw_of, shown
from disperin.workbooks.tables.columns import IN_CELL, NAMED
from disperin.workbooks.tables.joined import is_joined
from disperin.workbooks.tables.options import plain
from disperin.workbooks.tables.understanding import Reader, Understood

_COMMA = re.compile(r"\n|(?<!\d),|,(?!\d)")  # “Air 1,5 liter” is one thing
_SEMICOLON = re.compile(r"[;\n]")  # where there is one, commas belong to the names
_NUMBERED = re.compile(r"^(?:\d{1,2}[.)]|[-•*])\s+")
_TOLD = 200  # characters of a note

InCells = Mapping[int, tuple[str, str]]  # place of a column -> the part, and the field of its rows that it holds
Named = Mapping[str, tuple[str, str]]  # as of `InFiles.by_heading`


def in_cells(columns: Mapping[int, str]) -> InCells:
    """Which of these columns (`{place: name}`) hold lines."""
    pairs = {at: name.partition(IN_CELL) for at, name in columns.items() if IN_CELL in name and not is_joined(name)}
    return {at: (part, field) for at, (part, _dot, field) in pairs.items()}


def read_lines(
    cells: Cells, columns: InCells, readers: Mapping[str, Reader], understood: Understood, named: Named
) -> None:
    """Add to what was `understood` of a row the lines in its cells, with what is wrong and what is to be noted."""
    for at, (part, field) in columns.items():
        cell, name = cells[at] if at < len(cells) else None, f"{part}{IN_CELL}{field}"
        if NAMED in field:
            _read_named(cell, name, readers[part], understood, named[part][0])
            continue
        lines = list(understood.lines.get(part, ()))
        known = {plain(line[field]) for line in lines}
        for piece in _pieces(cell):
            line = readers[part].read([piece], {0: field})
            for problems, of_line in ((understood.errors, line.errors), (understood.warnings, line.warnings)):
                if field in of_line:
                    problems.setdefault(name, []).extend(of_line[field])
            value = line.values.get(field)
            if field not in line.empty and isinstance(value, str) and plain(value) not in known:
                known.add(plain(value))
                lines.append({field: value})
        if lines:
            understood.lines[part] = lines
        if flaw_of(cell) == "nik":
            understood.to_blank.append(name)
        if lines and [line[field] for line in lines] != [shown(cell).strip()]:
            understood.warnings.setdefault(name, []).append(_read_so(cell, [line[field] for line in lines]))


def _read_named(cell: Cell, name: str, reader: Reader, understood: Understood, named: str) -> None:
    """The same of a cell below the name of its line, such as “SLF”: an empty one says nothing of it."""
    part, _dot, field = name.partition(IN_CELL)
    answered, _sign, key = field.partition(NAMED)
    line = reader.read([cell], {0: answered})
    understood.to_blank += [name for _field in line.to_blank]
    if problems := line.errors.get(answered):
        understood.errors[name] = problems
    elif answered not in line.empty:
        understood.lines.setdefault(part, []).append({named: key, answered: line.values[answered]})


def with_lines(
    values: Values, lines: Mapping[str, Sequence[Row]], base: Values | None, fields: Mapping[str, str]
) -> None:
    """Lay these lines beside what `values` say of the parts already, or else beside the lines of `base`."""
    for part, some in lines.items():
        field = fields[part]
        rows, there = values.get(part), (base or {}).get(part) or []
        is_changed = False
        if rows is None:
            said = {plain(line[field]): line for line in some}
            rows = [
                {**said.get(plain(str(row.get(field) or "")), {}), "key": row["key"], field: row.get(field)}
                for row in there
            ]
            is_changed = any(old.get(name) != new[name] for old, new in zip(there, rows, strict=True) for name in new)
        known = {plain(str(row.get(field) or "")) for row in rows}
        new = [line for line in some if plain(line[field]) not in known]
        if new or is_changed:
            values[part] = [*rows, *new]


def _pieces(cell: Cell) -> Iterator[Any]:
    """What stands in a cell, one after the other; something that is no text as it is."""
    if not isinstance(cell, str):
        yield cell
        return
    for piece in (_SEMICOLON if ";" in cell else _COMMA).split(cell):
        if text := _NUMBERED.sub("", piece.strip()).strip():
            yield text


def _read_so(cell: Cell, names: Sequence[str]) -> Problem:
    text = _("“%(value)s” was read as: %(names)s.")
    values = {"value": shown(cell).strip()[:40], "names": "; ".join(names)[:_TOLD]}
    return Problem(text % values, "lines_in_cell")
