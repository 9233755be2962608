"""The list of products of all makers, and the same as a file."""

import csv
import io
import re

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from disperin.registers.record import directory
from disperin.submissions import actions
from tests.factories import CommodityFactory, a_halal_certificate, an_award, an_establishment
from tests.submissions.test_consequences import a_photo

pytestmark = pytest.mark.django_db


def names_in(query="", path="/produk/"):
    text = Client().get(f"{path}{query}").content.decode()
    return re.findall(r'class="stretched-link" href="/(?:en/)?produk/PRD-\d{4}-\d{6}/">([^<]+)<', text)


def rows_of(query=""):
    answer = Client().get(f"/produk/products.csv{query}")
    assert answer.status_code == 200
    return [*csv.DictReader(io.StringIO(b"".join(answer).decode("utf-8-sig")))]


def test_photographs_come_first_then_names_and_what_is_not_made_stays_out(officer):
    photo = str(a_photo(officer).pk)
    products = [{"name": "Amplang"}, {"name": "Wajik", "photo": photo}, {"name": "Basi", "active": False}]
    an_establishment(products=products)
    an_establishment(name="Bubar", activity="tutup", products=[{"name": "Kenangan"}])

    assert names_in() == ["Wajik", "Amplang"]
    assert names_in("?order=-name") == ["Wajik", "Amplang"]
    assert names_in("?order=name") == ["Amplang", "Wajik"]


def test_what_is_hidden_stands_in_neither_list_nor_file_and_its_number_leads_nowhere(administrator):
    """A product by itself, and all of a maker that was taken off the public pages, for whoever looks."""
    shown = an_establishment(products=[{"name": "Amplang"}, {"name": "Wajik"}, {"name": "Lama", "active": False}])
    gone = an_establishment(name="Disembunyikan", products=[{"name": "Dodol"}])
    amplang, wajik, old = shown.products.order_by("position")
    register = directory.get("establishments")
    actions.hide(register, shown, f"products.{wajik.key}", reason="Diminta.", by=administrator)
    actions.hide(register, gone, "", reason="Diminta.", by=administrator)
    dodol = gone.products.get()

    assert names_in() == ["Amplang"]
    assert [row["name"] for row in rows_of()] == ["Amplang"]
    for number in (wajik.number, dodol.number):
        assert Client().get("/cari/", {"q": number}).status_code == 200
        assert Client().get("/cari/saran/", {"q": number}).json() == {"suggestions": []}
    for number in (amplang.number, old.number):
        assert Client().get("/cari/", {"q": number})["Location"] == f"/produk/{number}/"
    assert "Wajik" not in Client().get("/industri/").content.decode()


def test_it_is_narrowed_by_place_commodity_kind_stars_and_halal():
    CommodityFactory()
    award = an_award(name="Kain sasirangan")
    a_halal_certificate(name="Dapur", regency="63.03")
    an_establishment(
        regency="63.06", commodities=["sasirangan"], products=[{"name": "Selendang", "halal_category": "barang_gunaan"}]
    )

    found = {
        "?regency=63.06": ["Selendang"],
        "?commodity=sasirangan": ["Selendang"],
        "?halal_category=barang_gunaan": ["Selendang"],
        "?starred=true": [award.product.name],
        "?halal=true": ["Kain sasirangan"],
        "?q=selen": ["Selendang"],
        "?q=tiada": [],
    }
    assert {query: names_in(query) for query in found} == found
    assert "Bintang 2 dari 3" in Client().get("/produk/?starred=true").content.decode()
    assert [row["name"] for row in rows_of("?regency=63.06")] == ["Selendang"]
    assert "Selendang" in Client().get("/produk/?regency=99.99").content.decode()  # a bad filter narrows nothing


def test_pages_follow_each_other_without_a_loss_and_the_file_has_them_all():
    an_establishment(products=[{"name": f"Dodol {at:02}"} for at in range(30)])

    first = Client().get("/produk/").content.decode()
    cursor = re.search(r'href="/produk/(\?cursor=[^"]+)"', first)[1]

    assert names_in() + names_in(cursor) == [f"Dodol {at:02}" for at in range(30)]
    assert len({row["number"] for row in rows_of()}) == 30


def test_the_file_names_maker_and_place_and_holds_nothing_from_inside():
    maker = an_establishment(
        owner_name="Norhayati",
        products=[{"name": "=Dodol", "yearly_capacity": 7654321, "permits": ["P-IRT 2066307010123-28"]}],
    )

    (row,) = rows_of()

    product = maker.products.get()
    assert (row["number"], row["key"], row["name"]) == (product.number, str(product.key), "'=Dodol")
    assert (row["establishment"], row["establishment_name"]) == (maker.number, maker.name)
    assert (row["regency"], row["permits"]) == ("63.07", "P-IRT 2066307010123-28")
    assert row["page_url"].endswith(f"/produk/{product.number}/")
    assert not {"Norhayati", "7654321"} & {*row.values()}
    assert Client().get("/produk/products.csv?regency=x").status_code == 302


def test_the_queries_do_not_depend_on_how_many_there_are():
    an_establishment(products=[{"name": "Satu"}])
    with CaptureQueriesContext(connection) as few:
        Client().get("/produk/?order=name")
    an_establishment(name="Lain", products=[{"name": f"Produk {at}"} for at in range(20)])

    with CaptureQueriesContext(connection) as many:
        Client().get("/produk/?order=name")

    assert len(many) == len(few) <= 12
