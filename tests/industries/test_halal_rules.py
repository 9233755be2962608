"""The halal duty on a day, the stages of both schemes, what a certificate must say, and what may be public."""

import csv
import datetime
import re
from dataclasses import dataclass
from types import SimpleNamespace

import pytest
from django.conf import settings
from django.core.exceptions import ValidationError

from industries import rules
from industries.rules import HalalScheme, HalalStage, HalalState

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
    answer: str = ""
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
    Duty("barang_gunaan", [*SMALL, *LARGE], OCTOBER_2026, answer="yes"),
    Duty("alat_kesehatan", [*SMALL, *LARGE], OCTOBER_2026, answer="A"),
    Duty("alat_kesehatan", [*SMALL, *LARGE], datetime.date(2029, 10, 17), answer="B"),
    Duty("alat_kesehatan", [*SMALL, *LARGE], datetime.date(2034, 10, 17), answer="C"),
    Duty("obat_bebas", [*SMALL, *LARGE], datetime.date(2029, 10, 17)),
]


def status(on, *certificates, category="makanan", scale="mikro", duties=DUTIES):
    return rules.status_on(on, halal_class=category, business_scale=scale, certificates=certificates, duties=duties)


@pytest.mark.parametrize(("year", "scale"), [(2024, "menengah"), (2024, "besar"), (2026, "mikro"), (2026, "kecil")])
def test_the_deadline_is_the_last_day_without_duty(year, scale):
    before, last, first = (status(datetime.date(year, 10, day), scale=scale) for day in (16, 17, 18))

    assert (before.state, before.overdue_days) == (HalalState.DUE, 0)
    assert (last.state, last.overdue_days, last.deadline) == (HalalState.DUE, 0, datetime.date(year, 10, 17))
    assert (first.state, first.overdue_days, first.citation) == (HalalState.OVERDUE, 1, PP_42)


def test_goods_of_use_have_a_duty_only_with_animal_parts():
    days = [datetime.date(2026, 10, day) for day in (16, 17, 18)]
    classes = ("barang_gunaan:yes", "barang_gunaan:no", "barang_gunaan")

    found = {one: [status(day, category=one, scale="besar").state for day in days] for one in classes}

    assert found == {
        "barang_gunaan:yes": ["due", "due", "overdue"],
        "barang_gunaan:no": ["not_obliged"] * 3,
        "barang_gunaan": ["unknown"] * 3,
    }
    assert status(TODAY, category="barang_gunaan").missing == ("animal_origin",)
    assert "mengandung unsur hewan" in rules.explain_halal(status(TODAY, category="barang_gunaan"))


def test_devices_are_judged_by_their_risk_class():
    found = {
        one: status(TODAY, category=one)[:2] for one in ("alat_kesehatan:A", "alat_kesehatan:B", "alat_kesehatan:C")
    }
    last, first = (status(datetime.date(2034, 10, day), category="alat_kesehatan:C") for day in (17, 18))

    assert found == {
        "alat_kesehatan:A": ("overdue", OCTOBER_2026),
        "alat_kesehatan:B": ("due", datetime.date(2029, 10, 17)),
        "alat_kesehatan:C": ("due", datetime.date(2034, 10, 17)),
    }
    assert (last.state, first.state, first.overdue_days) == ("due", "overdue", 1)
    assert status(TODAY, category="alat_kesehatan")[::6] == ("unknown", ("risk_class",))


def test_a_device_of_unknown_class_gets_what_is_the_same_for_all_classes():
    before = status(datetime.date(2026, 10, 17), category="alat_kesehatan")
    after = status(datetime.date(2034, 10, 18), category="alat_kesehatan")

    assert (before.state, before.missing) == ("due", ("risk_class",))
    assert (after.state, after.overdue_days) == ("overdue", 1)  # as many days as are certain


def test_what_is_made_of_forbidden_material_is_exempt_whatever_covers_it():
    for certificates in (
        (),
        (Certificate(),),
        (Certificate(stage="sidang_fatwa", certificate_number="", issued_on=None),),
    ):
        found = status(TODAY, *certificates, category=rules.FORBIDDEN)

        assert (found.state, found.overdue_days, found.has_duty) == (HalalState.EXEMPT, 0, False)
        assert found.citation.startswith("PP 42/2024 Ps 2")
        assert "tidak halal" in rules.explain_halal(found)


def test_a_product_is_of_one_class():
    facts = {
        "halal_category": "",
        "animal_origin": "",
        "goes_with_food": "",
        "risk_class": "",
        "forbidden_material": "",
    }
    classes = [
        ({}, ""),
        ({"halal_category": "makanan", "animal_origin": "yes"}, "makanan"),
        ({"halal_category": "barang_gunaan"}, "barang_gunaan"),
        ({"halal_category": "barang_gunaan", "animal_origin": "no", "risk_class": "A"}, "barang_gunaan:no"),
        ({"halal_category": "kimiawi", "goes_with_food": "yes"}, "kimiawi:yes"),
        ({"halal_category": "alat_kesehatan", "risk_class": "B"}, "alat_kesehatan:B"),
        ({"halal_category": "makanan", "forbidden_material": "Lemak babi"}, rules.FORBIDDEN),
    ]

    assert [rules.halal_class(SimpleNamespace(**{**facts, **given})) for given, _told in classes] == [
        told for _given, told in classes
    ]
    assert {told for _given, told in classes} <= set(rules.HALAL_CLASSES)


def test_an_exemption_has_reason_and_evidence():
    for material, evidence, category, fields in [
        ("", "", "", set()),
        ("Lemak babi", "Label", "makanan", set()),
        ("Lemak babi", "", "makanan", {"forbidden_evidence"}),
        ("", "Label", "makanan", {"forbidden_material"}),
        ("Lemak babi", "Label", "", {"halal_category"}),
    ]:
        facts = {"halal_category": category, "forbidden_material": material, "forbidden_evidence": evidence}
        try:
            rules.check_exemption(**facts)
            found = set()
        except ValidationError as error:
            found = set(error.error_dict)
        assert found == fields, facts


def test_medicine_has_its_later_deadline():
    found = status(TODAY, category="obat_bebas")

    assert (found.state, found.deadline) == (HalalState.DUE, datetime.date(2029, 10, 17))


def test_a_category_without_a_row_is_under_no_duty_on_record():
    assert status(TODAY, category="jasa")[:4] == (HalalState.NOT_OBLIGED, None, 0, "")


def test_a_product_without_category_cannot_be_judged():
    found = status(TODAY, category="")

    assert (found.state, found.missing) == (HalalState.UNKNOWN, ("halal_category",))


def test_an_unknown_scale_gets_the_answer_that_is_the_same_for_all():
    found = status(TODAY, category="barang_gunaan:yes", scale="belum")

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


@pytest.mark.parametrize("category", rules.HALAL_CLASSES)
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
        "certificate_number": "ID12345678901234567", "issued_on": datetime.date(2025, 3, 10), "valid_until": None,
        "revoked_on": None, "revoked_reason": "", "recomposed_on": None,
    }  # fmt: skip
    try:
        rules.check_certificate(SimpleNamespace(**{**plain, **changes}), today=TODAY)
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
        ({"certificate_number": "", "issued_on": None}, {"certificate_number", "issued_on"}),
        ({"certificate_number": "", "issued_on": None, "stage": "sidang_fatwa"}, set()),
        ({"certificate_number": ""}, {"certificate_number"}),
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


def test_the_duties_that_are_shipped_are_those_of_the_regulations():
    with (settings.REFERENCE_DATA / "halal_duties.csv").open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    found = {}
    for row in rows:
        for scale in row["scales"].split(";"):
            found.setdefault((row["category"], row["answer"]), {})[scale] = row["deadline"]
    food = {**dict.fromkeys(SMALL, "2026-10-17"), **dict.fromkeys(LARGE, "2024-10-17")}
    eaten = ("makanan", "minuman", "jasa_penyembelihan", "bahan_pangan", "jasa")
    others = {
        "2026-10-17": [
            ("obat_tradisional", ""), ("kosmetik", ""), ("kimiawi", "yes"), ("rekayasa_genetik", ""),
            ("produk_biologi", ""), ("barang_gunaan", "yes"), ("alat_kesehatan", "A"),
        ],
        "2029-10-17": [("obat_bebas", ""), ("alat_kesehatan", "B")],
        "2034-10-17": [("obat_keras", ""), ("alat_kesehatan", "C")],
    }  # fmt: skip
    expected = {(one, ""): food for one in eaten}
    expected |= {one: dict.fromkeys([*SMALL, *LARGE], day) for day, several in others.items() for one in several}

    assert found == expected
    assert [row["key"] for row in rows if not re.match(r"PP \d+/20\d\d Ps \d+", row["citation"])] == []
