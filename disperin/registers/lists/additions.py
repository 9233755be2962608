"""What a floor above adds to the page of a record below it, such as stars to the products of a maker.

Filled in `<app>/registers.py`, as the directory is: the page below names no app above, and draws what it is given.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import Model


@dataclass(frozen=True)
class Addition:
    """A template, drawn with `record` and `addition` for each record that `tell` has something to say about."""

    template: str
    tell: Callable[[list], dict] | None
    inside: bool


_additions: dict[type, list[Addition]] = {}


def add(model: type[Model], template: str, tell: Callable[..., Any] | None = None, *, inside: bool = False) -> None:
    """Add a piece to the records of a model wherever a page shows additions.

    `tell` gets all records of the page and gives `{primary key: what the template needs}`, in one query; without it the
    piece stands at every record. `inside`: only for those whose reach includes the record.
    """
    _additions.setdefault(model, []).append(Addition(template, tell, inside))


_on_drafts: dict[type, list[tuple[str, Callable[..., Any]]]] = {}
Pieces = dict[int, list[tuple[str, Any]]]  # primary key -> [(template, addition)]


def add_to_drafts(model: type[Model], template: str, tell: Callable[[Any, Callable[[str], str]], Any]) -> None:
    """Add a piece to the drafts about records of a model, drawn with what `tell(record, place)` gives, if anything.

    `place` gives the address of a field (`nib`, `products.photo`) on the page of the draft.
    """
    _on_drafts.setdefault(model, []).append((template, tell))


def of_draft(record: Model | None, place: Callable[[str], str]) -> list[tuple[str, Any]]:
    """`[(template, addition)]` of the pieces of a draft about this record; none for a new one."""
    pieces = ((template, tell(record, place)) for template, tell in _on_drafts.get(type(record), ()))
    return [(template, said) for template, said in pieces if said]


def of(records: Sequence[Model], *, inside: bool) -> Pieces:
    """`{primary key: [(template, addition)]}` of records of one model, in the order in which the pieces were added."""
    return _drawn(list(records), lambda addition: inside or not addition.inside)


def inside_of(record: Model) -> list[tuple[str, Any]]:
    """`[(template, addition)]` of a record for the panel that only those see whose reach includes it."""
    return _drawn([record], lambda addition: addition.inside)[record.pk]


def _drawn(records: list[Any], is_asked: Callable[[Addition], bool]) -> Pieces:
    pieces: Pieces = {record.pk: [] for record in records}
    for addition in _additions.get(type(records[0]), ()) if records else ():
        if not is_asked(addition):
            continue
        by_key = addition.tell(records) if addition.tell else dict.fromkeys(pieces)
        for key, said in by_key.items():
            pieces[key].append((addition.template, said))
    return pieces
