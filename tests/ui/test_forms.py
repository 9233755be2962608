"""How a form field is drawn."""

import re
from decimal import Decimal

import pytest
from django import forms
from django.db.models.fields import BLANK_CHOICE_DASH
from django.utils.safestring import mark_safe
from django.utils.translation import override

from disperin.ui.errors import entries
from disperin.ui.forms import DecimalInput, RupiahInput, WholeNumberInput


class ExampleForm(forms.Form):
    name = forms.CharField(help_text="Seperti pada papan.")
    workers = forms.CharField(widget=WholeNumberInput(unit="orang"), required=False)
    capital = forms.CharField(widget=RupiahInput(), required=False)
    scale = forms.ChoiceField(choices=[("s", "Kecil"), ("m", "Menengah")], widget=forms.RadioSelect, required=False)
    agreed = forms.BooleanField(required=False)


def group(field):
    with override("id"):
        return field.as_field_group()


def test_a_field_of_one_line_is_drawn_as_a_whole():
    class Line(forms.Form):
        name = forms.CharField(label="Nama & merek", help_text="Seperti <b>pada</b> papan")
        area = forms.CharField(
            label=mark_safe("Luas<br>lahan"),
            required=False,
            widget=DecimalInput({"data-width": "short", "data-prefix": "±"}, unit="m<sup>"),
        )

    assert group(Line()["name"]) == (
        '<div class="field"><label class="field-label" for="id_name">Nama &amp; merek '
        '<span class="field-mark">(wajib)</span></label>'
        '<div class="field-help" id="id_name_helptext">Seperti <b>pada</b> papan</div>'
        '<input type="text" name="name" class="form-control" aria-describedby="id_name_helptext" required id="id_name">'
        "</div>"
    )
    assert group(Line(auto_id=False)["area"]) == (
        '<div class="field field-short"><label class="field-label">Luas<br>lahan</label><div class="input-group">'
        '<span class="input-group-text">±</span><input type="text" name="area" inputmode="decimal" autocomplete="off" '
        'data-unit="m&lt;sup&gt;" data-width="short" data-prefix="±" class="form-control">'
        '<span class="input-group-text">m&lt;sup&gt;</span></div></div>'
    )
    wrong = group(Line({"name": ""})["name"])
    assert wrong.startswith('<div class="field field-invalid">')
    assert wrong.index("id_name_helptext") < wrong.index('<div class="field-error" id="id_name_error">')


class ChoosingForm(forms.Form):
    region = forms.ChoiceField(choices=[*BLANK_CHOICE_DASH, ("63", "Kalimantan Selatan")])
    office = forms.ChoiceField(choices=[*BLANK_CHOICE_DASH, ("1", "Dinas")], required=False)


@pytest.mark.parametrize(("name", "told"), [("region", "Pilih salah satu"), ("office", "Tidak dipilih")])
def test_where_nothing_is_chosen_words_say_so_not_dashes(name, told):
    html = group(ChoosingForm()[name])

    assert told in html
    assert "---" not in html


def test_a_required_field_says_so_and_names_its_help():
    html = group(ExampleForm()["name"])

    assert "(wajib)" in html
    assert 'aria-describedby="id_name_helptext"' in html
    assert 'id="id_name_helptext"' in html
    assert 'class="form-control"' in html


def test_an_error_stands_at_its_field_and_is_announced():
    html = group(ExampleForm({"name": ""})["name"])

    assert 'aria-invalid="true"' in html
    assert 'aria-describedby="id_name_helptext id_name_error"' in html
    assert html.index("id_name_error") < html.index("<input")


def test_a_figure_is_grouped_and_carries_its_unit():
    html = group(ExampleForm(initial={"workers": 12500})["workers"])

    assert 'value="12.500"' in html
    assert 'aria-describedby="id_workers_unit"' in html
    assert '<span class="input-group-text" id="id_workers_unit">orang</span>' in html
    assert 'inputmode="numeric"' in html


def test_what_was_mistyped_is_shown_as_typed():
    assert 'value="dua belas"' in group(ExampleForm({"workers": "dua belas"})["workers"])


def test_rupiah_stand_before_the_amount():
    html = group(ExampleForm({"capital": "1250000000"})["capital"])

    assert html.index("Rp") < html.index('value="1.250.000.000"')


def test_decimals_follow_the_language():
    with override("id"):
        assert DecimalInput().format_value(Decimal("12.5")) == "12,5"
    with override("en"):
        assert DecimalInput().format_value(Decimal("12.5")) == "12.5"


def test_a_choice_of_buttons_is_a_fieldset_with_legend():
    html = group(ExampleForm()["scale"])

    assert html.startswith("<fieldset")
    assert "<legend" in html
    assert html.count('class="form-check-input"') == 2
    assert 'for="id_scale_0"' in html


def test_of_many_boxes_the_ticked_ones_stand_first_and_of_few_each_in_its_place():
    class Goods(forms.Form):
        few = forms.MultipleChoiceField(choices=[(at, at) for at in "abc"], widget=forms.CheckboxSelectMultiple)
        many = forms.MultipleChoiceField(
            choices=[(at, at) for at in "abcdefghijklmn"], widget=forms.CheckboxSelectMultiple
        )
        one_of_many = forms.ChoiceField(choices=[(at, at) for at in "abcdefghijklmn"], widget=forms.RadioSelect)

    form = Goods({"few": ["c"], "many": ["n", "c"], "one_of_many": "n"})

    assert re.findall(r'value="(.)"', str(group(form["few"]))) == [*"abc"]
    assert re.findall(r'value="(.)"', str(group(form["many"]))) == [*"cnabdefghijklm"]
    assert re.findall(r'value="(.)"', str(group(form["one_of_many"]))) == [*"abcdefghijklmn"]  # all in sight


def test_a_single_box_stands_before_its_label():
    html = group(ExampleForm()["agreed"])

    assert html.index('type="checkbox"') < html.index("<label")


def test_what_people_typed_into_a_field_stays_text():
    html = group(ExampleForm({"name": '"><script>'})["name"])

    assert "<script>" not in html


def test_the_summary_lists_form_formset_and_path_errors_in_order():
    rows = forms.formset_factory(ExampleForm)(
        {"form-TOTAL_FORMS": "1", "form-INITIAL_FORMS": "0", "form-0-workers": "x"}
    )
    form = ExampleForm({})

    listed = list(entries(form, rows, {"": ["Semua"], "products.a.name": "Kosong"}))

    assert [entry["target"] for entry in listed] == ["id_name", "id_form-0-name", "", "id_products-a-name"]


def test_a_label_that_ends_a_sentence_is_not_joined_with_its_error_by_two_signs():
    class Consent(forms.Form):
        agreed = forms.BooleanField(label="Saya setuju.")

    assert [one["label"] for one in entries(Consent({}), [{"label": "Alasan:", "messages": ["Kosong"]}])] == [
        "Saya setuju", "Alasan",
    ]  # fmt: skip
