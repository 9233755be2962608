"""What everyone may know of the halal duty: counts by regency, certificates; the whole judgement only within reach."""

import csv
import io

import pytest
from django.core.exceptions import ValidationError
from django.test import Client

from industries.models import Product
from industries.views.halal_figures import Standing, whole_percent
from tests import factories
from tests.factories import FOOD, RegencyFactory, a_food_maker

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("on_the_day"), pytest.mark.thorough]


BOAT = {"name": "Jukung", "halal_category": "barang_gunaan", "animal_origin": "no"}


def test_public_figures_hide_small_groups():
    for number in range(2):
        a_food_maker(f"Dapur {number}")
    for number in range(9):
        a_food_maker(f"Warung {number}", "63.06", products=[FOOD if number < 5 else BOAT])

    for number in range(6):
        a_food_maker(f"Kedai {number}", "63.05", products=[FOOD if number < 3 else BOAT])
    a_food_maker("Lapau", "63.04", products=[{**BOAT, "animal_origin": ""}])

    page = Client().get("/en/halal/angka/")

    text = page.content.decode()
    assert text.count("hidden</span>") == 3  # the small one, and those that would give it away
    assert text.count("nobody asked yet</span>") == 1  # of 63.04 nobody was asked
    total = page.context["rows"][-1]
    assert (total.makers, total.asked, total.past) == (18, 17, 10)
    assert "10 of the 17 makers asked (59%) have a product past its halal deadline." in text
    assert "Dapur" not in text
    assert "Warung" not in text
    assert "Kedai" not in text


def test_map_and_file_tell_no_more_than_the_page():
    for number in range(2):
        a_food_maker(f"Dapur {number}")
    for regency in ("63.04", "63.05", "63.06"):
        for number in range(7):
            a_food_maker(f"Warung {regency} {number}", regency, products=[FOOD if number < 4 else BOAT])

    page = Client().get("/en/halal/angka/")
    file = Client().get("/en/halal/angka.csv")

    shown = {row.code: row.past for row in page.context["rows"]}
    assert shown["63.07"] is None
    rows = list(csv.DictReader(io.StringIO(file.content.decode("utf-8-sig"))))
    assert {row["code"]: row["past_deadline"] for row in rows} == {
        code: "" if late is None else str(late) for code, late in shown.items()
    }
    assert {row["code"] for row in rows if row["hidden"] == "yes"} == {code for code in shown if shown[code] is None}
    drawn = {one.code: one.number for one in page.context["map"].places}
    assert all(drawn[code] is None for code, late in shown.items() if late is None)


def test_the_map_tells_a_regency_where_nobody_was_asked_from_a_hidden_one():
    for number in range(8):
        a_food_maker(f"Dapur {number}", products=[FOOD if number < 4 else BOAT])
    RegencyFactory(code="63.71", name="Kota 63.71")

    page = Client().get("/en/halal/angka/")

    legend = page.content.decode().split("<figcaption>")[1].split("</figcaption>")[0]
    assert (page.context["any_hidden"], "– nobody asked yet<" in legend, "– hidden" in legend) == (False, True, False)


@pytest.mark.parametrize(("past", "asked", "shown"), [
    (0, 9, 0), (9, 9, 100), (1, 8, 13), (3, 700, 1), (697, 700, 99), (None, 9, None), (0, 0, None),
])  # fmt: skip
def test_a_share_on_the_map_is_rounded_half_up_and_is_nothing_or_all_only_where_it_is(past, asked, shown):
    assert whole_percent(Standing("63.01", "Kota", asked, asked, past)) == shown


def test_nothing_public_says_who_is_overdue():
    maker = a_food_maker()

    for path in (f"/en/industri/{maker.number}/", "/en/halal/cek/", "/en/industri/"):
        text = Client().get(path).content.decode().lower()
        assert "overdue" not in text
        assert "days late" not in text
        assert "past the deadline" not in text


def products_of(maker):
    return Product.objects.filter(establishment=maker)


def test_the_public_hears_only_of_certificates(api):
    maker = a_food_maker(products=[FOOD, {**FOOD, "name": "Amplang"}])
    record = factories.a_halal_certificate(establishment=maker, covered=[{}])
    certified, other = products_of(maker).order_by("position")

    paths = [f"/api/v1/products/{one.key}/halal-status/?on=2026-10-18" for one in (certified, other)]
    answers = [api().get(path).json() for path in paths]

    assert answers == [
        {"product": str(certified.key), "on": "2026-10-18", "exempt": False, "certified": True,
         "certificate_number": record.certificate_number, "issued_on": "2025-03-10"},
        {"product": str(other.key), "on": "2026-10-18", "exempt": False, "certified": False,
         "certificate_number": None, "issued_on": None},
    ]  # fmt: skip


def test_a_product_of_forbidden_material_says_so_and_cannot_be_certified(api, officer):
    exempt = {**FOOD, "forbidden_material": "Lemak babi", "forbidden_evidence": "Hasil uji 12"}
    maker = a_food_maker(products=[exempt])
    product = products_of(maker).get()
    path = f"/api/v1/products/{product.key}/"

    page = Client().get(f"/industri/{maker.number}/").content.decode()
    status = api(officer).get(f"{path}halal-status/").json()

    assert "Tidak halal" in page
    assert "Lemak babi" in page
    assert "Hasil uji 12" not in page
    assert "Hasil uji 12" not in api().get(path).content.decode()
    assert api(officer).get(path).json()["inside"]["forbidden_evidence"] == "Hasil uji 12"
    assert (status["exempt"], status["certified"]) == (True, False)
    assert (status["inside"]["state"], status["inside"]["scheme"]) == ("exempt", "")
    with pytest.raises(ValidationError) as refused:
        factories.a_halal_certificate(establishment=maker)
    assert "tidak halal" in str(refused.value).lower()
    assert factories.a_halal_certificate(establishment=maker, stage="dicabut", stage_on="2026-01-05")


def test_products_are_found_by_what_was_asked(api):
    goods = {"halal_category": "barang_gunaan"}
    products = [
        {**goods, "name": "Jukung", "animal_origin": "no"},
        {**goods, "name": "Kusen"},
        {**goods, "name": "Tas kulit", "animal_origin": "yes"},
        {**FOOD, "name": "Sosis", "forbidden_material": "Lemak babi", "forbidden_evidence": "Label"},
    ]
    a_food_maker(products=products)

    def names(query):
        return [one["name"] for one in api().get(f"/api/v1/products/?{query}").json()["results"]]

    assert names("animal_origin=yes") == ["Tas kulit"]
    assert names("animal_origin=no") == ["Jukung"]
    assert names("animal_origin=not_asked") == ["Kusen"]
    assert names("exempt=true") == ["Sosis"]
    assert names("exempt=false") == ["Jukung", "Kusen", "Tas kulit"]
    assert api().get("/api/v1/products/?animal_origin=maybe").status_code == 400


def test_within_reach_the_whole_judgement_is_told(api, officer, officer_there, trying):
    product = products_of(a_food_maker()).get()

    for day, state, days in [("2026-10-16", "due", 0), ("2026-10-17", "due", 0), ("2026-10-18", "overdue", 1)]:
        with trying(day, state, days):
            path = f"/api/v1/products/{product.key}/halal-status/?on={day}"

            inside = api(officer).get(path).json()["inside"]

            assert (inside["state"], inside["overdue_days"], inside["deadline"]) == (state, days, "2026-10-17")
            assert inside["citation"] == "PP 42/2024 Ps 160-161"
            assert inside["scheme"] == "self_declare"
            assert "inside" not in api(officer_there).get(path).json()


def test_without_a_day_today_is_judged(api):
    product = products_of(a_food_maker()).get()

    assert api().get(f"/api/v1/products/{product.key}/halal-status/").json()["on"] == "2026-11-22"


def test_a_bad_day_is_a_400_that_names_it(api, trying):
    product = products_of(a_food_maker()).get()

    for day in ["besok", "2026-13-01", "20261018", "2026-10-18T00:00", "%00", "2026-W42-7"]:
        with trying(day):
            answer = api().get(f"/api/v1/products/{product.key}/halal-status/?on={day}")

            assert answer.status_code == 400
            assert "on" in answer.content.decode()


def test_an_unknown_product_is_a_404(api):
    path = "/api/v1/products/00000000-0000-4000-8000-000000000000/halal-status/"

    assert api().get(path).status_code == 404


def test_a_certificate_names_its_products_over_the_api(api):
    record = factories.a_halal_certificate()

    answer = api().get(f"/api/v1/halal/{record.number}/").json()

    assert [one["name"] for one in answer["covered"]] == ["Kain sasirangan"]
    assert "inside" not in answer
    assert "stage" not in answer
