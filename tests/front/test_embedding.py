"""Cards for other web sites: framed by anybody, able to do nothing, and telling only what everybody may read."""

import datetime
import re
from html import unescape

import pytest
from django.test import Client
from django.utils import timezone

from disperin.registers.record import directory
from disperin.submissions import actions
from tests import factories

pytestmark = pytest.mark.django_db
POLICY = {
    "default-src 'none'", "style-src 'self'", "img-src 'self'", "base-uri 'none'", "form-action 'none'",
    "frame-ancestors *",
}  # fmt: skip


def policy_of(answer):
    return {one.strip() for one in answer["Content-Security-Policy"].split(";")}


def test_a_card_may_be_framed_and_nothing_else_is_loosened(signed_in, officer):
    maker, award, zone = factories.an_establishment(), factories.an_award(), factories.a_zone()
    paths = ["/sematkan/establishments/", "/en/sematkan/awards/", f"/sematkan/establishments/{maker.number}/"]
    paths += [f"/sematkan/awards/{award.number}/", f"/en/sematkan/zones/{zone.number}/"]

    for client in (Client(), signed_in(officer)):
        for path in paths:
            answer = client.get(path)
            text = answer.content.decode()
            assert (answer.status_code, policy_of(answer)) == (200, POLICY), path
            assert "X-Frame-Options" not in answer
            assert not answer.cookies
            assert answer["Permissions-Policy"] == Client().get("/")["Permissions-Policy"]
            for forbidden in ("<script", "<form", " style=", "<iframe", officer.full_name):
                assert forbidden not in text
    pages = (Client().get(path) for path in ("/", f"/industri/{maker.number}/", "/sematkan/tidak-ada/"))
    for page in pages:
        assert "frame-ancestors 'none'" in policy_of(page)
        assert page["X-Frame-Options"] == "DENY"


def test_the_second_reader_gets_the_same_policy_from_what_is_kept():
    maker = factories.an_establishment()
    answers = [Client().get(f"/sematkan/establishments/{maker.number}/") for _time in range(2)]

    assert answers[0].content == answers[1].content
    assert [policy_of(one) for one in answers] == [POLICY, POLICY]
    assert not any("X-Frame-Options" in one for one in answers)


def test_what_is_not_public_is_no_card():
    register = directory.get("establishments")
    hidden, inside = factories.an_establishment(name="Rahasia"), factories.a_nomination()
    actions.hide(register, hidden, "", reason="Diminta.", by=factories.an_administrator())

    for path in (
        f"establishments/{hidden.number}/",
        f"nominations/{inside.number}/",
        "nominations/",
        "establishments/x/",
    ):
        assert Client().get(f"/sematkan/{path}").status_code == 404, path


def test_the_code_to_copy_is_whole_whatever_the_record_is_called():
    maker = factories.an_establishment(name='Kain "Ulin" & <b>Kawan')

    page = Client().get(f"/en/industri/{maker.number}/").content.decode()
    code = unescape(page.split("data-copy-source>")[1].split("</textarea>")[0]).strip()

    assert code.startswith(f'<iframe src="http://testserver/en/sematkan/establishments/{maker.number}/"')
    assert 'title="Kain &quot;Ulin&quot; &amp; &lt;b&gt;Kawan"' in code
    assert Client().get(code.split('"')[1].removeprefix("http://testserver")).status_code == 200


@pytest.fixture
def three_makers(db):
    """One in 63.07, two in 63.06; two of food."""
    factories.an_establishment(name="Satu", branch="pangan")
    factories.an_establishment(name="Dua", regency="63.06", branch="pangan")
    factories.an_establishment(name="Tiga", regency="63.06", branch="kerajinan_aneka")


def test_a_figure_counts_what_its_list_counts_and_says_what_it_finds_and_whence(three_makers):
    text = Client().get("/en/sematkan/establishments/").content.decode()

    assert "Most: Kabupaten 63.06, 2 of 3 (67%)</a>" in text
    assert "by regency/city: 3" in text
    assert text.index("63.06</th>") < text.index("63.07</th>")
    assert '<rect width="50"' in text
    assert "Source: the registers of this portal." in text


def test_every_figure_has_a_card_and_its_page_the_code_for_it(three_makers):
    page = Client().get("/en/statistik/establishments/branch/").content.decode()
    code = unescape(page.split("data-copy-source>")[1].split("</textarea>")[0]).strip()

    assert code.startswith('<iframe src="http://testserver/en/sematkan/establishments/angka/branch/"')
    card = Client().get(code.split('"')[1].removeprefix("http://testserver"))
    assert policy_of(card) == POLICY
    text = card.content.decode()
    assert "2 of 3 (67%)" in text
    assert 'href="/en/statistik/establishments/branch/"' in text
    assert Client().get("/sematkan/establishments/angka/tidak-ada/").status_code == 404


@pytest.fixture
def on_a_late_day(monkeypatch, db):
    """22 November 2026, past the last day without duty of what a kitchen makes."""
    monkeypatch.setattr(timezone, "localdate", lambda *args: datetime.date(2026, 11, 22))
    factories.halal_duties()


BOAT = {"name": "Jukung", "halal_category": "barang_gunaan", "animal_origin": "no"}
OWN_FIGURES = {
    "halal": "/en/halal/angka/",
    "industri-hijau": "/en/industri-hijau/angka/",
    "keadaan-bintang": "/en/ovop/statistik/",
}


@pytest.mark.parametrize("name", OWN_FIGURES)
def test_figures_that_are_no_cut_of_a_register_have_a_card_with_code_finding_source_and_picture(name, on_a_late_day):
    for number in range(8):
        factories.a_food_maker(f"Dapur {number}", products=[factories.FOOD if number < 4 else BOAT])
    factories.a_green_certificate()
    factories.an_award()
    address = OWN_FIGURES[name]
    page = Client().get(address).content.decode()
    code = unescape(page.split("data-copy-source>")[1].split("</textarea>")[0]).strip()

    assert code.startswith(f'<iframe src="http://testserver/en/sematkan/angka/{name}/"')
    card = Client().get(f"/en/sematkan/angka/{name}/")
    text = card.content.decode()
    finding = re.search(r'class="figure-finding">([^<]+)<', page) or re.search(r"Most: Valid, 1\b", page)
    assert policy_of(card) == POLICY
    assert f'<a href="{address}" target="_blank" rel="noopener">{finding[finding.lastindex or 0]}</a>' in text
    assert re.search(r"Unit: (makers|awards).*Source: ", text)
    assert str(timezone.localdate().year) in text
    assert Client().get(f"/en/gambar/angka-{name}.jpg")["Content-Type"] == "image/jpeg"
    assert Client().get("/sematkan/angka/tidak-ada/").status_code == 404
    if name != "keadaan-bintang":
        assert f'property="og:image" content="http://testserver/en/gambar/angka-{name}.jpg"' in page


def test_the_card_of_halal_hides_what_its_page_hides(on_a_late_day):
    for number in range(2):
        factories.a_food_maker(f"Dapur {number}")
    for regency in ("63.04", "63.05", "63.06"):
        for number in range(7):
            factories.a_food_maker(
                f"Warung {regency} {number}", regency, products=[factories.FOOD if number < 4 else BOAT]
            )

    page = Client().get("/en/halal/angka/").context["rows"][:-1]
    card = Client().get("/en/sematkan/angka/halal/").content.decode()
    shown = dict(re.findall(r'<th scope="row">([^<]+)</th>.*?class="count">([^<]+)<', card, re.DOTALL))

    assert {row.name for row in page if row.past is None} == {name for name, text in shown.items() if text == "hidden"}
    assert "hidden" in shown.values()
    assert "Groups of fewer than three makers are hidden" in card
    assert "In percent of the makers asked." in card
    assert "Dapur" not in card


def test_the_page_of_a_past_day_offers_no_card_of_today(three_makers):
    factories.an_award()
    for path in ("statistik/establishments/branch", "industri-hijau/angka", "ovop/statistik"):
        assert "data-copy-source" not in Client().get(f"/{path}/?as_of=2026-01-01").content.decode(), path
