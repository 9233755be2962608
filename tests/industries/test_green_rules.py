"""Green-industry certificates: the number of a standard, what a certification must say, what it is worth on a day."""

import datetime
from types import SimpleNamespace

import pytest
from django.core.exceptions import ValidationError

from industries import rules

TODAY = datetime.date(2026, 11, 22)
ISSUED, UNTIL = datetime.date(2025, 3, 10), datetime.date(2029, 3, 9)


def day(text):
    return datetime.date.fromisoformat(text)


def certificate(**values):
    plain = {"stage_on": ISSUED, "issued_on": ISSUED, "valid_until": UNTIL, "revoked_on": None}
    return SimpleNamespace(**{**plain, **values})


@pytest.mark.parametrize(
    "typed", ["SIH 23929.1:2022", "sih 23929.1:2022", "SIH23929.1:2022", " 23929.1 : 2022 ", "SIH  23929.1:2022"]
)
def test_the_number_of_a_standard_is_kept_as_it_is_printed(typed):
    assert rules.check_standard_number(typed) == "SIH 23929.1:2022"


@pytest.mark.parametrize(
    "typed",
    ["", "SIH", "SIH 2392.1:2022", "SIH 239291:2022", "SIH 23929.1:22", "SIH 23929.1-2022", "SNI 23929.1:2022",
     "SIH 23929.1:20222", "SIH ２3929.1:2022", "SIH SIH 23929.1:2022"],
)  # fmt: skip
def test_what_is_no_number_of_a_standard_is_refused(typed):
    with pytest.raises(ValidationError) as refused:
        rules.check_standard_number(typed)

    assert refused.value.code == "standard"


def test_the_number_names_class_sequence_and_year():
    assert rules.read_standard_number("SIH 23929.1:2022") == ("23929", 1, 2022)


def test_a_number_with_six_digits_is_taken_and_names_no_class():
    assert rules.check_standard_number("sih 293000.2:2020") == "SIH 293000.2:2020"
    assert rules.read_standard_number("SIH 293000.2:2020") == ("", 2, 2020)


@pytest.mark.parametrize(
    ("on", "state"),
    [
        ("2025-03-09", "belum"),
        ("2025-03-10", "berlaku"),
        ("2029-03-09", "berlaku"),
        ("2029-03-10", "berakhir"),
    ],
)
def test_a_certificate_is_valid_from_its_first_day_through_its_last(on, state):
    assert rules.green_state(certificate(), day(on)) == state
    assert rules.is_green_on(certificate(), day(on)) is (state == "berlaku")


@pytest.mark.parametrize(("on", "state"), [("2026-01-04", "berlaku"), ("2026-01-05", "dicabut")])
def test_the_day_of_a_revocation_is_the_first_without_it(on, state):
    assert rules.green_state(certificate(revoked_on=day("2026-01-05")), day(on)) == state


def test_a_revocation_outlasts_the_end():
    assert rules.green_state(certificate(revoked_on=day("2026-01-05")), day("2030-01-01")) == "dicabut"


def test_a_certificate_without_an_end_is_valid_until_it_is_revoked():
    endless = certificate(valid_until=None)

    assert rules.green_state(endless, day("2099-12-31")) == "berlaku"


@pytest.mark.parametrize(("on", "state"), [("2026-11-21", "belum"), ("2026-11-22", "proses")])
def test_an_application_is_in_process_from_its_stage_on(on, state):
    applied = certificate(issued_on=None, valid_until=None, stage_on=TODAY)

    assert rules.green_state(applied, day(on)) == state


def problems(**values):
    plain = {
        "standard_number": "SIH 13134.1:2022", "stage": "terbit", "stage_on": ISSUED, "certificate_number": "LSIH/1",
        "issued_on": ISSUED, "valid_until": UNTIL, "revoked_on": None, "revoked_reason": "",
    }  # fmt: skip
    try:
        rules.check_green(SimpleNamespace(**{**plain, **values}), today=TODAY)
    except ValidationError as error:
        return {field: [one.code for one in errors] for field, errors in error.error_dict.items()}
    return {}


APPLIED = {"stage": "evaluasi", "certificate_number": "", "issued_on": None, "valid_until": None}
REVOKED = {"stage": "dicabut", "revoked_on": TODAY, "revoked_reason": "Tidak memenuhi"}
LATER = TODAY + datetime.timedelta(days=1)


@pytest.mark.parametrize(
    "values",
    [{}, APPLIED, REVOKED, {"stage": "surveilans"}, {"valid_until": None}, {"valid_until": ISSUED},
     {"issued_on": TODAY, "stage_on": TODAY}, {**REVOKED, "revoked_on": ISSUED}],
)  # fmt: skip
def test_what_fits_is_taken(values):
    assert problems(**values) == {}


@pytest.mark.parametrize(
    ("values", "found"),
    [
        ({"certificate_number": ""}, {"certificate_number": ["missing"]}),
        ({"issued_on": None, "valid_until": None}, {"issued_on": ["missing"]}),
        ({"stage": "evaluasi"}, {"stage": ["issued"]}),
        ({**APPLIED, "issued_on": ISSUED}, {"certificate_number": ["missing"]}),
        ({**APPLIED, "valid_until": UNTIL}, {"valid_until": ["not_issued"]}),
        ({"stage_on": LATER}, {"stage_on": ["future"]}),
        ({"issued_on": LATER}, {"issued_on": ["future"]}),
        ({**REVOKED, "revoked_on": LATER}, {"revoked_on": ["future"]}),
        ({"valid_until": ISSUED - datetime.timedelta(days=1)}, {"valid_until": ["order"]}),
        ({**REVOKED, "revoked_on": ISSUED - datetime.timedelta(days=1)}, {"revoked_on": ["order"]}),
        ({"stage": "dicabut"}, {"revoked_on": ["missing"]}),
        ({"revoked_reason": "Tidak memenuhi"}, {"revoked_on": ["missing"]}),
        ({**REVOKED, "revoked_reason": " "}, {"revoked_reason": ["missing"]}),
        ({**REVOKED, "stage": "terbit"}, {"stage": ["revoked"]}),
        ({"standard_number": "SIH 13134.1:2013"}, {"standard_number": ["year"]}),
        ({"standard_number": "SIH 13134.1:2027"}, {"standard_number": ["year"]}),
    ],
)
def test_what_contradicts_itself_is_named_at_its_field(values, found):
    assert problems(**values) == found


def test_the_first_standards_are_those_of_the_law_of_2014():
    assert problems(standard_number="SIH 13134.1:2014") == {}
