"""Figures as people type them: read exactly or refused, with the value and an example."""

import json
from pathlib import Path

import pytest
from django.core.exceptions import ValidationError
from django.utils.translation import override

from disperin.registers.values.fields import Decimal, Degrees, Typed, WholeNumber
from industries.forms import EstablishmentForm

SHARED = Path(__file__).parents[2]  # with the page's script and the reading of files
CASES = json.loads((SHARED / "whole_numbers.json").read_text())


def _read(text, field):
    try:
        return field.to_python(field.from_text(text))
    except ValueError:
        return "refused"


def _refusal(field, value):
    with pytest.raises(ValidationError) as refused:
        field.clean(value)
    return refused.value.messages


@pytest.mark.parametrize("as_left_by", ["typed", "shown"])
def test_a_whole_number_is_read_alike_with_and_without_the_script_of_the_page(as_left_by):
    for case in CASES:
        with override(case["language"]):
            assert _read(case[as_left_by], WholeNumber(required=False)) == case["read"], case


@pytest.mark.parametrize("language", ["id", "en"])
def test_degrees_are_read_alike_in_every_language(language):
    for case in json.loads((SHARED / "degrees.json").read_text()):
        with override(language):
            found = _read(case["typed"], Degrees(max_value=180, required=False))
        found = None if found == "refused" else found
        assert (found if found is None else float(found)) == case["read"], case


def test_what_is_no_whole_number_is_named_with_an_example():
    field = WholeNumber(prefix="Rp")

    for value in ("1,5 juta", "25.000.000,50", "3 orang", "1.250,5"):
        assert _refusal(field, Typed(value)) == [
            f"“{value}” bukan bilangan bulat. Tulis angkanya saja, misalnya 1250000."
        ]
    assert _refusal(field, 12.5) == ["“12.5” bukan bilangan bulat. Tulis angkanya saja, misalnya 1250000."]
    with override("en"):
        assert _refusal(field, Typed("3 people")) == [
            "“3 people” is not a whole number. Write only its digits, for example 1250000."
        ]


def test_blanks_without_end_before_what_is_no_whole_number_are_looked_at_once():
    """A program may send five million of them, with any whole number of a proposal."""
    field = WholeNumber(required=False)

    assert "bukan bilangan bulat" in _refusal(field, " " * 4_000_000 + "x")[0]
    assert "bukan bilangan bulat" in _refusal(field, "\n" * 2_000_000 + "-" + " " * 2_000_000)[0]
    assert field.clean(" " * 2_000_000 + "12" + " " * 2_000_000) == 12


def test_the_example_fits_the_field():
    fields = EstablishmentForm.base_fields

    for name, example in (("workers_male", "1250"), ("investment", "1250000"), ("founded_year", "2012")):
        assert f"misalnya {example}." in _refusal(fields[name], Typed("?"))[0]
    for field, example in (
        (Decimal(), "12,5"),
        (Degrees(max_value=90), "-3,316694"),
        (Degrees(max_value=180), "114,590111"),
    ):
        assert _refusal(field, Typed("?")) == [f"“?” bukan angka. Tulis angkanya saja, misalnya {example}."]
