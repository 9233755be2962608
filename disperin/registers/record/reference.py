"""Regions and code lists beside the rows of other tables: taken from memory, not joined.

Each worker keeps these small tables (`is_reference` on the model) until the revision of `reference` is raised. Planning
the joins of a list took the database longer than finding its rows.
"""

from collections.abc import Callable, Hashable, Iterable, Sequence
from functools import cache
from operator import attrgetter
from typing import Any, TypeVar

from django.db import models
from django.db.models import Model, QuerySet
from django.utils.functional import cached_property

from disperin.registers.record import revisions

Made = TypeVar("Made")

_tables: dict[type[models.Model], tuple[int, dict[Any, Any]]] = {}
_made: dict[Hashable, tuple[int, Any]] = {}


class Tables:
    """The tables as they are known at one moment: one query, or none while a public answer is made."""

    @cached_property
    def revision(self) -> int:
        """The revision of reference data, asked for when a table is first looked at."""
        return revisions.revision_of(revisions.REFERENCE)

    def table(self, model: type[Model]) -> dict[Any, Any]:
        """Every row of a table by its key; only to be read."""
        kept = _tables.get(model)
        if kept is None or kept[0] != self.revision:
            kept = _tables[model] = self.revision, load(model)
        return kept[1]

    def row(self, model: type[Model], key: Any) -> Any:
        """The row that a foreign key leads to; one that came without raising the revision is found too."""
        table = self.table(model)
        if key not in table:
            table = load(model)
            _tables[model] = self.revision, table
        return table[key]

    def find(self, queryset: QuerySet[Any], key: Any) -> Any:
        """The row with this key of a whole table that is kept in memory; None where it is none, or not known there."""
        is_kept = is_reference(queryset.model) and not queryset.query.has_filters()
        return self.table(queryset.model).get(key) if is_kept else None


def load(model: type[models.Model]) -> dict[Any, Any]:
    """A table as it is now, by key."""
    return model._default_manager.in_bulk()


def made(name: Hashable, make: Callable[[], Made]) -> Made:
    """What `make` makes of reference data, kept in this worker under a name until that data changes."""
    revision = revisions.revision_of(revisions.REFERENCE)
    kept = _made.get(name)
    if kept is None or kept[0] != revision:
        kept = _made[name] = revision, make()
    return kept[1]


def forget() -> None:
    """Read every table anew when it is next asked for."""
    _tables.clear()
    _made.clear()


def is_reference(model: type[Model] | None) -> bool:
    """Whether a table (None: no table) is kept in memory."""
    return getattr(model, "is_reference", False)


def row_of(model: type[Model], key: Any) -> Any:
    """The row of a table with this key, or None; only to be read."""
    return Tables().table(model).get(key)


def rows_of(model: type[Model], keys: Iterable[Any]) -> list[Any]:
    """The rows of a table with these keys, in their order, without those that are not there; only to be read."""
    table = Tables().table(model) if keys else {}
    return [table[key] for key in keys if key in table]


def rows(queryset: QuerySet[Any], columns: Iterable[str]) -> list[dict[str, Any]]:
    """Rows as dicts of look-ups, as of `.values()`; those that end in reference data (`village__name`) cost no join."""
    model: type[models.Model] = queryset.model
    known = {column: place for column in columns if (place := _in_memory(model, column))}
    asked = dict.fromkeys(known[column][0] if column in known else column for column in columns)
    dicts = list(queryset.values(*asked))
    if not (known and dicts):
        return dicts
    tables = Tables()
    for column, (key, table, tell) in known.items():
        for row in dicts:
            row[column] = None if row[key] is None else tell(tables.row(table, row[key]))
    return dicts


def attach(records: Sequence[Model]) -> None:
    """Give records the rows of reference data that they name and do not hold yet, so that none is asked for."""
    tables = Tables()
    for record in records:
        for field in _fields(type(record)):
            key = getattr(record, field.attname)
            if key is not None and not field.is_cached(record):
                setattr(record, field.name, tables.row(field.related_model, key))


@cache
def _in_memory(model: type[Model], column: str) -> tuple[str, type[Model], Callable[[Any], Any]] | None:
    """(look-up of the key, table, what tells the column of its row) of a look-up that ends in reference data."""
    *steps, last = column.split("__")
    for at, step in enumerate(steps, start=1):
        field: Any = model._meta.get_field(step)
        if field.related_model is None:
            return None
        model = field.related_model
        if at == len(steps) and is_reference(model):
            return "__".join((*steps[:-1], field.attname)), model, attrgetter(last)
    return None


@cache
def _fields(model: type[Model]) -> list[Any]:
    """The foreign keys that lead to reference data."""
    return [field for field in model._meta.concrete_fields if is_reference(field.related_model)]
