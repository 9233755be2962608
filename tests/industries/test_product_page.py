"""The page of a product, and what a shopper can do there, on the page of its maker and on that of its star."""

import json
import re

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from disperin.duplicates import actions as duplicates
from disperin.registers.models import Hidden
from disperin.registers.record import directory
from disperin.submissions import actions
from disperin.ui.formats import telephone
from tests.factories import a_halal_certificate, an_award, an_establishment

SLUG = "establishments"
CONSENTS = {
    "show_on_map": True,
    "map_consented_on": "2026-01-05",
    "contact_public": True,
    "contact_consented_on": "2026-01-05",
}
INSIDE = {
    "owner_name": "Norhayati",
    "address": "Jalan Rahasia 7",
    "phone": "081298765432",
    "latitude": "-2.587654",
    "longitude": "115.387654",
}
DODOL = {
    "name": "Dodol <manis>",
    "brand": "Mawar",
    "unit": "kotak",
    "yearly_capacity": 7654321,
    "permits": ["P-IRT 2066307010123-28"],
    "description_id": "Dari santan.",
    "description_en": "Of coconut.",
}


def answer_of(product, prefix="", client=None):
    return (client or Client()).get(f"{prefix}/produk/{product.number}/")


def text_of(product, prefix=""):
    answer = answer_of(product, prefix)
    assert answer.status_code == 200
    return answer.content.decode()


@pytest.fixture
def maker(db):
    return an_establishment(products=[DODOL, {"name": "Wajik"}], **INSIDE)


@pytest.fixture
def dodol(maker):
    return maker.products.first()


def test_the_page_says_what_is_public_and_nothing_from_inside(maker, dodol):
    a_halal_certificate(establishment=maker)

    text, english = text_of(dodol), text_of(dodol, "/en")

    for part in (
        dodol.number,
        "Dodol &lt;manis&gt;",
        maker.name,
        "Mawar",
        "kotak",
        "P-IRT",
        "ID6300",
        "Dari santan.",
        "Wajik",
    ):
        assert part in text
    assert "Of coconut." in english
    for hidden in ("Norhayati", "Rahasia", "81298765432", "7654321", "7.654.321", "-2.587654", "wa.me/62", "geo:"):
        assert hidden not in text
    assert f"/tanya/?register=establishments&amp;record={maker.number}" in text
    said, _way = re.findall(r'application/ld\+json">(.*?)</script>', text)
    assert json.loads(said)["sku"] == dodol.number


def test_with_consent_pages_lead_to_the_maker_with_a_text_that_is_written_already(db):
    shops = ["https://www.tokopedia.com/mawar", "https://shop.example.com/7"]
    maker = an_establishment(products=[DODOL], marketplaces=shops, **INSIDE, **CONSENTS)
    award = an_award(establishment=maker)
    product = maker.products.get()

    for path in (f"produk/{product.number}", f"industri/{maker.number}", f"ovop/{award.number}"):
        text = Client().get(f"/{path}/").content.decode()
        assert re.search(
            rf'href="https://wa.me/6281298765432\?text=[^" ]+{product.number if "produk" in path else ""}', text
        )
        for part in (
            "tel:+6281298765432",
            "+62 812 9876 5432",
            "Tokopedia",
            "shop.example.com",
            "geo:-2.587654,115.387654",
        ):
            assert part in text
        assert "/tanya/?register=establishments" not in text
        assert f'data-share="http://testserver/{path}/"' in text


def test_a_landline_is_called_and_gets_no_whatsapp(db):
    maker = an_establishment(products=[DODOL], **INSIDE | {"phone": "05113252345"}, **CONSENTS)

    text = text_of(maker.products.get())

    assert "tel:+625113252345" in text
    assert "wa.me/62" not in text
    told = {
        "+6281234567890": "+62 812 3456 7890",
        "+625113252345": "+62 511 3252 345",
        "+62217654321": "+62 21 7654 321",
    }
    assert {number: telephone(number) for number in told} == told
    assert telephone("+1 555") == "+1 555"


def test_who_makes_the_same_stands_by_nearness(dodol):
    near = an_establishment(name="Dekat", products=[{"name": "Dodol durian"}])
    far = an_establishment(name="Jauh", regency="63.03", products=[{"name": "Dodol nangka"}])
    an_establishment(name="Bubar", activity="tutup")

    text = text_of(dodol)

    assert text.index(near.name) < text.index(far.name)
    assert "Bubar" not in text


def test_what_has_left_is_gone_with_its_reason_and_a_merged_one_leads_on(maker, dodol, administrator, verifier):
    wajik = maker.products.get(name="Wajik")
    register = directory.get(SLUG)
    actions.publish(register, {"products": [{"key": str(dodol.key)}]}, by=administrator, record=maker)
    gone = answer_of(wajik)
    assert gone.status_code == 410
    assert maker.name in gone.content.decode()

    other = an_establishment(name="CV Dodol", products=[{"name": "Dodol"}, {"name": "Lempok"}])
    theirs, lempok = other.products.order_by("id")
    maker.refresh_from_db()
    made = duplicates.merge(register, maker, other, by=verifier, same_rows={str(theirs.key): str(dodol.key)})
    assert (moved := answer_of(theirs)).status_code == 301
    assert moved["Location"] == f"/produk/{dodol.number}/"
    assert answer_of(lempok).status_code == 200

    duplicates.unmerge(made, by=verifier)
    assert answer_of(theirs).status_code == 200


def test_what_is_hidden_or_was_never_given_is_not_there(maker, dodol, administrator):
    path = f"products.{dodol.key}"
    actions.hide(directory.get(SLUG), maker, path, reason="Diminta.", by=administrator)

    assert Hidden.objects.live().exists()
    assert answer_of(dodol).status_code == 404
    for number in ("PRD-6307-000099", "dodol", "IKM-6307-000001", "PRD-6307-00000\x00"):
        assert Client().get(f"/produk/{number}/").status_code == 404


def test_the_queries_are_as_many_for_many_makers_as_for_few_and_none_for_a_reader_who_has_it(maker, dodol):
    client = Client()
    with CaptureQueriesContext(
        connection,
    ) as few:
        first = answer_of(dodol, client=client)
    for at in range(3):
        an_establishment(name=f"Pembuat {at}", products=[{"name": f"Dodol {at}"}] * 3)

    with CaptureQueriesContext(connection) as many:
        answer_of(dodol, client=client)

    assert len(many) <= len(few) + 2  # cards, once there are neighbours
    assert len(few) <= 20
    assert client.get(f"/produk/{dodol.number}/", headers={"If-None-Match": first["ETag"]}).status_code in (200, 304)
    assert client.get(f"/produk/{dodol.number.lower()}/").status_code == 301
