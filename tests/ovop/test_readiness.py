"""Readiness from the registers: facts with their days, and the same answer in the database for all products."""

import datetime
import random

import pytest
from django.utils import timezone

from industries.models import Product
from ovop.models import Gate, ReadinessWeight, judged, moved, readiness_of
from ovop.rules import Fact
from tests.factories import (
    a_cluster,
    a_halal_certificate,
    an_establishment,
)

pytestmark = pytest.mark.django_db
FOOD = {"name": "Amplang", "halal_category": "makanan"}


def today():
    return timezone.localdate()


def a_decreed_cluster(*, members, decree_on="2020-01-01", **values):
    """A cluster with a decree and so many members; gives the first of them, with one product."""
    cluster = a_cluster(status="sk_terbit", decree_number="SK 7", decree_on=decree_on)
    makers = [an_establishment(cluster=cluster.number, products=[{"name": "Kain"}], **values) for _at in range(members)]
    return makers[0]


def has(product, fact):
    """How much of a fact a product has."""
    row = Gate(key="uji", fact=fact, least=1)
    (judged_gate,) = readiness_of(product, today(), standards=([row], [])).gates
    return judged_gate.has


def test_the_members_of_a_decreed_cluster_count():
    maker = a_decreed_cluster(members=4)
    product = maker.products.get()

    assert has(product, "sentra") == 4
    assert not readiness_of(product, today(), standards=([Gate(fact="sentra", least=5)], [])).passes
    an_establishment(cluster=maker.cluster.number)
    assert has(product, "sentra") == 5
    assert readiness_of(product, today(), standards=([Gate(fact="sentra", least=5)], [])).passes


def test_a_cluster_counts_from_the_day_of_its_decree():
    product = a_decreed_cluster(members=1, decree_on="2026-03-10").products.get()
    gates = [Gate(fact="sentra", least=1)]

    assert not readiness_of(product, datetime.date(2026, 3, 9), standards=(gates, [])).passes
    assert readiness_of(product, datetime.date(2026, 3, 10), standards=(gates, [])).passes


def test_a_cluster_without_decree_does_not_count():
    cluster = a_cluster()
    maker = an_establishment(cluster=cluster.number, products=[{"name": "Kain"}])

    assert has(maker.products.get(), "sentra") == 0


@pytest.mark.parametrize(
    ("product", "maker", "halal", "permit"),
    [
        ({"halal_category": "makanan"}, {}, 0, 0),
        ({"halal_category": "minuman", "permits": ["PIRT 2126301010001-29"]}, {}, 0, 1),
        ({"halal_category": "bahan_pangan"}, {}, 0, 0),
        ({"halal_category": "barang_gunaan"}, {}, None, None),
        ({}, {"branch": "pangan"}, 0, 0),
        ({}, {"branch": "sandang_kulit"}, None, None),
        ({"halal_category": "barang_gunaan"}, {"branch": "pangan"}, None, None),
    ],
)
def test_halal_and_permit_are_asked_of_food_only(product, maker, halal, permit):
    found = an_establishment(products=[{"name": "Produk", **product}], **maker).products.get()

    assert (has(found, "halal"), has(found, "izin_edar")) == (halal, permit)


def test_a_halal_certificate_counts_while_it_runs():
    maker = an_establishment(products=[FOOD])
    a_halal_certificate(establishment=maker, issued_on="2025-03-10", valid_until="2026-03-10")
    gates = [Gate(fact="halal", least=1)]

    def passes(on):
        return readiness_of(maker.products.get(), on, standards=(gates, [])).passes

    days = (
        datetime.date(2025, 3, 9),
        datetime.date(2025, 3, 10),
        datetime.date(2026, 3, 10),
        datetime.date(2026, 3, 11),
    )
    assert [passes(day) for day in days] == [False, True, True, False]


def test_years_of_production_are_counted_from_the_day_or_year_that_is_known():
    year = today().year
    by_year = an_establishment(founded_year=year - 3, products=[{"name": "Kain"}]).products.get()
    by_day = an_establishment(founded_year=1990, active_since=f"{year - 2}-01-01", products=[{"name": "Kain"}])

    assert has(by_year, "kontinuitas") == 3
    assert has(by_day.products.get(), "kontinuitas") == 2
    assert has(an_establishment(products=[{"name": "Kain"}]).products.get(), "kontinuitas") == 0


@pytest.mark.thorough
def test_the_database_judges_as_the_rule_does():
    chance = random.Random(4)  # noqa: S311 -- dice for a test
    cluster = a_cluster(status="sk_terbit", decree_number="SK 7", decree_on="2020-01-01")
    for at in range(24):
        products = [
            {
                "name": f"Produk {at}",
                "halal_category": chance.choice(["", "makanan", "barang_gunaan"]),
                "permits": chance.choice([[], ["PIRT 2126301010001-29"]]),
                "brand": chance.choice(["", "Banua"]),
                "yearly_capacity": chance.choice([None, 0, 99, 100, 5000]),
                "description_id": chance.choice(["", "Kain"]),
                "description_en": chance.choice(["", "Cloth"]),
                "export_share": chance.choice([None, "0", "12.5"]),
            }
        ]
        values = {"nib": chance.choice(["", f"91203{at:08}"]), "founded_year": chance.choice([None, 1990, 2025])}
        maker = an_establishment(
            products=products, cluster=cluster.number if chance.random() < 0.3 else None,
            branch=chance.choice(["pangan", "sandang_kulit"]), **values,
        )  # fmt: skip
        if chance.random() < 0.3:
            a_halal_certificate(establishment=maker)
    facts = list(Fact.values)
    for _set in range(12):
        gates = [Gate(fact=fact, least=chance.choice([1, 5, 100]) if fact in ("sentra", "kapasitas") else 1)
                 for fact in chance.sample(facts, chance.randint(0, 4))]  # fmt: skip
        weights = [ReadinessWeight(fact=fact, least=1, weight=chance.randint(1, 30))
                   for fact in chance.sample(facts, chance.randint(0, 8))]  # fmt: skip
        standards = (gates, weights)

        rows = judged(Product.objects.all(), today(), standards=standards)

        for row in rows:
            found = readiness_of(row, today(), standards=standards)
            assert (row.ready_passes, row.ready_score) == (found.passes, found.score or 0)


def test_a_preview_counts_what_moves_in_one_query(django_assert_num_queries):
    an_establishment(products=[{"name": "Tanpa NIB", "brand": "Banua"}])
    an_establishment(products=[{"name": "Ada NIB"}], nib="9120300000001")
    an_establishment(products=[{"name": "Tidak dibuat lagi", "active": False}])
    nib, brand = Gate(fact="nib", least=1), ReadinessWeight(fact="merek", least=1, weight=10)
    brand_and_nib = [brand, ReadinessWeight(fact="nib", least=1, weight=10)]

    with django_assert_num_queries(1):
        found = moved(([], [brand]), ([nib], brand_and_nib), today())

    assert found == {"products": 2, "up": 1, "down": 1, "opened": 0, "shut": 1}
    assert moved(([nib], []), ([], []), today())["opened"] == 1
