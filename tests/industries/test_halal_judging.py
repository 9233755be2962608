"""Products judged in the database: the same answers as the rule function, whatever their facts, in one query."""

import datetime
import random
from collections import Counter
from itertools import cycle

import pytest

from industries import rules
from industries.actions import recount_halal
from industries.models import (
    Establishment,
    HalalCertification,
    HalalCover,
    HalalDuty,
    HalalSpan,
    Product,
    halal_counts,
    halal_makers,
    halal_statuses,
    past_the_deadline,
    with_certificates,
)
from tests import factories

pytestmark = [pytest.mark.django_db, pytest.mark.thorough]
DAYS = [datetime.date(2024, 10, day) for day in (16, 17, 18)] + [datetime.date(2026, 10, day) for day in (16, 17, 18)]
DAYS += [datetime.date(2026, 11, 22), datetime.date(2029, 10, 18), datetime.date(2034, 10, 18)]
ANY_DAY = [None, datetime.date(2024, 1, 1), datetime.date(2025, 6, 1), *DAYS]


@pytest.fixture
def products():
    """300 products of every category and scale, half of them with certifications of every kind, by hand and dice."""
    factories.halal_duties()
    HalalDuty.objects.create(
        key="kimiawi-lagi", category="kimiawi", scales=["mikro"], deadline=datetime.date(2027, 1, 1),
        citation="Contoh", valid_from=datetime.date(2026, 11, 1), answer="yes",
    )  # fmt: skip
    maker, dice = factories.an_establishment(), random.Random(42)  # noqa: S311 -- dice for a test
    scales = [*rules.BusinessScale.values]
    makers = []
    for scale in scales:
        maker.pk, maker.number, maker.business_scale = None, f"IKM-6307-9{len(makers):05}", scale
        maker.save()
        makers.append(Establishment.objects.get(pk=maker.pk))
    classes = cycle(rules.HALAL_CLASSES)
    made = Product.objects.bulk_create(
        [
            Product(establishment=one, number=f"PRD-6307-{at:06}", name=f"Produk {at}", **_of(next(classes)))
            for at, one in enumerate(makers * 60)
        ]
    )
    for at, product in enumerate(dice.sample(made, 150)):
        certification = HalalCertification.objects.create(**_certification(dice, product, at))
        closed = datetime.date(2026, 1, 1) if dice.random() < 0.1 else None
        HalalCover.objects.create(certification=certification, product=product, closed_on=closed)
        if dice.random() < 0.3:
            second = HalalCertification.objects.create(**_certification(dice, product, at + 1000))
            HalalCover.objects.create(certification=second, product=product)
    recount_halal()  # what was made past the verbs
    return Product.objects.filter(pk__in=[product.pk for product in made])


def _of(halal_class):
    """The facts of a product of this class."""
    if halal_class == rules.FORBIDDEN:
        return {"halal_category": "makanan", "forbidden_material": "Contoh", "forbidden_evidence": "Contoh"}
    category, _colon, answer = halal_class.partition(":")
    return {"halal_category": category} | ({rules.QUESTIONS[category].name: answer} if answer else {})


def _certification(dice, product, at):
    issued_on = dice.choice(ANY_DAY)
    values = {
        "number": f"HAL-6307-{at:06}",
        "establishment": product.establishment,
        "regency_id": product.establishment.regency_id,
        "scheme": "self_declare",
        "stage": dice.choice(rules.STAGES_IN_PROCESS),
        "stage_on": dice.choice(ANY_DAY[1:]),
        "closed_on": datetime.date(2026, 1, 1) if dice.random() < 0.1 else None,
    }
    if not issued_on:
        return values | {"stage": dice.choice([*rules.STAGES_IN_PROCESS, rules.HalalStage.REJECTED])}
    values |= {"certificate_number": f"ID{at:017}", "issued_on": issued_on}
    values["stage"] = dice.choice(rules.HalalStage.values)
    end = dice.choice(["", "valid_until", "revoked_on", "recomposed_on"])
    if end:
        values[end] = max(issued_on, dice.choice(ANY_DAY[1:])) if end != "recomposed_on" else dice.choice(ANY_DAY[1:])
    return values | ({"revoked_reason": "Contoh"} if end == "revoked_on" else {})


def test_the_database_judges_as_the_rule_does_on_every_day(products):
    records = list(products.select_related("establishment"))

    for day in DAYS:
        judged = {row.product_id: (row.state, row.overdue_days) for row in HalalSpan.objects.judged(day)}
        statuses = halal_statuses(records, day)
        assert judged == {pk: (status.state, status.overdue_days) for pk, status in statuses.items()}, day


def test_pages_show_the_certificate_that_the_database_finds_valid_on_every_day(products):
    for day in DAYS:
        valid = HalalCover.objects.running(day).filter(product__in=products)
        newest = {}
        for cover in valid.select_related("certification").order_by("certification__issued_on", "pk"):
            newest[cover.product_id] = cover.certification.number
        assert newest, day
        shown = {product.pk: product.certificate for product in with_certificates(products.all(), day)}
        assert {pk: told.number for pk, told in shown.items() if told} == newest, day
        assert len(shown) == 300


def test_every_state_is_among_them(products):
    found = {state for day in DAYS for state in HalalSpan.objects.judged(day).values_list("state", flat=True)}

    assert found == set(rules.HalalState.values)


def test_judging_is_one_query(products, django_assert_num_queries):
    duties = list(HalalDuty.objects.all())

    with django_assert_num_queries(1):
        judged = list(HalalSpan.objects.judged(DAYS[-3], duties))

    assert len(judged) == 300


def test_the_counts_of_many_days_are_three_queries_and_those_of_the_rows(products, verifier, django_assert_num_queries):
    with django_assert_num_queries(3):
        counted = halal_counts(DAYS, by="district", user=verifier)

    assert counted == [HalalSpan.objects.counted(day, "district") for day in DAYS]
    assert {sum(counter.values()) for counter in counted} == {300}


def test_what_is_past_is_counted_without_what_is_certified_as_each_product_is_judged(products, verifier):
    for day in DAYS:
        late = [row for row in HalalSpan.objects.judged(day) if row.overdue_days]
        places, longest = past_the_deadline(day, user=verifier)
        assert places == Counter(row.regency_id for row in late), day
        assert longest == max((row.overdue_days for row in late), default=0), day
        assert past_the_deadline(day, user=verifier, regency="63.01") == (Counter(), 0)


def test_what_is_past_and_who_makes_it_are_counted_from_the_same_rows(products):
    day = datetime.date(2026, 11, 22)
    judged = list(HalalSpan.objects.judged(day))
    past = {row.establishment_id for row in judged if row.overdue_days}
    asked = {row.establishment_id for row in judged if row.state != rules.HalalState.UNKNOWN}

    makers = halal_makers(day)

    assert past
    assert makers == {"63.07": (len(past), len(asked), 5)}


def test_makers_count_as_asked_once_one_product_can_be_judged():
    factories.halal_duties()
    for name, answers in (("Satu", ["", ""]), ("Dua", ["", "no"]), ("Tiga", ["yes"])):
        products = [
            {"name": f"Kain {at}", "halal_category": "barang_gunaan", "animal_origin": one}
            for at, one in enumerate(answers)
        ]
        factories.an_establishment(name=name, products=products, annual_sales=100_000_000)

    assert halal_makers(datetime.date(2026, 11, 22)) == {"63.07": (1, 2, 3)}


def test_products_no_longer_made_are_not_chased():
    maker = factories.an_establishment(products=[{"name": "Satu"}, {"name": "Dua", "active": False}])
    factories.an_establishment(regency="63.06", activity="tutup", products=[{"name": "Tiga"}])

    assert [product.name for product in Product.objects.made()] == ["Satu"]
    assert [span.product.name for span in HalalSpan.objects.all()] == ["Satu"]
    assert maker.products.count() == 2
