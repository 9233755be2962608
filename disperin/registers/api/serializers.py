"""What the API says of a row: fields are documented by a serializer, and fetched as columns, without objects.

Only public fields stand here (a test compares with the model's `audience`). Nothing is ever written through these.
"""

import decimal
from functools import cache

from django.db import models
from django.utils.translation import gettext as _
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers

from disperin.attachments.models import Attachment
from disperin.registers.record.models import Origin
from disperin.registers.values.audience import mask
from disperin.ui.addresses import addresses

_VERIFICATION = "When this version was verified; null where it was not, as `origin` says."
_PUBLICATION = "When this version was published, verified or not."


@extend_schema_field(OpenApiTypes.URI)
class LinkField(serializers.Field):
    """The whole address of a row in this API, made of one of its columns."""

    def __init__(self, view_name, **options):
        self.view_name = view_name
        super().__init__(read_only=True, **options)


@extend_schema_field({"type": ["string", "null"], "format": "uri"})
class PhotoField(serializers.Field):
    """The public address of a picture, or null while there is none; `source` is the foreign key to the attachment."""

    def __init__(self, **options):
        super().__init__(read_only=True, **options)


class VerificationField(serializers.DateTimeField):
    """The moment of a verification, null for a version that was not verified."""

    def __init__(self, **options):
        super().__init__(read_only=True, allow_null=True, help_text=_VERIFICATION, **options)


class WholeNumberField(serializers.IntegerField):
    """A whole number of a body; what is none is named."""

    def to_internal_value(self, data):
        try:
            return super().to_internal_value(data)
        except serializers.ValidationError as refused:
            if "invalid" not in refused.get_codes():
                raise
            told = {"value": str(data)[:40]}
            raise serializers.ValidationError(_("“%(value)s” is not a whole number.") % told, "invalid") from None


def text_of(source, **options):
    """A text that another row holds, such as the name of the regency (`regency.name`)."""
    return serializers.CharField(source=source, read_only=True, **options)


class ShownSerializer(serializers.ModelSerializer):
    """Describes columns that are only shown: what may be left empty may be read as empty."""

    serializer_field_mapping = serializers.ModelSerializer.serializer_field_mapping | {
        models.EmailField: serializers.CharField,
        models.URLField: serializers.CharField,
    }

    def get_fields(self):
        fields = super().get_fields()
        columns = {column.name: column for column in self.Meta.model._meta.concrete_fields}
        for name, field in fields.items():
            column = columns.get(field.source or name)  # none where the queryset works it out
            if column and isinstance(field, serializers.ChoiceField) and not field.allow_blank:
                field.allow_blank = column.blank and column.empty_strings_allowed
        return fields


class RowSerializer(ShownSerializer):
    """A row of a table as flat JSON. Keys of other rows are as in values; names stand beside them."""

    @classmethod
    @cache
    def plan(cls):
        """`[(name, field, columns)]`: what each field is made of, as look-ups of `.values()`."""
        return [(name, field, _columns_of(field)) for name, field in cls().fields.items() if _columns_of(field)]

    @classmethod
    def columns(cls):
        """Every look-up that the fields need, each once."""
        return list(dict.fromkeys(column for _name, _field, columns in cls.plan() for column in columns))

    @classmethod
    def told(cls, rows, request):
        """Rows of `columns()` as the API says them."""
        tell = [(name, _teller(field, columns, request)) for name, field, columns in cls.plan()]
        return [{name: one(row) for name, one in tell} for row in rows]


class RecordSerializer(RowSerializer):
    """A record of a register: always with `id`, `number` and `url`, and the moment of its version."""

    def get_fields(self):
        moments = {
            "verified_at": VerificationField(),
            "published_at": serializers.DateTimeField(source="verified_at", read_only=True, help_text=_PUBLICATION),
        }
        return super().get_fields() | moments


def inside_of(model, row):
    """The inside and masked fields of a model from a row of their columns, masked ones masked."""
    said = plain(row, model.audience.inside)
    return said | {name: mask(row[name]) for name in model.audience.masked}


def plain(row, names):
    """Columns as JSON holds them: decimals as numbers."""
    return {name: _plain(row[name]) for name in names}


def inside_columns(model):
    """The columns that `inside_of` needs."""
    return [*model.audience.inside, *model.audience.masked]


def _columns_of(field):
    if isinstance(field, PhotoField):
        source = field.source.replace(".", "__")
        return tuple(f"{source}__{name}" for name in ("id", "content_hash", "content_type", "published_at"))
    if isinstance(field, VerificationField):
        return "verified_at", "origin"
    if isinstance(field, serializers.BaseSerializer) or field.source == "*":
        return ()  # filled in by the view
    return (field.source.replace(".", "__"),)


def _teller(field, columns, request):
    """The function that tells a field of a row."""
    column = columns[0]
    if isinstance(field, LinkField):
        host, address = request.build_absolute_uri("/")[:-1], addresses(field.view_name)
        return lambda row: host + address(row[column])
    if isinstance(field, PhotoField):
        return lambda row: _photo(*(row[one] for one in columns), request)
    if isinstance(field, VerificationField):
        return lambda row: row[column] if row[columns[1]] == Origin.VERIFIED else None
    return lambda row: _plain(row[column])


def _photo(key, content_hash, content_type, published_at, request):
    if key is None:
        return None
    photo = Attachment(id=key, content_hash=content_hash, content_type=content_type, published_at=published_at)
    return request.build_absolute_uri(photo.photo_url()) if photo.photo_url() else None


def _plain(value):
    return float(value) if isinstance(value, decimal.Decimal) else value
