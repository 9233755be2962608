"""Official numbers and telephones: what is accepted, in which form it is kept, and what is refused with which words."""

import pytest
from django.core.exceptions import ValidationError
from django.utils import translation
from hypothesis import given, settings
from hypothesis import strategies as st

from industries import rules

BODIES = ["cv", "firma", "pt", "pt_perorangan", "koperasi", "bumdes", "kub", "lainnya", ""]


@pytest.fixture(autouse=True)
def _english():
    with translation.override("en"):
        yield


def refusal(check, *arguments, **named):
    """The code and the English words with which a check refuses."""
    with translation.override("en"), pytest.raises(ValidationError) as caught:
        check(*arguments, **named)
    return caught.value.code, caught.value.messages[0]


@pytest.mark.parametrize(
    "typed",
    [
        "1234567890123",
        " 1234 5678 90123 ",
        "1234.5678.90123",
        "1234-5678-90123",
        "1234·5678−90123",
        "１２３４５６７８９０１２３",
    ],
)
def test_a_nib_is_kept_as_thirteen_digits(typed):
    assert rules.check_nib(typed) == "1234567890123"


def test_a_nib_may_be_empty():
    assert rules.check_nib("  ") == ""


@pytest.mark.parametrize(
    "typed", ["123456789012", "12345678901234", "1234 5678 9012", "12345678901A3", "NIB", "123456789012¹"]
)
def test_anything_but_thirteen_digits_is_no_nib(typed):
    code, words = refusal(rules.check_nib, typed)

    assert code == "nib"
    assert "13 digits" in words


@pytest.mark.parametrize("legal_form", BODIES)
@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("01.312.166.0-091.000", "013121660091000"),
        ("013121660091000", "013121660091000"),
        ("0013 1216 6009 1000", "0013121660091000"),
        ("1000 0000 1234 5678", "1000000012345678"),  # since Coretax
        ("1000000000000000", "1000000000000000"),
        ("6307013211900001", "6307013211900001"),  # day 32: nobody's NIK
        ("6307011411900000", "6307011411900000"),  # serial 0000
        ("9999999999999999", "9999999999999999"),
        ("", ""),
    ],
)
def test_a_body_keeps_its_npwp_as_digits(legal_form, typed, kept):
    assert rules.check_npwp(typed, legal_form) == kept


@pytest.mark.parametrize("legal_form", [*BODIES, "perorangan", "ud"])
@pytest.mark.parametrize(
    "typed",
    ["6307011411900001", "6307.0114.1190.0001", "NPWP 6307011411900001", "6307010110020100", "6307015411900001"],
)
def test_sixteen_digits_in_the_shape_of_a_nik_are_refused_as_a_personal_number(legal_form, typed):
    code, words = refusal(rules.check_npwp, typed, legal_form)

    assert code == "personal_number"
    assert "6307" not in words


@pytest.mark.parametrize("legal_form", ["perorangan", "ud"])
@pytest.mark.parametrize("typed", ["013121660091000", "0013121660091000", "12"])
def test_a_natural_person_keeps_no_npwp(legal_form, typed):
    code, words = refusal(rules.check_npwp, typed, legal_form)

    assert code == "natural_person"
    assert typed not in words


@pytest.mark.parametrize("legal_form", ["perorangan", "ud"])
def test_a_natural_person_may_leave_the_npwp_empty(legal_form):
    assert rules.check_npwp(" ", legal_form) == ""


@pytest.mark.parametrize(
    ("typed", "code"),
    [
        ("01312166009100", "length"),
        ("00131216600910001", "length"),
        ("10000000123456789", "length"),
        ("63070114119000011", "length"),
        ("0131216600910OO", "digits_only"),
        ("01/3121660091000", "digits_only"),
    ],
)
def test_a_malformed_npwp_is_refused_without_repeating_it(typed, code):
    found, words = refusal(rules.check_npwp, typed, "pt")

    assert found == code
    assert typed not in words


@pytest.mark.parametrize(
    "typed",
    ["01.312.166.0-091.000", "0013121660091000", "016090524017000", "", "123", "6307011411900001", "1000000012345678"],
)
def test_a_fitting_check_digit_or_no_npwp_at_all_gives_no_warning(typed):
    assert rules.npwp_warning(typed) == ""


@pytest.mark.parametrize("typed", ["01.312.166.1-091.000", "0013121661091000"])
def test_a_check_digit_that_does_not_fit_only_warns(typed):
    kept = rules.check_npwp(typed, "pt")

    assert kept
    assert rules.npwp_warning(kept)


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("081234567890", "+6281234567890"),
        ("0812-3456-7890", "+6281234567890"),
        ("+62 812 3456 7890", "+6281234567890"),
        ("6281234567890", "+6281234567890"),
        ("0062 812 3456 7890", "+6281234567890"),
        ("+62 (0)812 3456 7890", "+6281234567890"),
        ("0812345678", "+62812345678"),
        ("0812345678901", "+62812345678901"),
        ("(0511) 3301234", "+625113301234"),
        ("0512 21234", "+6251221234"),
        ("0517-41234", "+6251741234"),
        ("+62 518 21234", "+6251821234"),
        ("0526.2021234", "+625262021234"),
        ("0527 61234", "+6252761234"),
        ("021 5551234", "+62215551234"),  # Jakarta
        ("(021) 2955 1234", "+622129551234"),
        ("022-4231234", "+62224231234"),
        ("0536 3221234", "+625363221234"),  # Palangka Raya
        ("0541 741234", "+62541741234"),
        ("0274 512345", "+62274512345"),
        ("0911 341234", "+62911341234"),
        ("+62 61 4521234", "+62614521234"),
        ("0511 12345", "+6251112345"),  # five to eight digits after the area code
        ("0511 12345678", "+6251112345678"),
        ("021 12345", "+622112345"),
        ("021 12345678", "+622112345678"),
        ("  ", ""),
    ],
)
def test_a_telephone_number_is_kept_with_its_country(typed, kept):
    assert rules.normalise_phone(typed) == kept


@pytest.mark.parametrize(
    ("typed", "hint"),
    [
        ("081234567", "10 to 13 digits"),
        ("08123456789012", "10 to 13 digits"),
        ("81234567890", "Begin the number"),
        ("+6581234567", "Begin the number"),
        ("021 1234", "5 to 8 digits"),
        ("021 123456789", "5 to 8 digits"),
        ("0536 1234", "5 to 8 digits"),
        ("0145 12345", "area code, such as"),
        ("0012 34567", "Begin the number"),
        ("0517 4123", "5 to 8 digits"),
        ("0517 412345678", "5 to 8 digits"),
        ("0812 3456 7890 / 0813 3456 7890", "one number"),
        ("WA 081234567890", "one number"),
        ("0812\x0034567890", "one number"),
        ("0812345678²", "one number"),
        ("0", "area code, such as"),
        ("+", "one number"),
    ],
)
def test_a_telephone_number_that_cannot_be_is_refused_with_a_remedy(typed, hint):
    code, words = refusal(rules.normalise_phone, typed)

    assert code == "phone"
    assert hint in words


@settings(deadline=None)
@given(st.from_regex(r"(\+62|62|0)(8[0-9]{8,11}|[2-79][0-9]{2}[0-9]{5,7})", fullmatch=True, alphabet="+0123456789"))
def test_a_telephone_number_is_normalised_once_and_for_all(typed):
    kept = rules.normalise_phone(typed)

    assert kept.startswith("+62")
    assert rules.normalise_phone(kept) == kept


@settings(deadline=None)
@given(st.text(max_size=40))
def test_whatever_is_typed_as_a_telephone_number_is_kept_or_refused_in_words(typed):
    try:
        answer = rules.normalise_phone(typed)
    except ValidationError as refused:
        answer = refused.code

    assert answer in ("", "phone") or answer.startswith("+62")


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("1905", "1905"),
        ("1905.90", "190590"),
        ("1905.90.90", "19059090"),
        ("99 01 00 00", "99010000"),
        ("1905-90-90", "19059090"),
        ("01012100", "01012100"),
        (" . ", ""),
        ("", ""),
    ],
)
def test_an_hs_code_is_kept_as_digits(typed, kept):
    assert rules.check_hs_code(typed) == kept


@pytest.mark.parametrize("typed", ["19", "19059", "1905909", "190590901", "1905.9X", "0012"])
def test_what_is_no_hs_code_is_refused(typed):
    code, words = refusal(rules.check_hs_code, typed)

    assert code == "hs_code"
    assert typed in words


def test_a_product_needs_all_eight_digits_of_its_hs_code():
    code, words = refusal(rules.check_hs_code, "1905.90", lengths=(8,))

    assert code == "hs_code"
    assert "8 digits" in words


@pytest.mark.parametrize(
    "check", [rules.normalise_phone, rules.check_hs_code, rules.check_postal_code, rules.check_nib]
)
def test_a_nik_in_the_wrong_field_is_not_repeated(check):
    words = refusal(check, "6307011411900001")[1]

    assert "6307011411900001" not in words


def test_a_permit_number_is_tidied_and_never_refused():
    assert rules.normalise_permit("  P-IRT\t 206 6307\u00a0010001-29 ") == "P-IRT 206 6307 010001-29"


@pytest.mark.parametrize(("typed", "kept"), [("71311", "71311"), (" 71311 ", "71311"), ("", "")])
def test_a_postal_code_has_five_digits(typed, kept):
    assert rules.check_postal_code(typed) == kept


@pytest.mark.parametrize("typed", ["7131", "713111", "7131O", "71 31"])
def test_what_is_no_postal_code_is_refused(typed):
    assert refusal(rules.check_postal_code, typed)[0] == "postal_code"


@pytest.mark.parametrize(
    ("check", "typed"),
    [
        (rules.check_nib, "0000000000000"),
        (rules.check_postal_code, "00000"),
        (lambda text: rules.check_npwp(text, "pt"), "00.000.000.0-000.000"),
        (lambda text: rules.check_npwp(text, "pt"), "0000000000000000"),
    ],
)
def test_zeros_alone_are_no_number(check, typed):
    _code, words = refusal(check, typed)

    assert "Zeros alone" in words
