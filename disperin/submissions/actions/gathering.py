"""Words that a search looks through and that are another record's, such as the name of a maker's cluster.

They are copies. Once that record is called otherwise, hidden or shown again, whoever holds them gathers them anew.
"""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from disperin.registers.record import directory, storing, vocabulary
from disperin.registers.record.directory import Register
from disperin.registers.record.models import Record
from disperin.registers.record.withholding import Hideable, named_by
from disperin.registers.values.context import Chunk

_AT_ONCE = 500  # records in memory with their rows: a cluster may have many makers


def holders_of(model: type[Hideable]) -> list[tuple[type[Record], str]]:
    """`(model, foreign key)` of every record that holds words of one of this model."""
    return [(other, name) for other, name in named_by(model) if issubclass(other, Record) and name in other.words_of]


def holds_words(model: type[Record]) -> bool:
    """Has this register words that a search looks through?"""
    return hasattr(model, "search_text")


def with_words_of(model: type[Hideable], keys: Sequence[int]) -> Iterator[tuple[Register, list[Record]]]:
    """The records that hold words of these rows of a model, by register, some at a time; held until the end."""
    for other, name in holders_of(model) if keys else ():
        naming = other._base_manager.filter(**{f"{name}__in": keys}).order_by("pk")
        found = list(naming.values_list("pk", flat=True))
        for at in range(0, len(found), _AT_ONCE):
            rows = other._base_manager.filter(pk__in=found[at : at + _AT_ONCE]).order_by("pk")
            yield directory.of(other), list(rows.select_for_update(of=["self"], no_key=True))


def gather_anew(register: Register, records: Sequence[Record], context: Mapping[str, Any]) -> None:
    """Gather the words of stored records of one register, and store them where they differ, in a version `context`.

    What is hidden as a whole keeps its words: nobody else finds it, and its rows are closed until it is shown.
    """
    if not holds_words(register.model):
        return
    shown = [one for one in records if not one.hidden]
    for at in range(0, len(shown), _AT_ONCE):
        _gather(register, shown[at : at + _AT_ONCE], context)


def _gather(register: Register, shown: Sequence[Record], context: Mapping[str, Any]) -> None:
    chunk, before = Chunk(register.form, shown), {one.pk: _words(one) for one in shown}
    for one in shown:
        rows = {name: chunk.rows_of(part._meta.model, one) for name, part in register.form.parts.items()}
        one.gather({name: [row for row in some if row.closed_on is None] for name, some in rows.items()})
    changed = [one for one in shown if _words(one) != before[one.pk]]
    if changed:
        storing.write([(context, changed)], only=("search_text",))
        vocabulary.remember(register.slug, " ".join(map(_words, changed)))


def _words(record: Record) -> str:
    return getattr(record, "search_text", "")
