"""What may be proposed to a register, told by its form: fields, labels, kinds, choices. For programs."""

from typing import Any

from django import forms
from django.forms import Field
from django.urls import NoReverseMatch
from django.utils.text import capfirst
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.reverse import reverse

from disperin.attachments.forms import AttachmentField
from disperin.registers.gate.values_form import ValuesForm
from disperin.registers.record.directory import Register
from disperin.registers.values.audience import Audience
from disperin.registers.values.fields import Day, TextList
from disperin.registers.values.outline_field import OutlineField
from disperin.ui.forms import offered_model

KINDS = ("text", "long_text", "number", "decimal", "boolean", "date", "choice", "reference", "list", "file", "geometry")
AUDIENCES = ("public", "inside", "masked")


class ChoiceSerializer(serializers.Serializer):
    """One of the values that a field takes."""

    value = serializers.CharField()
    label = serializers.CharField()


class FieldSerializer(serializers.Serializer):
    """A field of a form."""

    name = serializers.CharField()
    label = serializers.CharField()
    help = serializers.CharField(allow_blank=True)
    kind = serializers.ChoiceField([(kind, kind) for kind in KINDS])
    required = serializers.BooleanField(help_text="Needed for submitting; a draft may lack it.")
    unit = serializers.CharField(allow_blank=True)
    max_length = serializers.IntegerField(allow_null=True)
    choices = ChoiceSerializer(
        many=True, help_text="The values it takes; empty where any value, or a reference, will do."
    )
    look_up = serializers.URLField(allow_null=True, help_text="Where the keys of a reference are found, or null.")
    audience = serializers.ChoiceField([(readers, readers) for readers in AUDIENCES])


class PartSerializer(serializers.Serializer):
    """Rows that belong to a record. In values: a list of objects; `key` names a row that is there already."""

    name = serializers.CharField()
    label = serializers.CharField()
    fields = FieldSerializer(many=True)


class RegisterRowSerializer(serializers.Serializer):
    """A register as it stands in the list."""

    slug = serializers.CharField()
    url = serializers.URLField()
    label = serializers.CharField()
    label_of_one = serializers.CharField()
    prefix = serializers.CharField(help_text="Of its register numbers.")


class RegisterSerializer(RegisterRowSerializer):
    """A register with the fields of its form."""

    fields = FieldSerializer(many=True)
    parts = PartSerializer(many=True)


def row_of(register: Register, request: Request) -> dict[str, str]:
    """A register as it stands in the list."""
    return {
        "slug": register.slug,
        "url": reverse("register-detail", args=[register.slug], request=request),
        "label": capfirst(str(register.label)),
        "label_of_one": capfirst(str(register.label_of_one)),
        "prefix": register.model.prefix,
    }


def describe(register: Register, request: Request) -> dict[str, Any]:
    """A register with the fields of its form and of its parts."""
    form = register.form()
    return row_of(register, request) | {
        "fields": _fields(form, request),
        "parts": [
            {
                "name": name,
                "label": capfirst(str(part._meta.model._meta.verbose_name_plural)),
                "fields": _fields(part(key=""), request),
            }
            for name, part in register.form.parts.items()
        ],
    }


def _fields(form: type[ValuesForm] | ValuesForm, request: Request) -> list[dict[str, Any]]:
    return [_field(name, field, form._meta.model.audience, request) for name, field in form.fields.items()]


def _field(name: str, field: Field, audience: Audience, request: Request) -> dict[str, Any]:
    where = _look_up(field, request)
    return {
        "name": name,
        "label": capfirst(str(field.label or name)),
        "help": str(field.help_text),
        "kind": _kind(field),
        "required": field.required,
        "unit": str(field.widget.attrs.get("data-unit") or field.widget.attrs.get("data-prefix") or ""),
        "max_length": getattr(field, "max_length", None),
        "choices": [] if where else _choices(field),
        "look_up": where,
        "audience": next(readers for readers in AUDIENCES if name in getattr(audience, readers)),
    }


def _kind(field: Field) -> str:
    of_class = (
        (AttachmentField, "file"),
        (OutlineField, "geometry"),
        (TextList, "list"),
        (forms.MultipleChoiceField, "list"),
        (forms.ModelChoiceField, "reference"),
        (forms.ChoiceField, "choice"),
        (forms.BooleanField, "boolean"),
        (Day, "date"),
        (forms.DecimalField, "decimal"),
        (forms.IntegerField, "number"),
    )
    value_kind = next((kind for field_class, kind in of_class if isinstance(field, field_class)), "text")
    return "long_text" if value_kind == "text" and isinstance(field.widget, forms.Textarea) else value_kind


def _look_up(field: Field, request: Request) -> str | None:
    """The list of this API that a reference points to; None where there is none, or none is needed."""
    if isinstance(field, AttachmentField):
        return reverse("attachment-list", request=request)
    if isinstance(field, forms.ModelChoiceField):
        try:
            return reverse(f"{offered_model(field)._meta.model_name}-list", request=request)
        except NoReverseMatch:
            return None
    return None


def _choices(field: Field) -> list[dict[str, str]]:
    pairs = getattr(field, "choices", ())
    return [{"value": str(value), "label": str(label)} for value, label in pairs if str(value)]
