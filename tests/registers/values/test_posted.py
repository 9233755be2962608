"""What a page posts becomes the same canonical values in every language."""

import pytest
from django.forms import CharField
from django.http import QueryDict
from django.utils.translation import override

from disperin.registers.gate.forms import whole
from disperin.registers.record import directory
from disperin.registers.values.fields import TextList, Typed, is_untidy
from disperin.registers.values.posted import read
from tests.factories import establishment_values


def posted(language, text):
    form_class = directory.get("establishments").form
    with override(language):
        return read(form_class, QueryDict(text, encoding="utf-8"))


@pytest.mark.parametrize(
    ("language", "typed", "value"),
    [
        ("id", "12.000", "12000"),
        ("en", "12,000", "12000"),
        ("id", "Rp 1.250.000", "1250000"),
        ("id", "12000", "12000"),
    ],
)
def test_amounts_are_read_in_the_language_of_the_page(language, typed, value):
    given = posted(language, f"investment={typed}")

    assert (given["investment"], isinstance(given["investment"], Typed)) == (value, False)


@pytest.mark.parametrize(("language", "typed"), [("en", "12.000"), ("id", "12,000"), ("id", "banyak"), ("en", "1e5")])
def test_an_amount_of_another_language_is_not_guessed_but_kept_as_typed(language, typed):
    given = posted(language, f"investment={typed}")

    assert (given["investment"], isinstance(given["investment"], Typed)) == (typed, True)


def test_what_is_typed_for_a_day_is_left_to_its_field():
    assert posted("en", "as_of=22/11/2026")["as_of"] == "22/11/2026"


def test_an_unticked_box_is_false_and_empty_new_rows_are_no_rows():
    given = posted("id", "products-TOTAL=2&products-0-name=Kain&products-0-active=on&products-1-active=on")

    assert given["show_on_map"] is False
    assert [one["name"] for one in given["products"]] == ["Kain"]


def test_a_row_that_is_ticked_for_removal_is_left_out():
    given = posted("id", "products-TOTAL=1&products-0-key=abc&products-0-name=Kain&products-0-remove=on")

    assert given["products"] == []


@pytest.mark.parametrize("total", ["", "-1", "x", "99999999999", "²"])
def test_a_senseless_number_of_rows_counts_as_none_or_few(total):
    assert posted("id", f"products-TOTAL={total}")["products"] == []


def test_drafted_in_indonesian_and_verified_in_english_gives_the_same_record(db):
    form_class = directory.get("establishments").form
    plain = establishment_values()
    query = "&".join(f"{name}={value}" for name, value in plain.items())
    given = posted(
        "id", f"{query}&workers_male=1.200&investment=2.500.000&as_of=3/4/2026&latitude=-2,58&longitude=115,38"
    )
    values = whole(form_class, given, instance=None)
    kept, typed = form_class(values).entered()
    assert typed == {}

    def stored(language):
        with override(language):
            form = form_class(kept)
            assert form.is_valid(), form.problems
            return form.entered()[0]

    assert stored("id") == stored("en") == kept
    assert (kept["workers_male"], kept["investment"], kept["as_of"], kept["latitude"]) == (
        1200,
        2500000,
        "2026-04-03",
        -2.58,
    )


def test_a_list_of_texts_that_loses_what_nobody_sees_is_said_to_be_tidied():
    field = TextList()

    assert is_untidy(field, ["P-IRT\u200b 123", "dua"])
    assert is_untidy(field, ["dua  kata"])
    assert not is_untidy(field, [" tepi ", "dua"])
    assert not is_untidy(field, [1, None])
    assert not is_untidy(CharField(), ["dua  kata"])
