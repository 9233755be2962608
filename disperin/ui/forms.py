"""How a form field looks: one renderer, and the inputs for figures and money."""

import datetime
import re
from contextlib import suppress
from decimal import Decimal
from typing import Any, cast

from django import forms
from django.core.exceptions import ValidationError
from django.db.models import Model, QuerySet
from django.forms.renderers import TemplatesSetting
from django.http import HttpRequest
from django.utils import timezone
from django.utils.translation import gettext as _

from disperin.ui import characters, controls, formats
from disperin.ui.texts import Text
from disperin.ui.widgets import drawn

YEAR_BOX = forms.TextInput({"inputmode": "numeric", "data-width": "short"})  # a year has no thousands


class PlainText(forms.CharField):
    """A text under the one rule for characters: what cannot be seen is refused, or taken out."""

    def to_python(self, value: Any) -> Any:
        if value not in self.empty_values:
            if problem := characters.refusal(str(value)):
                raise ValidationError(problem, "characters")
            value = (characters.lines if isinstance(self.widget, forms.Textarea) else characters.line)(str(value))
        return super().to_python(value)


class Offered(forms.Form):
    """A form that leaves out fields for some people: what one of them sends there is refused, never passed over.

    `own` is what such a person always means, so that it may be sent: `{name: value}`.
    """

    own: dict[str, str | None] = {}

    def clean(self) -> dict[str, Any]:
        """As of Django, with what was sent in fields that are not offered."""
        super().clean()
        for name in self.base_fields.keys() - self.fields.keys():
            field, sent, own = self.base_fields[name], self.data.get(self.add_prefix(name)), self.own.get(name)
            if sent and sent != own:
                params = {"label": field.label, "value": _in_words(field, sent), "own": own and _in_words(field, own)}
                text = _("“%(label)s” is not yours to choose here, and “%(value)s” was sent. Open the page without it.")
                if own:
                    text = _(
                        "“%(value)s” lies outside your reach: for you, “%(label)s” is always %(own)s. Open the page "
                        "without it, or ask a colleague who works there."
                    )
                self.add_error(None, ValidationError(text, "not_offered", params))
        return self.cleaned_data


def _in_words(field: forms.Field, value: str) -> str:
    """What a field calls a value that was sent; the value itself, where it does not know it."""
    try:
        known = field.to_python(value)
    except ValidationError:
        known = value
    return str(choices_of(field).get(known, known) if isinstance(known, str) else known)[:60]


class PortalFormRenderer(TemplatesSetting):
    """`{{ field.as_field_group }}` gives label, help, error and control in the portal's look.

    Widgets keep Django's own templates, so that the admin and foreign forms stay as they are; but none of them lets a
    browser cut what is pasted without a word: the form says what is too long. Fields of one line are drawn by
    `controls.line`; the template is for boxes.
    """

    field_template_name = "components/field.html"

    def render(self, template_name: str, context: dict[str, Any], request: HttpRequest | None = None) -> str:
        """As Django's."""
        if template_name == self.field_template_name and (line := controls.line(context["field"])) is not None:
            return line
        context.get("widget", {}).get("attrs", {}).pop("maxlength", None)
        return drawn(template_name, context) or super().render(template_name, context, request)


class WholeNumberInput(forms.TextInput):
    """A text input for whole figures: grouped by thousands, with its unit inside the field.

    A plain text input on purpose: `type=number` shows no grouping, changes on scrolling and hides what was mistyped.
    """

    def __init__(self, attrs: dict[str, Any] | None = None, *, unit: Text = "", prefix: Text = "") -> None:
        shown = {"inputmode": "numeric", "data-grouped": True, "autocomplete": "off"}
        if unit:
            shown["data-unit"] = unit
        if prefix:
            shown["data-prefix"] = prefix
        super().__init__({**shown, **(attrs or {})})

    def format_value(self, value: Any) -> str | None:
        """Figures are grouped in the page's language; what a person mistyped is shown as typed."""
        if value is None or value == "" or isinstance(value, bool):
            return None if value == "" else value
        if isinstance(value, int | Decimal) or re.fullmatch(r"-?[0-9]+", str(value)):
            return formats.number(value)
        return str(value)


class RupiahInput(WholeNumberInput):
    """A whole amount of Rupiah."""

    def __init__(self, attrs: dict[str, Any] | None = None) -> None:
        super().__init__(attrs, prefix="Rp")


class DecimalInput(forms.TextInput):
    """A text input for a figure with decimals, written with the decimal sign of the page's language."""

    def __init__(self, attrs: dict[str, Any] | None = None, *, unit: Text = "") -> None:
        shown = {"inputmode": "decimal", "autocomplete": "off", **({"data-unit": unit} if unit else {})}
        super().__init__({**shown, **(attrs or {})})

    def format_value(self, value: Any) -> str | None:
        """A figure in the page's language, also one that stands as text; what a person mistyped as it was typed."""
        if type(value) is str and re.fullmatch(r"-?[0-9]+(\.[0-9]+)?", value):
            value = Decimal(value)
        if isinstance(value, int | float | Decimal) and not isinstance(value, bool):
            return formats.number(value)
        return value if value is None else str(value)


class DayInput(forms.TextInput):
    """A day, typed as people write it: “12 Maret 2023”, “12/3/2023”; the page says under it how it was read.

    No calendar of the browser on purpose: that one asks for month or day first as the machine is set up, not the page.
    """

    example = datetime.date(2023, 3, 12)
    lies_ahead = False  # whether the day asked for is still to come, and so must its example be

    def __init__(self, attrs: dict[str, Any] | None = None) -> None:
        super().__init__({"data-day": True, "autocomplete": "off", "data-width": "medium", **(attrs or {})})

    def format_value(self, value: Any) -> str | None:
        """A day in the page's language; what a person mistyped as it was typed."""
        if type(value) is str and re.fullmatch(r"[0-9]{4}-[0-9]{2}-[0-9]{2}", value):
            with suppress(ValueError):
                value = datetime.date.fromisoformat(value)
        if isinstance(value, datetime.date):
            return formats.day(value)
        return value if value is None else str(value)

    def get_context(self, name: str, value: Any, attrs: dict[str, Any] | None) -> dict[str, Any]:
        """As of Django, with an example in the page's language, and what is said of what is no day."""
        example = self.example.replace(year=timezone.localdate().year + 1) if self.lies_ahead else self.example
        said = {"placeholder": formats.day(example), "data-unread": _("This is not read as a day yet.")}
        return super().get_context(name, value, {**said, **(attrs or {})})


def choices_of(field: forms.Field) -> dict[Any, Any]:
    """What a field of choices calls each of its values; nothing of any other."""
    return dict(getattr(field, "choices", ()))


def choice_field(form: forms.BaseForm, name: str) -> forms.ChoiceField:
    """The field of this name, which is one of choices."""
    return cast(forms.ChoiceField, form.fields[name])


def row_field(form: forms.BaseForm, name: str) -> forms.ModelChoiceField:
    """The field of this name, which offers rows of a table."""
    return cast(forms.ModelChoiceField, form.fields[name])


def offered_model(field: forms.ModelChoiceField) -> type[Model]:
    """The table whose rows a field offers."""
    return cast("QuerySet[Any]", field.queryset).model
