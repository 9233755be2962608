"""Cards for other web sites: framed by anybody, able to do nothing, and telling only what everybody may read."""

from html import unescape

import pytest
from django.test import Client

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


def test_the_page_of_a_past_day_offers_no_card_of_today(three_makers):
    assert "data-copy-source" not in Client().get("/statistik/establishments/branch/?as_of=2026-01-01").content.decode()
