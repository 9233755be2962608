"""Likeness and its reasons, with exact edges; and how much of a seeded set the finder of pairs finds, and rightly."""

from collections import defaultdict

import pytest

from disperin.registers.pairing.blocks import MOST_SHARING, alike_pairs
from disperin.registers.record.likeness import (
    LIKELY,
    NEAR,
    WORTH_ASKING,
    Reason,
    Traits,
    likeness,
    metres_between,
    name_likeness,
    phone_digits,
)
from tests.registers.pairing.likeness_set import made

HERE = "63.07.01.2001"
BARE = Traits("Sasirangan Mawar")


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("CV. Sasirangan Mawar", "Sasirangan Mawar"),
        ("PT Mawar Sasirangan", "UD SASIRANGAN-MAWAR"),
        ("Sasirangan Mawár", "sasirangan  mawar"),
        ("CV", "cv."),
    ],
)
def test_legal_form_order_accents_and_signs_tell_no_names_apart(one, other):
    assert name_likeness(one, other) == 1


def test_a_typing_error_is_nearer_than_a_missing_word_and_that_than_another_word():
    typed, missing, other = (
        name_likeness("Anyaman Purun Mawar", name)
        for name in ("Anyamn Purun Mawar", "Purun Mawar", "Anyaman Purun Melati")
    )

    assert 1 > typed > missing > other > 0
    assert name_likeness("Tahu Tempe", "") == 0
    assert name_likeness("Toko Abc", "Toko Abd") == 0  # words of three letters are not guessed at


def test_telephones_are_compared_however_they_are_written():
    forms = ("0812 3456 7890", "+62 812-3456-7890", "62812 34567890", "0062 (812) 34567890")

    assert {phone_digits(form) for form in forms} == {"81234567890"}
    assert phone_digits("") == ""


def test_points_are_near_up_to_a_hundred_metres():
    here = (-2.5, 115.0)
    within, beyond = (-2.5 + (NEAR - 0.5) / 111_320, 115.0), (-2.5 + (NEAR + 0.5) / 111_320, 115.0)

    near = [likeness(Traits("A B", point=here), Traits("C D", point=point)).reasons for point in (within, beyond)]

    assert near == [(Reason.NEAR,), ()]
    assert metres_between(here, here) == 0


@pytest.mark.parametrize(
    ("told", "score", "reasons"),
    [
        ({}, 50, ["same_name"]),
        ({"village": HERE}, 65, ["same_name", "same_village"]),
        ({"code": "1" * 13}, 95, ["same_name", "same_code"]),
        ({"phone": "08123456789", "person": "Siti Aisyah"}, 95, ["same_name", "same_phone", "same_person"]),
    ],
)
def test_what_speaks_for_one_record_adds_up(told, score, reasons):
    alike = likeness(Traits(BARE.name, **told), Traits("UD Mawar Sasirangan", **told))

    assert (alike.score, list(alike.reasons)) == (score, reasons)


def test_another_nib_and_another_owner_speak_against_it():
    one = Traits(BARE.name, code="1" * 13, person="Siti Aisyah", village=HERE)
    other = Traits(BARE.name, code="2" * 13, person="Ahmad Yani", village=HERE)

    alike = likeness(one, other)

    assert alike.score == 20 < WORTH_ASKING < LIKELY
    assert alike.reasons == (Reason.SAME_NAME, Reason.SAME_VILLAGE, Reason.OTHER_PERSON, Reason.OTHER_CODE)


def test_nothing_known_is_no_likeness_and_none_is_more_than_100():
    assert likeness(Traits(""), Traits("")).score == 0
    everything = Traits(BARE.name, "1" * 13, "0811", "Siti Aisyah", HERE, (-2.5, 115.0))
    assert likeness(everything, everything).score == 100
    assert likeness(everything, everything).in_words.startswith("nama sama")


def test_what_many_share_is_not_compared():
    many = {key: Traits("Sasirangan", village=HERE) for key in range(MOST_SHARING + 1)}
    few = dict(list(many.items())[:-1])

    assert alike_pairs(many) == {}
    assert len(alike_pairs(few)) == MOST_SHARING * (MOST_SHARING - 1) // 2


@pytest.mark.thorough
def test_of_300_pairs_among_20000_records_95_percent_are_found_and_9_of_10_found_are_pairs():
    records, true = made()
    by_regency = defaultdict(dict)
    for key, (regency, traits) in records.items():
        by_regency[regency][key] = traits

    found = {pair for traits in by_regency.values() for pair in alike_pairs(traits)}

    recall, precision = len(found & true) / len(true), len(found & true) / len(found)
    print(f"{len(found)} pairs found: recall {recall:.3f}, precision {precision:.3f}")  # into docs/speed.md
    assert (len(records), len(true)) == (20_000, 300)
    assert recall >= 0.95
    assert precision >= 0.9
