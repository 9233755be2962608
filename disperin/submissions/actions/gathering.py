"""Words that a search looks through and that are another record's, such as the name of a maker's cluster.

They are copies. Once that record is called otherwise, hidden or shown again, whoever holds them gathers them anew: few
of them at once, many in a job that is ordered in the same transaction.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any, cast

from django.db import transaction
from django.db.models import F, Q, QuerySet, Value
from django.db.models.expressions import Combinable
from django.db.models.functions import Replace
from django_tasks import task

from disperin.accounts.models import User
from disperin.jobs.locks import alone
from disperin.jobs.tasks import order_later
from disperin.registers.record import directory, known_words, revisions, storing
from disperin.registers.record.directory import Register
from disperin.registers.record.models import Record
from disperin.registers.record.moved_last import moved_last
from disperin.registers.record.versions import events_of
from disperin.registers.record.withholding import Hideable, named_by
from disperin.registers.values.columns import column
from disperin.registers.values.context import Chunk
from disperin.registers.values.terms import Values
from disperin.submissions.actions.holding import hold_named

_AT_ONCE = 500  # records in memory with their rows: a cluster may have many makers
MOST = 500  # records whose words are gathered while somebody waits


def holders_of(model: type[Hideable]) -> list[tuple[type[Record], str]]:
    """`(model, foreign key)` of every record that holds words of one of this model."""
    return [(other, name) for other, name in named_by(model) if issubclass(other, Record) and name in other.words_of]


def holds_words(model: type[Record]) -> bool:
    """Has this register words that a search looks through?"""
    return hasattr(model, "search_text")


def hold_lenders(register: Register, changes: Iterable[tuple[Values, Values]]) -> None:
    """Hold those by whose names records are newly to be found, so that nobody calls them otherwise meanwhile.

    `changes` are `(what a record held, what it is to hold)`. To be called before the records are held, and before what
    they name is read: whoever calls a record otherwise holds it first, too, and then those that name it. One query for
    each foreign key by which something is newly named.
    """
    pairs = list(changes) if register.model.words_of else []
    for name in register.model.words_of:
        newly = [after[name] for before, after in pairs if after.get(name) not in (None, "", before.get(name))]
        hold_named(register, name, newly)


def with_words_of(model: type[Hideable], keys: Sequence[int], *, by: User) -> Iterator[tuple[Register, list[Record]]]:
    """The records that hold words of these rows of a model, by register, some at a time; held until the end.

    Where they are many, none is given: a job gathers their words. Until then they are found by what was so before, but
    by nothing that is hidden: that is taken out of their words at once.
    """
    for other, name in holders_of(model) if keys else ():
        naming = other._base_manager.filter(**{f"{name}__in": keys}).order_by("pk")
        record_keys = list(naming.values_list("pk", flat=True)[: MOST + 1])
        if len(record_keys) > MOST:
            for key in keys:
                leave_to_job(directory.of(other), name, key, by=by)
            yield directory.of(other), []
            continue
        for at in range(0, len(record_keys), _AT_ONCE):
            rows = other._base_manager.filter(pk__in=record_keys[at : at + _AT_ONCE]).order_by("pk")
            yield directory.of(other), list(rows.select_for_update(of=["self"], no_key=True))


def leave_to_job(register: Register, name: str, key: int, *, by: User) -> None:
    """Order a job that gathers the words of all records that name one by a foreign key; what is hidden goes at once."""
    holders = holding(register.model, name, key)
    lender = cast("type[Hideable]", column(register.model, name).related_model)._base_manager.get(pk=key)
    if lender.hidden or "name" in lender.withheld:
        storing.write_where({"submission": "", "user": by.pk}, holders, search_text=without_names_of(lender))
    gather_words.enqueue(register.slug, name, key, by.pk)


def holding(model: type[Record], name: str, key: int) -> QuerySet[Any]:
    """The records that name one by a foreign key, also where that is left out because the other is hidden."""
    left_out = Q(pk__in=model._base_manager.exclude(withheld={}).filter(**{f"withheld__{name}": key}).values("pk"))
    return model._base_manager.filter(Q(**{name: key}) | left_out if name in model.left_out else Q(**{name: key}))


def without_names_of(lender: Any) -> Combinable:
    """The words of a record without any name that this one, which lends it to them, has or had."""
    names = {*events_of(type(lender)).objects.filter(pgh_obj_id=lender.pk).values_list("name", "withheld__name")}
    lowered = {name.lower() for pair in {*names, (lender.name, lender.withheld.get("name"))} for name in pair if name}
    words: Combinable = F("search_text")
    for name in sorted(lowered, key=lambda text: (-len(text), text)):
        words = Replace(words, Value(name), Value(""))
    return words


@task()
def gather_words(slug: str, name: str, key: int, by: int) -> None:
    """Gather anew the words of all records of a register that name one by a foreign key, some in each transaction."""
    register = directory.find(slug)
    with alone("words", slug, name, key) as mine:
        if not mine:
            order_later(gather_words, slug, name, key, by)
        elif register:
            _gather_all(register, list(holding(register.model, name, key).values_list("pk", flat=True)), by)


def _gather_all(register: Register, keys: Sequence[int], by: int) -> None:
    for at in range(0, len(keys), _AT_ONCE):
        with transaction.atomic(), moved_last():
            rows = register.model._base_manager.filter(pk__in=sorted(keys)[at : at + _AT_ONCE]).order_by("pk")
            held = list(rows.select_for_update(of=["self"], no_key=True))
            gather_anew(register, held, {"submission": "", "user": by})
            revisions.raise_revision(register.slug)


def gather_anew(register: Register, records: Sequence[Record], context: Mapping[str, Any]) -> None:
    """Gather the words of stored records of one register, and store them where they differ, in a version `context`.

    What is hidden as a whole keeps its words: nobody else finds it, and its rows are closed until it is shown.
    """
    if not holds_words(register.model):
        return
    shown = [record for record in records if not record.hidden]
    for at in range(0, len(shown), _AT_ONCE):
        _gather(register, shown[at : at + _AT_ONCE], context)


def _gather(register: Register, shown: Sequence[Record], context: Mapping[str, Any]) -> None:
    chunk, before = Chunk(register.form, shown), {record.pk: _words(record) for record in shown}
    for record in shown:
        rows = {name: chunk.rows_of(part._meta.model, record) for name, part in register.form.parts.items()}
        record.gather({name: [row for row in some if row.closed_on is None] for name, some in rows.items()})
    changed = [record for record in shown if _words(record) != before[record.pk]]
    if changed:
        storing.write([(context, changed)], only=("search_text",))
        known_words.remember(register.slug, " ".join(map(_words, changed)))


def _words(record: Record) -> str:
    return getattr(record, "search_text", "")
