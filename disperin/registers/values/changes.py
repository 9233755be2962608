"""What changed between two states of a record, and how two changes are brought together. Pure: dicts in, dicts out.

A state is canonical values: `{"name": "…", "products": [{"key": "…", "name": "…"}, …]}`. A path is a field (`name`),
a row (`products.<key>`) or a field of a row (`products.<key>.name`).
"""

from collections.abc import Container, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from disperin.registers.values.terms import Path, Row, RowKey, Values

Choices = Mapping[Path, str]  # "proposed" or "current"


@dataclass(frozen=True)
class Change:
    """One path whose value differs. A row that is new has `old` None, a row that is gone has `new` None."""

    path: str
    old: object
    new: object


@dataclass(frozen=True)
class Conflict:
    """One path that both sides changed, to different values, since `base`."""

    path: str
    base: object
    proposed: object
    current: object


@dataclass
class Overlay:
    """The outcome of bringing a proposal onto the current state."""

    values: Values
    conflicts: list[Conflict] = field(default_factory=list)


def differences(before: Values, after: Values, parts: Container[str]) -> list[Change]:
    """The changes from `before` to `after`, in the order of `after`, row by row."""
    changes = []
    for name in dict.fromkeys([*after, *before]):
        old, new = before.get(name), after.get(name)
        if name not in parts:
            if not same(old, new):
                changes.append(Change(name, old, new))
            continue
        changes += _row_differences(name, old or [], new or [])
    return changes


def _row_differences(name: str, before: list[Row], after: list[Row]) -> Iterator[Change]:
    old_rows, new_rows = _by_key(before), _by_key(after)
    for key, row in new_rows.items():
        if key not in old_rows:
            yield Change(f"{name}.{key}", None, row)
            continue
        old = old_rows[key]
        for field_name in dict.fromkeys([*row, *old]):
            if field_name != "key" and not same(old.get(field_name), row.get(field_name)):
                yield Change(f"{name}.{key}.{field_name}", old.get(field_name), row.get(field_name))
    for key, row in old_rows.items():
        if key not in new_rows:
            yield Change(f"{name}.{key}", row, None)


def merge(
    base: Values, proposed: Values, current: Values, parts: Container[str], choices: Choices | None = None
) -> Overlay:
    """Lay the proposal's changes over the current state.

    A field that the proposal did not change keeps its current value; one that both changed to different values is a
    conflict, unless `choices` (`{path: "proposed" | "current"}`) settles it. Rows are matched by key.
    """
    choices = choices or {}
    outcome = Overlay(values={})
    for name in dict.fromkeys([*current, *proposed]):
        if name in parts:
            outcome.values[name] = _merged_rows(
                name, base.get(name) or [], proposed.get(name) or [], current.get(name) or [], choices, outcome
            )
        else:
            outcome.values[name] = _settled(
                name, base.get(name), proposed.get(name, base.get(name)), current.get(name), choices, outcome
            )
    return outcome


def _merged_rows(
    name: str, base: list[Row], proposed: list[Row], current: list[Row], choices: Choices, outcome: Overlay
) -> list[Row]:
    before, mine, other = _by_key(base), _by_key(proposed), _by_key(current)
    merged = []
    for key in dict.fromkeys([*mine, *other]):
        path = f"{name}.{key}"
        ours, theirs, origin = mine.get(key), other.get(key), before.get(key)
        if ours is not None and theirs is not None:
            row = {"key": key}
            for field_name in dict.fromkeys([*theirs, *ours]):
                if field_name != "key":
                    row[field_name] = _settled(
                        f"{path}.{field_name}",
                        (origin or {}).get(field_name),
                        ours.get(field_name),
                        theirs.get(field_name),
                        choices,
                        outcome,
                    )
            merged.append(row)
        else:
            kept = ours if origin is None else _settled_row(path, origin, ours, theirs, choices, outcome)
            kept = theirs if origin is None and ours is None else kept
            if kept is not None:
                merged.append(kept)
    return merged


def _settled_row(
    path: Path, origin: Row, ours: Row | None, theirs: Row | None, choices: Choices, outcome: Overlay
) -> Row | None:
    """A row of the base that one side has removed: gone, unless the other side has changed it meanwhile."""
    remaining = ours if theirs is None else theirs
    if remaining is None or same(remaining, origin):
        return None
    return _settled(path, origin, ours, theirs, choices, outcome)


def _settled(path: Path, base: Any, proposed: Any, current: Any, choices: Choices, outcome: Overlay) -> Any:
    if same(proposed, base) or same(proposed, current):
        return current
    if same(current, base):
        return proposed
    choice = choices.get(path)
    if choice == "proposed":
        return proposed
    if choice == "current":
        return current
    outcome.conflicts.append(Conflict(path, base, proposed, current))
    return current


def same(value: object, other: object) -> bool:
    """Equal, where nothing entered is the same as an empty text or an empty list."""
    empty: tuple[object, ...] = (None, "", [])
    return value == other and isinstance(value, bool) == isinstance(other, bool) or (value in empty and other in empty)


def _by_key(rows: list[Row]) -> dict[RowKey, Row]:
    return {row["key"]: row for row in rows}
