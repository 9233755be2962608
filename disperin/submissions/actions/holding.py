"""What is held until a transaction ends, so that what was read of it still is so when something is stored by it.

Held is shared: others may hold it so too, while whoever changes it waits. A change holds first what is proposed, then
its record, then takes numbers; whoever holds several rows takes them in the order of their keys.
"""

from collections.abc import Collection, Iterable, Mapping
from contextlib import suppress
from typing import cast

from django.core.exceptions import ValidationError
from django.db import connection
from django.db.models import Model

from disperin.registers.models import Record
from disperin.registers.record.directory import Register
from disperin.registers.values.columns import column
from disperin.registers.values.fields import Reference
from disperin.registers.values.terms import Values

_HOLD = "SELECT {0} FROM {1} WHERE {2} = ANY(%s) ORDER BY {3} FOR SHARE"


def hold_named(register: Register, name: str, said: Iterable[object]) -> None:
    """Hold the records that a field of a register names in these values; what names none is passed over."""
    field = cast(Reference, register.form.base_fields[name])
    keys = set()
    for value in said:
        with suppress(ValidationError, TypeError):  # the form says what is wrong
            keys.add(field.key_of(value))
    if keys:
        _hold(field.queryset.model, field.key_name, keys)


def hold_leader(register: Register, given: Values, before: Mapping[str, object]) -> None:
    """Hold the record where a new one is to lie, so that it does not move meanwhile. No query where none is newly named.

    One that what is proposed named `before` is not held: whoever moves it waits for that proposal, and takes it along.
    """
    for name in filter(None, (register.model.regency_from, register.model.regency_or_from)):
        if given.get(name) not in (None, "", before.get(name)):
            hold_named(register, name, [given[name]])


def hold_place(record: Record) -> Record:
    """Hold a stored record where it lies; gives it, as it is now if it has moved since it was read."""
    regencies = dict(_hold(type(record), "pk", [record.pk], "regency"))
    if regencies.get(record.pk, record.regency_id) == record.regency_id:
        return record
    return type(record)._default_manager.get(pk=record.pk)


def places_of(register: Register) -> list[str]:
    """The fields that say where a record of this register lies: its regency, and what it follows."""
    return [name for name in ("regency", register.model.regency_from, register.model.regency_or_from) if name]


def moves(register: Register, before: Mapping[str, object], after: Mapping[str, object]) -> bool:
    """Whether a record that held `before` would lie elsewhere, as far as can be told, if it held `after`."""
    return any(after.get(name) not in (None, "", before.get(name)) for name in places_of(register))


def _hold(model: type[Model], key: str, values: Collection[object], second: str = "pk") -> list[tuple[object, object]]:
    """`[(primary key, column `second`)]` of the rows that have these values, which are held."""
    quote, pk = connection.ops.quote_name, _column_of(model, "pk")
    columns = ", ".join(quote(name) for name in (pk, _column_of(model, second)))
    with connection.cursor() as cursor:
        held = _HOLD.format(columns, quote(model._meta.db_table), quote(_column_of(model, key)), quote(pk))
        cursor.execute(held, [list(values)])
        return list(cursor.fetchall())


def _column_of(model: type[Model], name: str) -> str:
    """The name of a column in the database."""
    return str(column(model, model._meta.pk.name if name == "pk" else name).column)
