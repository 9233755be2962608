"""The fields of a form, made from the columns that it names: label, help, duty, bounds and kind are said there."""

from dataclasses import dataclass
from functools import partial
from typing import Any

from django import forms
from django.contrib.postgres.fields import ArrayField
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.forms.models import ModelFormMetaclass

from disperin.attachments.forms import AttachmentField
from disperin.attachments.models import Attachment
from disperin.registers.record.models import Part, Record
from disperin.registers.values.fields import Codes, Day, Decimal, Reference, TextList, WholeNumber
from disperin.registers.values.outline_field import OutlineField


@dataclass(frozen=True)
class OfColumn:
    """What a form says of a field that its column does not: another class (None: as the column asks), other options."""

    field_class: type[forms.Field] | None
    options: dict[str, Any]


def of_column(field_class: type[forms.Field] | None = None, /, **options: Any) -> OfColumn:
    """Said in the body of a form: the field of the column of that name, which differs in this."""
    return OfColumn(field_class, options)


class ByColumns(ModelFormMetaclass):
    """Of a form whose fields are those of its columns, but for what it says by `of_column` or declares whole."""

    def __new__(mcs, name: str, bases: tuple[type, ...], attrs: dict[str, Any]) -> Any:
        own = {column: attrs.pop(column) for column, said in list(attrs.items()) if isinstance(said, OfColumn)}
        inherited = [getattr(base, "differing", {}) for base in reversed(bases)]
        differing = attrs["differing"] = {column: said for some in (*inherited, own) for column, said in some.items()}
        if meta := attrs.get("Meta"):
            meta.formfield_callback = staticmethod(partial(_field_of, differing))
        return super().__new__(mcs, name, bases, attrs)


# What a column asks for that is still to come, by its name in every register: the example beside it is, too.
TO_COME = ("due_on", "planned_on", "planned_start", "planned_finish")


def _field_of(
    differing: dict[str, OfColumn], column: Any, form_class: type[forms.Field] | None = None, **options: Any
) -> forms.Field | None:
    """The form field of a column. `form_class` and options are what the form's `Meta` says of it, as in Django."""
    said = differing.get(column.name, OfColumn(None, {}))
    field_class, options = said.field_class or form_class, options | said.options
    kind, of_kind = (None, {}) if column.choices else _kind_of(column)
    if kind is None:
        return column.formfield(**options, **({"form_class": field_class} if field_class else {}))
    words = {"required": not column.blank, "label": column.verbose_name, "help_text": column.help_text}
    if column.has_default() and not callable(column.default):
        words["initial"] = column.default
    if field_class is None or issubclass(field_class, kind):
        words |= of_kind
    return (field_class or kind)(**words | options)


def _kind_of(column: models.Field) -> tuple[type[forms.Field] | None, dict[str, Any]]:
    """The class of the field of a column, with what that class needs to know; (None, {}) for one of Django's own."""
    if isinstance(column, models.ForeignKey):
        return _reference_to(column.related_model)
    if isinstance(column, models.DateField) and not isinstance(column, models.DateTimeField):
        return Day, {"lies_ahead": column.name in TO_COME}
    if isinstance(column, models.DecimalField):
        return Decimal, {"max_digits": column.max_digits, "decimal_places": column.decimal_places, **_bounds_of(column)}
    if isinstance(column, models.IntegerField):
        return WholeNumber, _bounds_of(column)
    if isinstance(column, ArrayField):
        choices = column.base_field.choices
        return (Codes, {"choices": choices}) if choices else (TextList, {})
    if isinstance(column, models.JSONField):
        return OutlineField, {}
    return None, {}


def _reference_to(model: type[models.Model]) -> tuple[type[forms.Field], dict[str, Any]]:
    if model is Attachment:
        return AttachmentField, {"kind": Attachment.Kind.DOCUMENT.value}
    key = {"to_field_name": "number"} if issubclass(model, Record) else {}
    key = {"to_field_name": "key"} if issubclass(model, Part) else key
    return Reference, {"queryset": model._default_manager.all(), **key}


def _bounds_of(column: models.Field) -> dict[str, Any]:
    """The narrowest bounds that the column's validators set; of a whole number also those of its type."""
    limits = {
        kind: [validator.limit_value for validator in column.validators if isinstance(validator, kind)]
        for kind in _CLOSER
    }
    return {name: closer(limits[kind]) for kind, (name, closer) in _CLOSER.items() if limits[kind]}


_CLOSER = {MinValueValidator: ("min_value", max), MaxValueValidator: ("max_value", min)}
