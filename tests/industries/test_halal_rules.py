"""The halal duty on a day, the stages of both schemes, what a certificate must say, and what may be public."""

import datetime
from dataclasses import dataclass

import pytest
from django.core.exceptions import ValidationError

from industries import rules
from industries.rules import HalalCategory, HalalScheme, HalalStage, HalalState

PP_42 = "PP 42/2024 Ps 160-161"
OCTOBER_2024, OCTOBER_2026 = datetime.date(2024, 10, 17), datetime.date(2026, 10, 17)
SMALL, LARGE = ["mikro", "kecil"], ["menengah", "besar"]
TODAY = datetime.date(2026, 11, 22)


@dataclass
class Duty:
    category: str
    scales: list
    deadline: datetime.date
    citation: str = PP_42
    valid_from: datetime.date | None = None
    valid_to: datetime.date | None = None


@dataclass
class Certificate:
    stage: str = "terbit_sh"
    stage_on: datetime.date = datetime.date(2025, 3, 10)
    certificate_number: str = "ID12345678901234567"
    issued_on: datetime.date | None = datetime.date(2025, 3, 10)
    valid_until: datetime.date | None = None
    revoked_on: datetime.date | None = None
    recomposed_on: datetime.date | None = None


DUTIES = [
    Duty("makanan", LARGE, OCTOBER_2024),
    Duty("makanan", SMALL, OCTOBER_2026),
    Duty("barang_gunaan", [*SMALL, *LARGE], OCTOBER_2026),
    Duty("obat_bebas", [*SMALL, *LARGE], datetime.date(2029, 10, 17)),
]


def status(on, *certificates, category="makanan", scale="mikro", duties=DUTIES):
    return rules.status_on(on, category=category, business_scale=scale, certificates=certificates, duties=duties)


@pytest.mark.parametrize(("year", "scale"), [(2024, "menengah"), (2024, "besar"), (2026, "mikro"), (2026, "kecil")])
def test_the_deadline_is_the_last_day_without_duty(year, scale):
    before, last, first = (status(datetime.date(year, 10, day), scale=scale) for day in (16, 17, 18))

    assert (before.state, before.overdue_days) == (HalalState.DUE, 0)
    assert (last.state, last.overdue_days, last.deadline) == (HalalState.DUE, 0, datetime.date(year, 10, 17))
    assert (first.state, first.overdue_days, first.citation) == (HalalState.OVERDUE, 1, PP_42)


def test_a_cloth_is_judged_by_its_own_category():
    days = [datetime.date(2026, 10, day) for day in (16, 17, 18)]

    found = [status(day, category="barang_gunaan", scale="besar").state for day in days]

    assert found == ["due", "due", "overdue"]


def test_medicine_has_its_later_deadline():
    found = status(TODAY, category="obat_bebas")

    assert (found.state, found.deadline) == (HalalState.DUE, datetime.date(2029, 10, 17))


def test_a_category_without_a_row_is_under_no_duty_on_record():
    assert status(TODAY, category="jasa")[:4] == (HalalState.NOT_OBLIGED, None, 0, "")


def test_a_product_without_category_cannot_be_judged():
    found = status(TODAY, category="")

    assert (found.state, found.missing) == (HalalState.UNKNOWN, ("halal_category",))


def test_an_unknown_scale_gets_the_answer_that_is_the_same_for_all():
    found = status(TODAY, category="barang_gunaan", scale="belum")

    assert (found.state, found.overdue_days, found.missing) == (HalalState.OVERDUE, 36, ())


def test_an_unknown_scale_is_not_known_where_the_scales_differ():
    found = status(datetime.date(2026, 10, 17), scale="belum")

    assert (found.state, found.deadline, found.missing) == (HalalState.UNKNOWN, None, ("business_scale",))


def test_an_unknown_scale_counts_only_the_days_that_are_certain():
    found = status(datetime.date(2026, 10, 18), scale="belum")

    assert (found.state, found.overdue_days, found.missing) == (HalalState.OVERDUE, 1, ("business_scale",))


def test_a_certificate_comes_first_even_without_category():
    found = status(TODAY, Certificate(), category="")

    assert (found.state, found.overdue_days, found.missing) == (HalalState.CERTIFIED, 0, ())


def test_overdue_days_count_while_in_process():
    under_way = Certificate(stage="sidang_fatwa", certificate_number="", issued_on=None)

    found = status(TODAY, under_way)

    assert (found.state, found.overdue_days, found.certificate) == (HalalState.IN_PROCESS, 36, under_way)


@pytest.mark.parametrize(
    ("change", "first_day_without"),
    [
        ({"valid_until": datetime.date(2026, 11, 1)}, datetime.date(2026, 11, 2)),
        ({"revoked_on": datetime.date(2026, 11, 1), "stage": "dicabut"}, datetime.date(2026, 11, 1)),
        ({"recomposed_on": datetime.date(2026, 11, 1), "stage": "perlu_pembaruan"}, datetime.date(2026, 11, 1)),
    ],
)
def test_a_certificate_ends_on_its_day_and_the_reason_says_so(change, first_day_without):
    certificate = Certificate(**change)

    last_day = first_day_without - datetime.timedelta(days=1)

    assert status(last_day, certificate).state == HalalState.CERTIFIED
    assert status(first_day_without, certificate).state == HalalState.OVERDUE
    assert status(first_day_without, certificate).reason in ("expired", "revoked", "recomposed")


def test_a_certificate_counts_from_the_day_it_is_issued():
    certificate = Certificate(issued_on=datetime.date(2026, 11, 1))

    assert status(datetime.date(2026, 10, 31), certificate).state == HalalState.OVERDUE
    assert status(datetime.date(2026, 11, 1), certificate).state == HalalState.CERTIFIED


def test_a_renewed_certificate_counts_again():
    renewed = Certificate(issued_on=datetime.date(2026, 5, 1), recomposed_on=datetime.date(2026, 2, 1))

    assert status(TODAY, renewed).state == HalalState.CERTIFIED


def test_a_rule_that_moves_judges_each_day_by_the_row_in_force():
    moved = [
        Duty("makanan", SMALL, OCTOBER_2026, valid_to=datetime.date(2026, 10, 31)),
        Duty("makanan", SMALL, datetime.date(2027, 10, 17), "Aturan contoh", valid_from=datetime.date(2026, 11, 1)),
    ]

    assert status(datetime.date(2026, 10, 31), duties=moved).state == HalalState.OVERDUE
    assert status(datetime.date(2026, 11, 1), duties=moved)[:2] == (HalalState.DUE, datetime.date(2027, 10, 17))


@pytest.mark.parametrize("category", HalalCategory.values)
def test_every_status_is_explained_in_words(category):
    for scale in ("mikro", "belum"):
        assert rules.explain_halal(status(TODAY, category=category, scale=scale)).endswith(".")


@pytest.mark.parametrize(
    ("facts", "scheme", "missing"),
    [
        ({"nib": "9" * 13, "business_scale": "mikro", "annual_sales": 10**9}, "self_declare", ()),
        ({"nib": "", "business_scale": "kecil", "annual_sales": None}, "self_declare", ("nib", "annual_sales")),
        ({"nib": "9" * 13, "business_scale": "kecil", "annual_sales": 15_000_000_000}, "self_declare", ()),
        ({"nib": "9" * 13, "business_scale": "menengah", "annual_sales": 15_000_000_001}, "reguler", ()),
        ({"nib": "9" * 13, "business_scale": "belum", "annual_sales": None}, "", ("business_scale", "annual_sales")),
    ],
)
def test_the_path_follows_from_nib_scale_and_sales(facts, scheme, missing):
    assert rules.path_to_certificate(**facts)[:2] == (scheme, missing)


# --- Stages and certificates ------------------------------------------------------------------------------------------


def test_self_declare_has_the_companion_instead_of_inspection_and_payment():
    regular, declared = (set(rules.STAGES[scheme]) for scheme in HalalScheme)

    assert regular - declared == {HalalStage.FEE, HalalStage.PAYMENT, HalalStage.INSPECTION}
    assert declared - regular == {HalalStage.COMPANION}


@pytest.mark.parametrize("text", ["ID12345678901234567", "id 12345678901234567", "ID-12345.678901234567"])
def test_a_certificate_number_is_id_and_17_digits(text):
    assert rules.check_certificate_number(text) == "ID12345678901234567"


@pytest.mark.parametrize(
    "text", ["12345678901234567", "ID1234567890123456", "ID123456789012345678", "KH12345678901234567", "x"]
)
def test_another_number_is_refused(text):
    with pytest.raises(ValidationError) as refused:
        rules.check_certificate_number(text)

    assert refused.value.code == "number"


def problems(**changes):
    """The fields that a certification with these values has problems with."""
    plain = {
        "scheme": "self_declare", "sehati": False, "stage": "terbit_sh", "stage_on": datetime.date(2025, 3, 10),
        "number": "ID12345678901234567", "issued_on": datetime.date(2025, 3, 10), "valid_until": None,
        "revoked_on": None, "revoked_reason": "", "recomposed_on": None, "today": TODAY,
    }  # fmt: skip
    try:
        rules.check_certificate(**{**plain, **changes})
    except ValidationError as error:
        return set(error.error_dict)
    return set()


@pytest.mark.parametrize(
    ("changes", "fields"),
    [
        ({}, set()),
        ({"stage": "pemeriksaan_lph"}, {"stage"}),
        ({"scheme": "reguler", "stage": "verval_pendamping"}, {"stage"}),
        ({"scheme": "reguler", "stage": "pemeriksaan_lph"}, set()),
        ({"scheme": "reguler", "sehati": True}, {"sehati"}),
        ({"sehati": True}, set()),
        ({"number": "", "issued_on": None}, {"certificate_number", "issued_on"}),
        ({"number": "", "issued_on": None, "stage": "sidang_fatwa"}, set()),
        ({"number": ""}, {"certificate_number"}),
        ({"issued_on": datetime.date(2026, 11, 23)}, {"issued_on"}),
        ({"stage_on": datetime.date(2026, 11, 23)}, {"stage_on"}),
        ({"valid_until": datetime.date(2025, 3, 9)}, {"valid_until"}),
        ({"valid_until": datetime.date(2025, 3, 10)}, set()),
        ({"stage": "dicabut"}, {"revoked_on"}),
        ({"stage": "dicabut", "revoked_on": TODAY}, {"revoked_reason"}),
        ({"stage": "dicabut", "revoked_on": TODAY, "revoked_reason": "Bahan"}, set()),
        ({"revoked_on": TODAY, "revoked_reason": "Bahan"}, {"stage"}),
        ({"stage": "perlu_pembaruan"}, {"recomposed_on"}),
        ({"stage": "perlu_pembaruan", "recomposed_on": TODAY}, set()),
        ({"recomposed_on": TODAY}, {"stage"}),
    ],
)
def test_stage_number_and_dates_must_agree(changes, fields):
    assert problems(**changes) == fields
