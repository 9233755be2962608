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


def test_a_figure_counts_what_its_list_counts():
    factories.an_establishment(name="Satu")
    factories.an_establishment(name="Dua", regency="63.06")
    factories.an_establishment(name="Tiga", regency="63.06")

    text = Client().get("/sematkan/establishments/").content.decode()

    assert ": 3</a>" in text
    assert text.index("Kabupaten 63.06") < text.index("Kabupaten 63.07")
    assert '<rect width="50"' in text
