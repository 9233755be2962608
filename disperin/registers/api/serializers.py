"""What the API says of a row: fields are documented by a serializer, and fetched as columns, without objects.

Only public fields stand here (a test compares with the model's `audience`). Nothing is ever written through these.
A serializer declares what it says in words of its own; its address, the names of what it refers to, its parts and the
block of its inside are made where `fields` names them.
"""

import decimal
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from datetime import datetime
from functools import cache
from typing import Any, cast

from django.db import models
from django.utils.translation import gettext as _
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers
from rest_framework.request import Request

from disperin.attachments.models import Attachment
from disperin.regions.reach import reaches_regency
from disperin.registers.record import directory
from disperin.registers.record.models import Origin, Part, Record
from disperin.registers.record.withholding import Hideable, kept_by, names_of
from disperin.registers.values.audience import mask
from disperin.registers.values.names import name_column
from disperin.registers.values.terms import Row
from disperin.ui.addresses import addresses

Columns = tuple[str, ...]  # look-ups of what a field is made of

_VERIFICATION = "When this version was verified; null where it was not, as `origin` says."
_PUBLICATION = "When this version was published, verified or not."
_CLOSING = "When it was closed, or null. All else is as it was on record until then."


@extend_schema_field(OpenApiTypes.URI)
class LinkField(serializers.Field):
    """The whole address of a row in this API, made of one of its columns."""

    def __init__(self, view_name: str, **options: Any) -> None:
        self.view_name = view_name
        super().__init__(**options | {"read_only": True})


PHOTO = "Public address of the picture, or null."


@extend_schema_field({"type": ["string", "null"], "format": "uri"})
class PhotoField(serializers.Field):
    """The public address of a picture, or null while there is none; `source` is the foreign key to the attachment."""

    def __init__(self, **options: Any) -> None:
        super().__init__(read_only=True, **options)


class VerificationField(serializers.DateTimeField):
    """The moment of a verification, null for a version that was not verified."""

    def __init__(self, **options: Any) -> None:
        super().__init__(read_only=True, allow_null=True, help_text=_VERIFICATION, **options)


class WholeNumberField(serializers.IntegerField):
    """A whole number of a body; what is none is named."""

    def to_internal_value(self, data: Any) -> int:
        try:
            return super().to_internal_value(data)
        except serializers.ValidationError as refused:
            if "invalid" not in cast("list[str]", refused.get_codes()):  # of one value
                raise
            values = {"value": str(data)[:40]}
            raise serializers.ValidationError(_("“%(value)s” is not a whole number.") % values, "invalid") from None


def text_of(source: str, **options: Any) -> serializers.CharField:
    """A text that another row holds, such as the name of the regency (`regency.name`)."""
    return serializers.CharField(source=source, read_only=True, **options)


class ShownSerializer(serializers.ModelSerializer):
    """Describes columns that are only shown: what may be left empty may be read as empty."""

    serializer_field_mapping = serializers.ModelSerializer.serializer_field_mapping | {
        models.EmailField: serializers.CharField,
        models.URLField: serializers.CharField,
    }

    def get_extra_kwargs(self) -> dict[str, dict[str, Any]]:
        return {name: {"read_only": True} for name in self.Meta.fields}

    def get_fields(self) -> dict[str, Any]:
        fields = super().get_fields()
        columns = {column.name: column for column in _model_of(type(self))._meta.concrete_fields}
        for name, field in fields.items():
            column = columns.get(field.source or name)  # none where the queryset works it out
            if column and isinstance(field, serializers.ChoiceField) and not field.allow_blank:
                field.allow_blank = column.blank and column.empty_strings_allowed
        return fields


class RowSerializer(ShownSerializer):
    """A row of a table as flat JSON. Keys of other rows are as in values; names stand beside them."""

    def build_field(
        self, field_name: str, info: Any, model_class: Any, nested_depth: int
    ) -> tuple[type, dict[str, Any]]:
        """As of Django REST Framework; also what no column of the table is, and every row of its kind has."""
        of, _underscore, last = field_name.rpartition("_")
        if field_name == "url":
            source = "key" if issubclass(model_class, Part) else "number"
            return LinkField, {"view_name": f"{model_class._meta.model_name}-detail", "source": source}
        if field_name == "inside":
            return inside_of_part(model_class) if issubclass(model_class, Part) else inside_of_record(type(self)), {}
        if last == "name" and of in info.relations:
            column = model_class._meta.get_field(of)
            kind, options = _of_other(column, serializers.CharField, name_column(column.related_model))
            return kind, options | ({"allow_null": True} if _kept_by(model_class, of) else {})
        if field_name in info.forward_relations:
            column = model_class._meta.get_field(field_name)
            for kind, made in _KEPT_BY.items():
                if issubclass(column.related_model, kind):
                    return _of_other(column, *made)
        return super().build_field(field_name, info, model_class, nested_depth)

    @classmethod
    @cache
    def plan(cls) -> list[tuple[str, serializers.Field, Columns]]:
        """`[(name, field, columns)]`: what each field is made of, as look-ups of `.values()`."""
        return [(name, field, _columns_of(field)) for name, field in cls().fields.items() if _columns_of(field)]

    @classmethod
    def columns(cls) -> list[str]:
        """Every look-up that the fields need, each once."""
        return list(dict.fromkeys(column for _name, _field, columns in cls.plan() for column in columns))

    @classmethod
    def told(cls, rows: Iterable[Row], request: Request) -> list[Row]:
        """Rows of `columns()` as the API says them."""
        tell = [(name, _teller(field, columns, request)) for name, field, columns in cls.plan()]
        return [{name: teller(row) for name, teller in tell} for row in rows]


class RecordSerializer(RowSerializer):
    """A record of a register: always with `id`, `number`, `url`, its place on maps and the moment of its version."""

    def get_extra_kwargs(self) -> dict[str, dict[str, Any]]:
        said = super().get_extra_kwargs()
        if "closed_on" in said:
            said["closed_on"]["help_text"] = _CLOSING
        return said

    def get_fields(self) -> dict[str, Any]:
        own = super().get_fields()
        moments = {
            "verified_at": VerificationField(),
            "published_at": serializers.DateTimeField(source="verified_at", read_only=True, help_text=_PUBLICATION),
        }
        place = {name: field for name, field in _place_of(_model_of(type(self))).items() if name not in own}
        return own | place | moments

    def build_field(
        self, field_name: str, info: Any, model_class: Any, nested_depth: int
    ) -> tuple[type, dict[str, Any]]:
        """As of every row; also a part, with what of it is public."""
        part = directory.of(model_class).form.parts.get(field_name)
        if part:
            model: type[Part] = part._meta.model
            return row_of_part(model), {"many": True}
        return super().build_field(field_name, info, model_class, nested_depth)

    @classmethod
    @cache
    def parts(cls) -> "dict[str, type[RowSerializer]]":
        """`{name: serializer}` of the parts that stand in the answer, and what of them is public."""
        return cast("dict[str, type[RowSerializer]]", _parts_among(cls().fields))  # as `build_field` makes them

    @classmethod
    def parts_of(cls, key: int, request: Request) -> dict[str, list[Row]]:
        """The open rows of each part of the record of this primary key, as the API says them; a query for each."""
        return {
            name: part.told(_open_rows(part, key).values(*part.columns()), request)
            for name, part in cls.parts().items()
        }

    @classmethod
    def inside_parts_of(cls, key: int) -> dict[str, list[Row]]:
        """What the inside adds to the rows of the parts; a query for each part of which there is something."""
        return {
            name: [plain(row, part.Meta.fields) for row in _open_rows(part, key).values(*part.Meta.fields)]
            for name, part in _parts_among(inside_of_record(cls)().fields).items()
        }


def _model_of(serializer: type[serializers.ModelSerializer]) -> type[models.Model]:
    return cast("type[models.Model]", serializer.Meta.model)


def _place_of(model: Any) -> dict[str, serializers.Field]:
    """The fields of where a record stands on maps, and of how exact that is; none where it stands on none."""
    if not model.point:
        return {}
    *degrees, exactness = model.point.named
    made: dict[str, Any] = {
        name: serializers.FloatField(allow_null=True, read_only=True, help_text=f"Degrees; see `{exactness}`.")
        for name in degrees
    }
    made[exactness] = serializers.CharField(
        allow_null=True, read_only=True, help_text="How exact that place is; null or empty without one."
    )
    for name, lookup in model.point.named.items():
        made[name].source = None if lookup == name else lookup.replace("__", ".")
    return made


def _open_rows(part: type[ShownSerializer], key: int) -> models.QuerySet[Any]:
    return cast("type[Part]", part.Meta.model).open_of(key)


def _of_other(column: models.Field, field_class: type, name: str) -> tuple[type, dict[str, Any]]:
    """A field of the row that a column leads to; what of the column may be empty is null."""
    return field_class, {"source": f"{column.name}.{name}"} | ({"allow_null": True} if column.null else {})


# The key that values keep of what has a lasting name besides the database's own.
_KEPT_BY = {
    Record: (serializers.CharField, "number"),
    Part: (serializers.UUIDField, "key"),
    Attachment: (serializers.UUIDField, "id"),
}


def with_names(model: type[models.Model], fields: Iterable[str]) -> Iterator[str]:
    """These fields, and beside the key of each other row what it is called."""
    for name in fields:
        yield name
        column = model._meta.get_field(name)
        if column.related_model and name_column(column.related_model):
            yield f"{name}_name"


@cache
def inside_of_record(of: type[RowSerializer]) -> type[ShownSerializer]:
    """The serializer of what only those see whose reach includes the record, for `of`, the serializer of one record."""
    model = cast("type[Record]", of.Meta.model)
    rows: dict[str, type[Part]] = {name: part._meta.model for name, part in directory.of(model).form.parts.items()}
    parts = {name: inside_of_part(row)(many=True, read_only=True) for name, row in rows.items() if _inside_names(row)}
    fields = [*inside_columns(model), *parts]
    return _made(f"InsideOf{of.__name__}", model, fields, **parts)


@cache
def row_of_part(model: type[Part]) -> type[RowSerializer]:
    """The serializer of what everybody who reads the register sees of a row of a part."""
    seen = model.audience.public or model.audience.inside
    fields = ["key", *with_names(model, [name for name in seen if name not in _ties_of(model)])]
    meta = type("Meta", (), {"model": model, "fields": fields})
    description = str(model._meta.verbose_name).capitalize() + "."
    return type(f"{model.__name__}Serializer", (RowSerializer,), {"Meta": meta, "__doc__": description})


@cache
def inside_of_part(model: type[Part]) -> type[ShownSerializer]:
    """The serializer of what only those see of a row whose reach includes its record."""
    return _made(f"InsideOf{model.__name__}Serializer", model, ["key", *_inside_names(model)])


def _made(name: str, model: type[Hideable], fields: Sequence[str], **declared: Any) -> type[ShownSerializer]:
    meta = type("Meta", (), {"model": model, "fields": fields})
    description = "What only those see whose reach includes the record."
    return type(name, (ShownSerializer,), {**declared, "Meta": meta, "__doc__": description})


def _inside_names(part: type[Part]) -> list[str]:
    """The fields of a row that are not public, without those that only tie it to its record."""
    return [name for name in inside_columns(part) if name not in _ties_of(part)]


def _ties_of(part: type[Part]) -> set[str]:
    return {"id", "key", "position", part.parent, "closed_on"}


def _parts_among(fields: Mapping[str, serializers.Field]) -> dict[str, type[ShownSerializer]]:
    """`{name: serializer}` of the fields that are the rows of a part."""
    several = {name: field.child for name, field in fields.items() if isinstance(field, serializers.ListSerializer)}
    return {
        name: type(child)
        for name, child in several.items()
        if isinstance(child, ShownSerializer) and issubclass(child.Meta.model, Part)
    }


def inside_of(model: type[Hideable], row: Row) -> Row:
    """The inside and masked fields of a model from a row of their columns, masked ones masked."""
    said = plain(row, model.audience.inside)
    return said | {name: mask(row[name]) for name in model.audience.masked}


def plain(row: Row, names: Iterable[str]) -> Row:
    """Columns as JSON holds them: decimals as numbers."""
    return {name: _plain(row[name]) for name in names}


def inside_columns(model: type[Hideable]) -> list[str]:
    """The columns that `inside_of` needs."""
    return [*model.audience.inside, *model.audience.masked]


def _columns_of(field: serializers.Field) -> Columns:
    if isinstance(field, PhotoField):
        source = cast(str, field.source).replace(".", "__")
        return tuple(f"{source}__{name}" for name in ("id", "content_hash", "content_type", "published_at"))
    if isinstance(field, VerificationField):
        return "verified_at", "origin"
    if isinstance(field, serializers.BaseSerializer) or field.source == "*":
        return ()  # filled in by the view
    source = cast(str, field.source)
    return (source.replace(".", "__"), *_asked_of_named(field, source))


def _asked_of_named(field: serializers.Field, source: str) -> Columns:
    """By which columns it is known whether the name of another record may be told; none for what is no such name."""
    of, _dot, last = source.partition(".")
    model = _model_of(type(field.parent)) if isinstance(field.parent, RowSerializer) else models.Model
    named = names_of(model).get(of) if issubclass(model, Hideable) else None
    is_name = named is not None and last == name_column(cast("type[models.Model]", named.related_model))
    return (_kept_by(model, of) or ()) if is_name else ()


def _kept_by(model: type[models.Model], name: str) -> Columns | None:
    """As `kept_by`, of what the office alone reads: where everybody reads, what names a hidden record is hidden too."""
    if not issubclass(model, Hideable) or model.audience.is_public:
        return None
    return kept_by(model, name)


def _teller(field: serializers.Field, columns: Columns, request: Request) -> Callable[[Row], Any]:
    """The function that tells a field of a row."""
    column = columns[0]
    if isinstance(field, LinkField):
        host, address = request.build_absolute_uri("/")[:-1], addresses(field.view_name)
        return lambda row: host + address(row[column])
    if isinstance(field, PhotoField):
        return lambda row: _photo(request, *(row[name] for name in columns))
    if isinstance(field, VerificationField):
        return lambda row: row[column] if row[columns[1]] == Origin.VERIFIED else None
    if len(columns) > 1:  # the name of another record: nothing, where that is hidden from whoever asks
        _name, hidden, regency = columns
        return lambda row: None if row[hidden] and not reaches_regency(request.user, row[regency]) else row[column]
    return lambda row: _plain(row[column])


def _photo(
    request: Request, key: Any, content_hash: str, content_type: str, published_at: datetime | None
) -> str | None:
    if key is None:
        return None
    photo = Attachment(id=key, content_hash=content_hash, content_type=content_type, published_at=published_at)
    return request.build_absolute_uri(photo.photo_url()) if photo.photo_url() else None


def _plain(value: Any) -> Any:
    return float(value) if isinstance(value, decimal.Decimal) else value
