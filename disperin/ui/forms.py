"""How a form field looks: one renderer, one template, and the inputs for figures and money."""

import datetime
import re
from collections.abc import Iterator
from contextlib import suppress
from decimal import Decimal
from typing import Any, cast

from django import forms
from django.core.exceptions import ValidationError
from django.db.models import Model, QuerySet
from django.db.models.fields import BLANK_CHOICE_DASH
from django.forms.boundfield import BoundWidget
from django.forms.renderers import TemplatesSetting
from django.http import HttpRequest
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from disperin.ui import characters, formats
from disperin.ui.texts import Text
from disperin.ui.widgets import drawn

YEAR_BOX = forms.TextInput({"inputmode": "numeric", "data-width": "short"})  # a year has no thousands
DASHES = BLANK_CHOICE_DASH[0][1]  # what Django shows where nothing is chosen


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
                told = {"label": field.label, "value": _in_words(field, sent), "own": own and _in_words(field, own)}
                text = _("“%(label)s” is not yours to choose here, and “%(value)s” was sent. Open the page without it.")
                if own:
                    text = _(
                        "“%(value)s” lies outside your reach: for you, “%(label)s” is always %(own)s. Open the page "
                        "without it, or ask a colleague who works there."
                    )
                self.add_error(None, ValidationError(text, "not_offered", told))
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
    browser cut what is pasted without a word: the form says what is too long.
    """

    field_template_name = "components/field.html"

    def render(self, template_name: str, context: dict[str, Any], request: HttpRequest | None = None) -> str:
        """As Django's."""
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
        said = {"placeholder": formats.day(self.example), "data-unread": _("This is not read as a day yet.")}
        return super().get_context(name, value, {**said, **(attrs or {})})


def control(field: forms.BoundField) -> SafeString:
    """The input of a bound field (safe HTML) with the classes and descriptions the portal's field template needs."""
    widget = field.field.widget
    if isinstance(widget, forms.Select):
        nothing = _("Choose one") if field.field.required else _("Not chosen")
        widget.choices = [(value, nothing if label == DASHES else label) for value, label in widget.choices]
    attrs: dict[str, str | bool] = {"class": " ".join(filter(None, (widget.attrs.get("class"), css_class(widget))))}
    unit_id = f"{field.auto_id}_unit" if field.auto_id and unit_of(field) else ""
    described = " ".join(filter(None, (widget.attrs.get("aria-describedby") or field.aria_describedby, unit_id)))
    if described and not field.use_fieldset:
        attrs["aria-describedby"] = described
    return field.as_widget(attrs=attrs)


def options(field: forms.BoundField) -> Iterator[BoundWidget]:
    """The single boxes of a group of radio buttons or checkboxes, each with the class its input needs."""
    for option in field.subwidgets:
        option.data["attrs"] = {**option.data["attrs"], "class": "form-check-input"}
        yield option


def css_class(widget: forms.Widget) -> str:
    """The Bootstrap class of a widget, with `is-…` left to aria-invalid."""
    if isinstance(widget, forms.CheckboxInput):
        return "form-check-input"
    if isinstance(widget, forms.Select) and not isinstance(widget, forms.RadioSelect):
        return "form-select"
    return "form-control"


def is_group(widget: forms.Widget) -> bool:
    """Whether the widget is a list of radio buttons or checkboxes."""
    return isinstance(widget, forms.RadioSelect | forms.CheckboxSelectMultiple)


def unit_of(field: forms.BoundField) -> tuple[Text, Text] | None:
    """What stands inside the field beside the input: before it, after it (either may be empty)."""
    attrs = field.field.widget.attrs
    before, after = attrs.get("data-prefix", ""), attrs.get("data-unit", "")
    return (before, after) if before or after else None


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
