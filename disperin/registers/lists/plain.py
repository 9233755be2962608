"""What lists of a register are narrowed by and show where it says nothing special: by its facets and columns."""

from collections.abc import Callable, Iterable
from functools import cache, partial
from typing import Any

import django_filters
from django.db import models
from django.db.models import F, Model, QuerySet
from django.utils.text import capfirst

from disperin.registers.lists.facets import ORIGIN, Facet
from disperin.registers.lists.filters import CodeFilter, RecordFilter
from disperin.registers.lists.listing import BY_NAME
from disperin.registers.record import directory
from disperin.registers.record.models import Record
from disperin.registers.values.names import name_column
from disperin.ui.addresses import addresses
from disperin.ui.formats import day

MOST_FACTS = 3  # told of each record in a list


@cache
def filter_of(model: type[Record]) -> type[RecordFilter]:
    """The FilterSet of a register: by its facets, and by words of its `search_text`, where it has such a column."""
    filters = {name: made for name, column in _faceted(model) if (made := _filter(column))}
    meta = type("Meta", (), {"model": model, "fields": ["q", *filters]})
    slug = directory.of(model).slug
    description = f"Filters of the register `{slug}`."
    said = {"words_of": slug, "orders": BY_NAME if name_column(model) == "name" else BY_NAME[2:]}
    if not any(field.name == RecordFilter.searched for field in model._meta.concrete_fields):
        said |= {"words_of": "", "searched": "number"}
    return type(f"{model.__name__}Filter", (RecordFilter,), filters | said | {"Meta": meta, "__doc__": description})


@cache
def facets_of(model: type[Record]) -> tuple[Facet, ...]:
    """The facets of a list, as the model names them: choices, and codes whose table has names."""
    return tuple(
        Facet(name, capfirst(column.verbose_name), name, _names(column))
        for name, column in _faceted(model)
        if column.choices or (column.is_relation and name_column(column.related_model))
    )


@cache
def columns_of(model: type[Record]) -> tuple[str, ...]:
    """What is read for each record of a list."""
    facts = (
        f"{fact.name}__{name_column(fact.related_model)}" if fact.is_relation else fact.name for fact in _facts(model)
    )
    return ("number", model.named_by, name_column(model) or "number", "regency__name", *facts)


def cards_of(model: type[Record], rows: Iterable[dict[str, Any]]) -> list[dict[str, Any]]:
    """The rows of a list as the template shows them."""
    page = addresses(f"{model._meta.app_label}:{model._meta.model_name}-detail")
    called, facts = name_column(model) or "number", _facts(model)
    return [
        {
            "number": row["number"],
            "name": row[called],
            "url": page(row[model.named_by]),
            "regency": row["regency__name"],
            "facts": [text for fact in facts if (text := _told(fact, row))],
        }
        for row in rows
    ]


def _faceted(model: type[Record]) -> list[tuple[str, Any]]:
    return [(name, model._meta.get_field(name)) for name in model.facets if name != ORIGIN.name]


def _filter(column: Any) -> django_filters.Filter | None:
    if column.is_relation:
        return CodeFilter(queryset=column.related_model.objects.all(), label=column.verbose_name)
    if column.choices:
        return django_filters.ChoiceFilter(choices=column.choices, empty_label="", label=column.verbose_name)
    return None


def _names(column: Any) -> Callable[[dict], QuerySet] | None:
    return partial(_named, column.related_model) if column.is_relation else None


def _named(model: type[Model], active: dict) -> QuerySet[Any]:
    return model._default_manager.annotate(label=F(name_column(model)))


@cache
def _facts(model: type[Record]) -> list[Any]:
    """The columns that a list tells of: the first choices, days and names of other rows that its readers may see."""
    seen = model.audience.public or model.audience.inside
    entered = (model._meta.get_field(name) for name in directory.of(model).form.base_fields if name in seen)
    return [field for field in entered if field.name != "regency" and _is_fact(field)][:MOST_FACTS]


def _is_fact(column: Any) -> bool:
    if column.is_relation:
        return bool(name_column(column.related_model)) and not hasattr(column.related_model, "audience")
    return bool(column.choices) or isinstance(column, models.DateField)


def _told(column: Any, row: dict[str, Any]) -> Any:
    if column.is_relation:
        return row[f"{column.name}__{name_column(column.related_model)}"]
    value = row[column.name]
    return dict(column.flatchoices).get(value, value) if column.choices else day(value)
