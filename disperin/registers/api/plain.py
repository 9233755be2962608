"""What the API says of a register that says nothing special: what its audience may read of what its form asks."""

from collections.abc import Sequence
from functools import cache
from typing import Any

from drf_spectacular.plumbing import deep_import_string
from rest_framework.serializers import Field

from disperin.registers.api.schema_names import CHOICES
from disperin.registers.api.serializers import PHOTO, PhotoField, RecordSerializer, with_names
from disperin.registers.api.viewsets import RecordViewSet
from disperin.registers.gate.forms import RecordForm
from disperin.registers.lists.filters import RecordFilter
from disperin.registers.lists.plain import filter_of
from disperin.registers.record import directory
from disperin.registers.record.models import Record


@cache
def viewset_of(model: type[Record], filters: type[RecordFilter] | None = None) -> type[RecordViewSet]:
    """The viewset of a register; `filters` are those of its pages, where it has some of its own."""
    _name_choices(directory.of(model).form)
    row, record = serializers_of(model)
    served = {"filterset_class": filters or filter_of(model), "row_serializer_class": row, "serializer_class": record}
    description = f"{directory.of(model).label_of_one.capitalize()}: open ones as a list, each by its number."
    return type(f"{model.__name__}ViewSet", (RecordViewSet,), {**served, "__doc__": description})


@cache
def serializers_of(model: type[Record]) -> tuple[type[RecordSerializer], type[RecordSerializer]]:
    """The serializers of a row of the list, and of one record with its parts and its inside."""
    audience, form, name = model.audience, directory.of(model).form, model.__name__
    seen = audience.public or audience.inside
    photos = {"photo_url": PhotoField(source="photo", help_text=PHOTO)} if "photo" in form.base_fields else {}
    entered = [*with_names(model, [field for field in form.base_fields if field in seen and field != "photo"]), *photos]
    fields = ["id", "number", "url", "version", "origin", *entered, "verified_at"]
    row = _made(f"{name}RowSerializer", RecordSerializer, model, fields, **photos)
    parts = [part for part, rows in form.parts.items() if rows._meta.model.audience.is_public or not audience.is_public]
    more = ["updated_at", "closed_on", *parts, *(["inside"] if audience.is_public else [])]
    return row, _made(f"{name}Serializer", row, model, [*row.Meta.fields, *more])


def _made(
    name: str, base: type[RecordSerializer], model: type[Record], fields: Sequence[str], **declared: Field
) -> type[RecordSerializer]:
    description, meta = (
        f"{str(model._meta.verbose_name).capitalize()}.",
        type("Meta", (), {"model": model, "fields": fields}),
    )
    return type(name, (base,), {"Meta": meta, "__doc__": description, **declared})


def _name_choices(form: type[RecordForm]) -> None:
    """Give the closed lists of a form's columns names of their own in the description, but those that have one."""
    known = [_values(choices) for choices in CHOICES.values()]
    for entry_form in (form, *form.parts.values()):
        model = entry_form._meta.model
        for column in (model._meta.get_field(name) for name in entry_form.base_fields):
            if column.choices and (values := _values(column.flatchoices)) not in known:
                known.append(values)  # two columns may share one list
                CHOICES[f"{model.__name__}{column.name.title().replace('_', '')}"] = column.flatchoices


def _values(choices: Any) -> list[Any]:
    """The values of a closed list, or of the one that a path leads to, but that of no answer."""
    closed_list = deep_import_string(choices) if isinstance(choices, str) else choices
    values = [
        choice[0] if isinstance(choice, tuple) else choice for choice in getattr(closed_list, "choices", closed_list)
    ]
    return [value for value in values if value not in (None, "")]
