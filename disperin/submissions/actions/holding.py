"""What is held until a transaction ends, so that what was read of it still is so when something is stored by it.

Held is shared: others may hold it so too, while whoever changes it waits. A change holds first by whose names it is
newly to be found, then what is proposed, then its record, then takes numbers; several rows in the order of their keys.
"""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from contextlib import suppress
from typing import cast

from django.core.exceptions import ValidationError
from django.db import connection
from django.db.models import Model

from disperin.registers.gate.in_bulk import Judged
from disperin.registers.models import Record
from disperin.registers.record.directory import Register
from disperin.registers.values.columns import column
from disperin.registers.values.fields import Reference
from disperin.registers.values.terms import Values

Told = dict[object, object]  # by the key of a row that is held: what was asked of it
_HOLD = "SELECT {0} FROM {1} WHERE {2} = ANY(%s) ORDER BY {3} FOR SHARE"


def hold_named(register: Register, name: str, said: Iterable[object], second: str = "pk") -> Told:
    """Hold the records that a field of a register names in these values; what names none is passed over."""
    field = cast(Reference, register.form.base_fields[name])
    keys = set()
    for value in said:
        with suppress(ValidationError, TypeError):  # the form says what is wrong
            keys.add(field.key_of(value))
    return _hold(field.queryset.model, field.key_name, keys, second)


def hold_leader(register: Register, given: Values, before: Mapping[str, object]) -> None:
    """Hold the record where a new one is to lie, so that it does not move meanwhile.

    One that was named `before` is not held: whoever moves it waits for this proposal, and takes it along.
    """
    for name in _leaders(register):
        if given.get(name) not in (None, "", before.get(name)):
            hold_named(register, name, [given[name]])


def hold_place(record: Record) -> Record:
    """Hold a stored record where it lies; gives it, as it is now if it has moved since it was read."""
    regencies = _hold(type(record), "pk", [record.pk], "regency")
    if regencies.get(record.pk, record.regency_id) == record.regency_id:
        return record
    return type(record)._default_manager.get(pk=record.pk)


def hold_places(register: Register, keys: Collection[int]) -> None:
    """Hold the records of these keys where they lie."""
    _hold(register.model, "pk", keys)


def moved_since(register: Register, judged: Sequence[Judged]) -> list[Judged]:
    """Hold the records that rows to be proposed are about, and those where new ones are to lie.

    Gives the rows that would lie elsewhere than they were judged to, as their record has moved since. To be called
    before a batch is held: whoever moves a record holds it, and then the batches with drafts of it.
    """
    known = [row for row in judged if row.proposed.record is not None]
    lie = _hold(register.model, "pk", {row.proposed.record.pk for row in known}, "regency")
    moved = [row for row in known if lie.get(row.proposed.record.pk) != row.proposed.record.regency_id]
    new: dict[str, list[Judged]] = defaultdict(list)
    for row in judged:
        if row.outcome == "new" and (leader := next(filter(row.values.get, _leaders(register)), "")):
            new[leader].append(row)
    for name, rows in new.items():
        key_of = cast(Reference, register.form.base_fields[name]).key_of
        lie = hold_named(register, name, [row.values[name] for row in rows], "regency")
        moved += [row for row in rows if lie.get(key_of(row.values[name])) != row.regency_id]
    return moved


def places_of(register: Register) -> list[str]:
    """The fields that say where a record of this register lies: its regency, and what it follows."""
    return ["regency", *_leaders(register)]


def moves(register: Register, before: Mapping[str, object], after: Mapping[str, object]) -> bool:
    """Whether a record that held `before` would lie elsewhere, as far as can be told, if it held `after`."""
    return any(after.get(name) not in (None, "", before.get(name)) for name in places_of(register))


def _leaders(register: Register) -> list[str]:
    """The fields that name what a record of this register follows, the one that counts first."""
    return [name for name in (register.model.regency_from, register.model.regency_or_from) if name]


def _hold(model: type[Model], key: str, values: Collection[object], second: str = "pk") -> Told:
    """`{value: column `second`}` of the rows that have these values in the column `key`, which are held."""
    if not values:
        return {}
    quote, by_key = connection.ops.quote_name, _column_of(model, key)
    columns = ", ".join(quote(name) for name in (by_key, _column_of(model, second)))
    held = _HOLD.format(columns, quote(model._meta.db_table), quote(by_key), quote(_column_of(model, "pk")))
    with connection.cursor() as cursor:
        cursor.execute(held, [list(values)])
        return dict(cursor.fetchall())


def _column_of(model: type[Model], name: str) -> str:
    """The name of a column in the database."""
    return str(column(model, model._meta.pk.name if name == "pk" else name).column)
