"""The input of a bound field, and the field around it: label, help, errors, unit.

A page of a draft has more than a hundred fields. Those of one line are drawn here, since through a template they took
half of the page's time; groups of boxes are few, and have `templates/components/field.html`.
"""

from collections.abc import Iterator

from django import forms
from django.db.models.fields import BLANK_CHOICE_DASH
from django.forms.boundfield import BoundField, BoundWidget
from django.template.loader import render_to_string
from django.utils.html import conditional_escape
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _

from disperin.ui.texts import Text

MOST_IN_SIGHT = 12  # checkboxes of a group; as in static/css/pages.css
DASHES = BLANK_CHOICE_DASH[0][1]  # what Django shows where nothing is chosen


def control(field: BoundField) -> SafeString:
    """The input of a bound field (safe HTML) with the classes and descriptions the portal's field needs."""
    widget = field.field.widget
    if isinstance(widget, forms.Select):
        nothing = _("Choose one") if field.field.required else _("Not chosen")
        widget.choices = [
            (value, nothing if value == "" and label == DASHES else label) for value, label in widget.choices
        ]
    attrs: dict[str, str | bool] = {"class": " ".join(filter(None, (widget.attrs.get("class"), css_class(widget))))}
    unit_id = f"{field.auto_id}_unit" if field.auto_id and unit_of(field) else ""
    described = " ".join(filter(None, (widget.attrs.get("aria-describedby") or field.aria_describedby, unit_id)))
    if described and not field.use_fieldset:
        attrs["aria-describedby"] = described
    return field.as_widget(attrs=attrs)


def options(field: BoundField) -> Iterator[BoundWidget]:
    """The single boxes of a group of radio buttons or checkboxes, each with the class its input needs.

    A long list of checkboxes scrolls within its field: what is ticked stands first there, or nobody would see it. Of
    radio buttons all are in sight, since one of them is to be chosen.
    """
    boxes = field.subwidgets
    if len(boxes) > MOST_IN_SIGHT and getattr(field.field.widget, "allow_multiple_selected", False):
        boxes = sorted(boxes, key=lambda box: not box.data["selected"])
    for option in boxes:
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


def is_one_box(widget: forms.Widget) -> bool:
    """Whether the widget is a single checkbox, which stands before its label."""
    return getattr(widget, "input_type", "") == "checkbox" and not is_group(widget)


def unit_of(field: BoundField) -> tuple[Text, Text] | None:
    """What stands inside the field beside the input: before it, after it (either may be empty)."""
    attrs = field.field.widget.attrs
    before, after = attrs.get("data-prefix", ""), attrs.get("data-unit", "")
    return (before, after) if before or after else None


def label(field: BoundField) -> SafeString:
    """The label of a field (safe HTML), which says where an answer is required."""
    mark = f' <span class="field-mark">{conditional_escape(_("(required)"))}</span>' if field.field.required else ""
    return mark_safe(f"{conditional_escape(field.label)}{mark}")  # noqa: S308 - both parts are escaped


def says(field: BoundField) -> SafeString:
    """The help and the errors of a field (safe HTML), "" without; help is HTML of ours."""
    text, id_ = field.help_text, field.auto_id
    place = f' id="{conditional_escape(id_)}_helptext"' if id_ else ""
    shown = f'<div class="field-help"{place}>{text}</div>' if text else ""
    if field.errors:
        shown += render_to_string("components/_field_errors.html", {"field": field})
    return mark_safe(shown)  # noqa: S308 - help is written in our code, as Django's own templates take it


def line(field: BoundField) -> SafeString | None:
    """A visible field with one input, as it stands on a page (safe HTML); None of any other."""
    widget = field.field.widget
    if field.is_hidden or field.use_fieldset or is_one_box(widget):
        return None
    width = widget.attrs.get("data-width", "")
    css = f"field{' field-invalid' if field.errors else ''}{f' field-{width}' if width else ''}"
    id_ = field.id_for_label
    of = f' for="{conditional_escape(id_)}"' if id_ else ""
    name = f'<label class="field-label"{of}>{label(field)}</label>'
    return mark_safe(f'<div class="{css}">{name}{says(field)}{_with_unit(field)}</div>')  # noqa: S308 - all drawn above


def _with_unit(field: BoundField) -> str:
    """The input, between what stands before and after it. Its description is the last of both."""
    before, after = unit_of(field) or ("", "")
    if not before and not after:
        return control(field)
    id_ = f' id="{conditional_escape(field.auto_id)}_unit"' if field.auto_id else ""
    text = '<span class="input-group-text"{}>{}</span>'
    first = text.format("" if after else id_, conditional_escape(before)) if before else ""
    last = text.format(id_, conditional_escape(after)) if after else ""
    return f'<div class="input-group">{first}{control(field)}{last}</div>'
