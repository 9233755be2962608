"""Which fields matter for the answers given."""

from django import forms

from disperin.registers.values.asking import AskedIf, unasked

ANSWERED = AskedIf("phone", "email")
CHEMICAL = AskedIf("category", values=("kimiawi", "gunaan"))


def test_a_field_matters_if_another_is_answered_or_answered_so():
    assert [ANSWERED.holds(one) for one in ({}, {"phone": ""}, {"phone": "08"}, {"email": "a@b.id"})] == [
        False, False, True, True,
    ]  # fmt: skip
    assert [CHEMICAL.holds({"category": one}) for one in (None, "makanan", "kimiawi")] == [False, False, True]
    assert [AskedIf("share").holds({"share": one}) for one in (0, 0.0, 12.5, False, True)] == [
        False, False, True, False, True,
    ]  # fmt: skip


def test_an_answer_that_does_not_matter_is_found_and_an_empty_one_is_not():
    asked_if = {"consent": ANSWERED, "with_food": CHEMICAL}

    assert unasked(asked_if, {"consent": True, "with_food": "ya", "category": "kimiawi"}) == ["consent"]
    assert unasked(asked_if, {"consent": False, "with_food": ""}) == []


def test_it_says_in_words_when_it_matters():
    fields = {
        "category": forms.ChoiceField(label="category", choices=[("kimiawi", "Kimiawi"), ("gunaan", "Gunaan")]),
        "phone": forms.CharField(label="phone"),
        "email": forms.CharField(label="e-mail"),
    }

    assert (CHEMICAL.in_words(fields), ANSWERED.in_words(fields)) == (
        "Hanya bila “Category” diisi: Kimiawi / Gunaan.",
        "Hanya bila ini diisi: Phone / E-mail.",
    )
