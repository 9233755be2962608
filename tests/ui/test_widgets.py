"""Inputs and selects that are drawn without a template are what Django's templates make of them."""

import datetime
from decimal import Decimal

import pytest
from django import forms
from django.forms.renderers import TemplatesSetting
from django.utils import translation
from django.utils.safestring import mark_safe
from django.utils.translation import gettext_lazy

from disperin.ui import widgets
from disperin.ui.forms import DecimalInput, PortalFormRenderer, RupiahInput, WholeNumberInput

NASTY = (
    "", None, 0, 2020, 1234567, 12.5, Decimal("1234.50"), True, '<b>"&\'', ("a", 1), gettext_lazy("Yes"),
    mark_safe("<i>kain</i>"), datetime.date(2026, 11, 30), datetime.datetime(2026, 11, 30, tzinfo=datetime.UTC),
)  # fmt: skip
ATTRS = {"id": "id_x", "required": True, "disabled": False, "data-x": '"<', "class": mark_safe("a&amp;b"), "size": 1200}
INPUTS = (
    forms.TextInput, forms.NumberInput, forms.EmailInput, forms.URLInput, forms.HiddenInput, forms.DateInput,
    forms.PasswordInput, forms.CheckboxInput, forms.Textarea, WholeNumberInput, DecimalInput, RupiahInput,
)  # fmt: skip


@pytest.mark.parametrize("language", ["id", "en"])
def test_they_are_what_djangos_templates_make_of_them(language, monkeypatch):
    choices = [(value, label) for value in NASTY for label in (value, "Tenun") if not isinstance(label, tuple)]
    grouped = [
        ("", "Pilih"),
        ('Ka"in', [("a", "A"), ("b", mark_safe("<i>B</i>"))]),
        (gettext_lazy("Yes"), [("c", 2020)]),
    ]
    shown = [(kind(), value) for kind in INPUTS for value in NASTY]
    shown += [
        (kind(choices=some), ["a"]) for kind in (forms.Select, forms.SelectMultiple) for some in (choices, grouped)
    ]
    shown += [(forms.NullBooleanSelect(), value) for value in (True, None)]
    here, djangos = PortalFormRenderer(), TemplatesSetting()

    drawn = []
    monkeypatch.setattr("disperin.ui.forms.drawn", lambda *of: drawn.append(widgets.drawn(*of)) or drawn[-1])
    with translation.override(language):
        for widget, value in shown:
            again = [widget.render('na"me', value, dict(ATTRS), renderer) for renderer in (here, djangos)]
            assert again[0] == again[1], (widget, value)

    assert None not in drawn
    assert len(drawn) == len(shown)


@pytest.mark.parametrize("kind", [forms.RadioSelect, forms.CheckboxSelectMultiple])
def test_the_boxes_of_a_group_are_what_djangos_templates_make_of_them(kind):
    choices = [(value, label) for value in NASTY for label in (value, "Tenun") if not isinstance(label, tuple)]
    asked = forms.ChoiceField(choices=choices, widget=kind(attrs=ATTRS)) if kind is forms.RadioSelect else None
    asked = asked or forms.MultipleChoiceField(choices=choices, widget=kind(attrs=ATTRS))

    def boxes(renderer):
        form = type("Asked", (forms.Form,), {"one": asked})({"one": ["2020"]}, renderer=renderer())
        return [drawn for box in form["one"] for drawn in (box.tag(), box.tag(wrap_label=True))]

    assert boxes(PortalFormRenderer) == boxes(TemplatesSetting)


def test_what_has_a_template_of_its_own_is_drawn_by_it(monkeypatch):
    class Option(forms.Select):
        option_template_name = "django/forms/widgets/radio_option.html"

    for widget in (Option(choices=[("a", "A")]), forms.SplitDateTimeWidget(), forms.RadioSelect(choices=[("a", "A")])):
        here, djangos = (widget.render("x", None, {}, one()) for one in (PortalFormRenderer, TemplatesSetting))
        assert here == djangos
    assert widgets.drawn("components/field.html", {}) is None
