"""The halal work list: who sees it, tiles that match the lists, what a line says, and the progress by month."""

import datetime
import re
from html import unescape

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from industries import actions
from industries.models import Establishment, Product
from tests import factories
from tests.factories import FOOD, a_food_maker

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("on_the_day")]


def tiles(text):
    """`{label: (number, address)}` of a page's tiles."""
    found = re.findall(
        r'tile-number">([^<]+)</p>\s*<p class="tile-label"><a class="stretched-link" href="([^"]+)">([^<]+)</a>', text
    )
    return {label: (int(number), url.replace("&amp;", "&").split("#")[0]) for number, url, label in found}


def test_visitors_sign_in_first():
    assert Client().get("/halal/").status_code == 302
    assert Client().get("/halal/kemajuan/").status_code == 302


def test_an_officer_sees_only_the_own_regency(officer, signed_in):
    a_food_maker(), a_food_maker("Dapur Jauh", "63.06")

    text = signed_in(officer).get("/halal/").content.decode()

    assert "Dapur Ulin" in text
    assert "Dapur Jauh" not in text


def test_the_province_sees_all(verifier, head, administrator, signed_in, trying):
    a_food_maker(), a_food_maker("Dapur Jauh", "63.06")

    for who in (verifier, head, administrator):
        with trying(who):
            text = signed_in(who).get("/halal/").content.decode()

            assert "Dapur Ulin" in text
            assert "Dapur Jauh" in text


def test_every_tile_counts_exactly_the_list_behind_it(verifier, signed_in):
    boat = {"name": "Jukung", "halal_category": "barang_gunaan", "animal_origin": "no"}
    exempt = {**FOOD, "name": "Sosis", "forbidden_material": "Lemak babi", "forbidden_evidence": "Label"}
    maker = a_food_maker(products=[FOOD, {**FOOD, "name": "Amplang"}, {"name": "Kain"}, boat, exempt])
    factories.a_halal_certificate(establishment=maker, covered=[{}])
    under_way = a_food_maker("Dapur Jauh", "63.06")
    factories.a_halal_certificate(establishment=under_way, stage="sidang_fatwa")
    a_food_maker("Apotek", "63.06", products=[{"name": "Obat", "halal_category": "obat_bebas"}])
    client = signed_in(verifier)

    found = tiles(client.get("/en/halal/").content.decode())

    assert {label: number for label, (number, _url) in found.items()} == {
        "Past the deadline": 2, "Not halal (exempt)": 1, "Certified": 1, "In process": 1, "Overdue": 1,
        "Not yet obliged": 1, "No duty on record": 1, "Not known": 1,
    }  # fmt: skip
    for label, (number, url) in found.items():
        page = client.get(url).content.decode()
        assert page.count('name="products"') == number, label
        assert re.search(rf'id="daftar-produk">\s*{number} product', page)


def test_the_list_says_reason_deadline_and_path(officer, signed_in):
    a_food_maker(nib="9120304857261")

    text = signed_in(officer).get("/en/halal/?state=overdue").content.decode()

    assert "36 days past the due day" in text
    id_text = " ".join(re.sub(r"<[^>]+>", " ", signed_in(officer).get("/halal/?state=overdue").text).split())
    assert "Terlambat lewat 36 hari" in id_text  # not "late" twice
    assert "Deadline 17 October 2026, PP 42/2024 Ps 160-161" in text
    assert "Self-declare" in text


def test_a_boat_is_not_overdue_and_what_nobody_asked_is_told(officer, signed_in):
    goods = {"halal_category": "barang_gunaan"}
    products = [
        {**goods, "name": "Jukung", "animal_origin": "no"},
        {**goods, "name": "Kusen pintu"},
        {**goods, "name": "Tas kulit", "animal_origin": "yes"},
    ]
    a_food_maker(products=products, nib="9120304857261")
    client = signed_in(officer)

    overdue, unknown, free = (
        client.get(f"/en/halal/?state={state}").content.decode() for state in ("overdue", "unknown", "not_obliged")
    )

    assert re.findall(r"Jukung|Kusen pintu|Tas kulit", overdue)[0] == "Tas kulit"
    assert "Jukung" not in overdue
    assert "Kusen pintu" not in overdue
    assert "Missing: whether the product comes from animals or contains animal parts." in unknown
    assert "Path:" not in unknown
    assert "Path:" not in free
    assert "Path: Self-declare" in overdue


def test_the_way_down_leads_from_regency_to_district(verifier, signed_in):
    a_food_maker()
    client = signed_in(verifier)

    province = client.get("/en/halal/").content.decode()
    regency = client.get("/en/halal/?regency=63.07").content.decode()
    district = client.get("/en/halal/?regency=63.07&district=63.07.01").content.decode()

    assert 'href="/en/halal/?regency=63.07"' in province
    assert "regency=63.07&amp;district=63.07.01" in regency
    assert "Dapur Ulin" in district
    assert "By district" not in district


def test_the_list_can_be_judged_on_another_day(officer, signed_in):
    a_food_maker()

    text = signed_in(officer).get("/en/halal/?on=2026-10-17").content.decode()

    assert tiles(text)["Not yet obliged"][0] == 1
    assert "judged as of 17 October 2026" in text


def test_a_value_that_makes_no_sense_is_refused_by_name(verifier, signed_in, trying):
    client = signed_in(verifier)

    for query in [
        "on=2026-13-01",
        "on=9999-12-31",
        "state=x",
        "regency=99",
        "district=99",
        "task=x",
        "page=0",
        "page=x",
        "on=%00",
        "regency=%00",
        "district=%00",
    ]:
        with trying(query):
            assert client.get(f"/halal/?{query}").status_code == 400


def test_the_page_asks_as_often_for_ten_products_as_for_one(verifier, signed_in):
    client = signed_in(verifier)

    def asked(path):
        with CaptureQueriesContext(connection) as queries:
            assert client.get(path).status_code == 200
        return len(queries)

    a_food_maker()
    paths = ("/halal/", "/halal/?regency=63.07", "/halal/kemajuan/")
    with_one = [asked(path) for path in paths]
    for number in range(3):
        maker = a_food_maker(f"Dapur {number}", products=[{**FOOD, "name": f"Dodol {at}"} for at in range(3)])
        factories.a_halal_certificate(establishment=maker, covered=[{}])

    assert [asked(path) for path in paths] == with_one


def test_a_long_list_has_pages(officer, signed_in):
    a_food_maker(products=[{**FOOD, "name": f"Dodol {at}"} for at in range(30)])
    client = signed_in(officer)

    first, second = (client.get(f"/halal/{query}").content.decode() for query in ("", "?page=2"))

    assert (first.count('name="products"'), second.count('name="products"')) == (25, 5)


def test_the_text_for_whatsapp_names_product_and_maker(officer, signed_in):
    a_food_maker()

    text = signed_in(officer).get("/en/halal/").content.decode()

    assert "1. Dodol – Dapur Ulin (Kecamatan 63.07.01): Overdue, 36 days past the due day" in text


def test_the_text_for_whatsapp_says_who_is_to_see_to_it_until_when_and_opens_that_very_list(officer, signed_in):
    a_food_maker()
    actions.assign(Product.objects.all(), by=officer, to=officer, due_on=datetime.date(2026, 12, 5), note="")

    text = unescape(signed_in(officer).get("/en/halal/?past=on").content.decode())

    assert f"With {officer}, to be done by 5 December 2026" in text
    assert "/en/halal/?past=on&on=2026-11-22" in text


def test_progress_counts_by_month(officer, signed_in):
    maker = a_food_maker(products=[FOOD, {**FOOD, "name": "Amplang"}])
    values = {"issued_on": "2026-06-10", "stage_on": "2026-06-10"}
    factories.a_halal_certificate(establishment=maker, covered=[{}], **values)

    text = signed_in(officer).get("/en/halal/kemajuan/").content.decode()

    rows = re.findall(r'<th scope="row">([^<]+)</th>' + r'\s*<td class="numbers">(\d+)</td>' * 3, text)
    told = {day: (int(certified), int(past)) for day, certified, past, _unknown in rows}
    assert len(told) == 12
    assert told["31 May 2026"] == (0, 0)
    assert told["30 June 2026"] == (1, 0)
    assert told["31 October 2026"] == (1, 1)
    assert told["22 November 2026"] == (1, 1)
    assert "<svg" in text
    assert "style=" not in text


def test_the_list_of_one_maker_holds_its_products_alone(officer, verifier, signed_in):
    maker = a_food_maker(products=[FOOD, {**FOOD, "name": "Amplang"}])
    a_food_maker("Dapur Lain"), a_food_maker("Dapur Jauh", "63.06")
    ask = {"maker": maker.number}

    for who in (officer, verifier):
        for more in ({}, {"task": "none"}, {"state": "overdue"}):
            page = signed_in(who).get("/halal/", ask | more)
            assert {row["maker"].number for row in page.context["rows"]} <= {maker.number}
            assert page.context["total"] == len(page.context["rows"])
        page = signed_in(who).get("/halal/", ask)
        assert (page.context["total"], "Dapur Ulin" in str(page.context["chips"])) == (2, True)
    elsewhere = signed_in(officer).get("/halal/", {"maker": Establishment.objects.get(regency="63.06").number})
    assert (elsewhere.status_code, "Dapur Jauh" in elsewhere.text) == (400, False)
