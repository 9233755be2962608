"""Many rows written in one journey to the database, each under its own context of the history library.

The statements are those of Django, one per row, sent together: every trigger and constraint is asked as for a single
row, and each version of a record says which submission made it.
"""

import json
import uuid
from collections.abc import Collection, Iterable, Mapping, Sequence
from functools import cache
from typing import Any

from django.db import connection
from django.db.models import Field, Model, QuerySet

from disperin.registers.record.withholding import veil_again
from disperin.registers.values.columns import column

_NEXT_KEYS = """
    SELECT kind, nextval(pg_get_serial_sequence(name, key))
    FROM unnest(%s::text[], %s::text[], %s::int[]) WITH ORDINALITY AS wanted (name, key, number, kind),
        generate_series(1, number)
"""
_CONTEXT = "SELECT set_config('pghistory.context_id', %s, true), set_config('pghistory.context_metadata', %s, true)"


def give_keys(instances: Sequence[Model]) -> None:
    """Give new instances, none of them stored yet, their primary keys, of each model in their order; one query."""
    kinds: dict[type[Model], list[Model]] = {}
    for instance in instances:
        kinds.setdefault(type(instance), []).append(instance)
    if not kinds:
        return
    wanted = [(model._meta.db_table, model._meta.pk.column, len(some)) for model, some in kinds.items()]
    with connection.cursor() as cursor:
        cursor.execute(_NEXT_KEYS, [list(column) for column in zip(*wanted, strict=True)])
        keys = sorted(cursor.fetchall())
    for instance, (_kind, key) in zip((row for some in kinds.values() for row in some), keys, strict=True):
        instance.pk = key


def write(groups: Sequence[tuple[Mapping[str, Any], Sequence[Model]]], only: Collection[str] = ()) -> None:
    """Insert or update the instances of each `(metadata, instances)`; what it changes is remembered with `metadata`.

    New instances have their keys already (`give_keys`); of stored ones, `only` these fields are written, or all. One
    query, however many there are.
    """
    statements, values = [], []
    for metadata, instances in groups:
        statements.append(_CONTEXT)
        values += [str(uuid.uuid4()), json.dumps(metadata)]
        for instance in instances:
            veil_again(instance)
            fields = [field for field in _fields(type(instance)) if not only or field.name in only]
            statement, own = (_insert if instance._state.adding else _update)(instance, fields)
            statements.append(statement)
            values += own
    if not statements:
        return
    with connection.cursor() as cursor:
        cursor.execute(";\n".join(statements), values)
    for _metadata, instances in groups:
        for instance in instances:
            instance._state.adding, instance._state.db = False, connection.alias


def write_where(metadata: Mapping[str, Any], rows: QuerySet[Any], **columns: Any) -> None:
    """Update columns of all rows of a queryset in one statement; what it changes is remembered with `metadata`.

    For what must be so at once of however many rows: nobody has them in memory. They are held first, in the order in
    which everybody holds several.
    """
    list(rows.select_for_update(of=["self"], no_key=True).order_by("pk").values_list("pk"))
    with connection.cursor() as cursor:
        cursor.execute(_CONTEXT, [str(uuid.uuid4()), json.dumps(metadata)])
    rows.order_by().update(**columns)


def write_fields(instances: Iterable[Model], names: Iterable[str]) -> None:
    """Update these fields of stored instances, each to its own value. One query, however many there are."""
    statements, values = [], []
    for instance in instances:
        statement, own = _update(instance, [column(instance, name) for name in names])
        statements.append(statement)
        values += own
    if statements:
        with connection.cursor() as cursor:
            cursor.execute(";\n".join(statements), values)


def _insert(instance: Model, fields: Sequence[Field]) -> tuple[str, list[Any]]:
    names = ", ".join(_name(field.column) for field in fields)
    values = _values(instance, fields, adding=True)
    places = ", ".join(_place(field, value) for field, value in zip(fields, values, strict=True))
    return f"INSERT INTO {_name(instance._meta.db_table)} ({names}) VALUES ({places})", values  # noqa: S608 -- our own names


def _update(instance: Model, fields: Sequence[Field]) -> tuple[str, list[Any]]:
    meta = instance._meta
    values = _values(instance, fields, adding=False)
    assignments = ", ".join(
        f"{_name(field.column)} = {_place(field, value)}" for field, value in zip(fields, values, strict=True)
    )
    return f"UPDATE {_name(meta.db_table)} SET {assignments} WHERE {_name(meta.pk.column)} = %s", [*values, instance.pk]  # noqa: S608


@cache
def _fields(model: type[Model]) -> list[Field]:
    return [field for field in model._meta.concrete_fields if not field.generated]


def _values(instance: Model, fields: Sequence[Field], *, adding: bool) -> list[Any]:
    return [field.get_db_prep_save(field.pre_save(instance, adding), connection) for field in fields]


def _place(field: Field, value: Any) -> str:
    return field.get_placeholder(value, None, connection) if hasattr(field, "get_placeholder") else "%s"


@cache
def _name(name: str) -> str:
    return connection.ops.quote_name(name)
