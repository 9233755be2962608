"""Where the office meets the score of a maker: its page, its draft, the list of what is to be done, its tables."""

import datetime
import re

import pytest
from django.test import Client
from django.utils import timezone

from disperin.registers.record import directory
from disperin.setup.reference import load_quality_rules
from disperin.submissions import actions
from disperin.submissions.models import Submission
from industries.actions import order_judging
from industries.actions.quality import judge_by_formula
from industries.models import Quality
from tests.factories import RegencyFactory, an_administrator, an_establishment
from tests.registers.days import put_back, put_on

WORK, TABLE = "/mutu/", "/data/establishments/"


@pytest.fixture
def makers(db, settings):
    """A poor one, a better one, and one of another regency."""
    load_quality_rules(settings.BASE_DIR / "data" / "reference")
    judge_by_formula.func()
    RegencyFactory(code="63.06")
    poor = an_establishment(name="Kurang Lengkap", products=[{"name": "Kain"}])
    better = an_establishment(name="Lebih Lengkap", nib="1203000123456", phone="081234567890")
    there = an_establishment(name="Di Sana", regency="63.06")
    return poor, better, there


def page_of(client, path, status=200):
    answer = client.get(path)
    assert answer.status_code == status, path
    return answer.content.decode()


def test_only_the_office_sees_the_score_of_a_maker_with_what_lifts_it(makers, signed_in, officer, officer_there):
    poor = makers[0]
    path = f"/industri/{poor.number}/"

    inside = page_of(signed_in(officer), path)

    assert "Mutu data" in inside
    assert f"{Quality.objects.get(establishment=poor).score} dari 100" in inside
    assert f"/usulan/baru/?daftar=establishments&amp;data={poor.number}&amp;bidang=nib" in inside
    public = [page_of(one, f"{place}{path}") for place in ("", "/en") for one in (Client(), signed_in(officer_there))]
    api = Client().get(f"/api/v1/establishments/{poor.number}/").content.decode()
    file = b"".join(Client().get("/api/v1/registers/establishments/export.csv").streaming_content).decode()
    for text in (*public, api, file):
        assert "dari 100" not in text
        assert "of 100" not in text
        assert "bidang=" not in text
        assert '"quality"' not in text
    assert Client().get("/api/v1/establishments/?quality_most=50").status_code == 400


def test_a_past_day_has_the_score_of_its_own_rows_and_nothing_to_be_done(makers, signed_in, officer):
    put_on(timezone.now())
    put_back(10)
    maker, day = makers[0], timezone.localdate() - datetime.timedelta(days=3)
    path, client = f"/industri/{maker.number}/", signed_in(officer)
    before = client.get(path).context["quality"]
    told = {"phone": "081234567891", "nib": "1203000123457"}
    actions.publish(directory.get("establishments"), told, record=maker, by=an_administrator())
    put_on(timezone.now())

    now, then = (client.get(path, asked).context["quality"] for asked in ({}, {"as_of": day.isoformat()}))

    assert (then.score, then.day, list(then.fixes)) == (before.score, day, [])
    assert now.score > before.score


def test_a_fix_opens_the_draft_at_its_field(makers, signed_in, officer):
    poor = makers[0]
    client = signed_in(officer)
    begin = {"daftar": "establishments", "data": poor.number, "jenis": "change"}
    places = {}

    for field in ("nib", "products.photo", "products", "nowhere", "products.nowhere", "workers_male"):
        begun = page_of(client, f"/usulan/baru/?daftar=establishments&data={poor.number}&bidang={field}")
        assert f'name="bidang" value="{field}"' in begun
        places[field] = client.post("/usulan/baru/", {**begin, "bidang": field}).url.partition("#")[2]
        actions.withdraw(Submission.objects.latest("pk"), by=officer)

    assert places == {
        "nib": "id_nib",
        "products.photo": "id_products-0-photo",
        "products": "bagian-products",
        "nowhere": "",
        "products.nowhere": "bagian-products",
        "workers_male": "id_workers_male",
    }


def test_a_draft_shows_the_score_with_its_fields_on_the_page(makers, signed_in, officer):
    draft = actions.draft(directory.get("establishments"), {}, by=officer, record=makers[0], kind="change")

    page = page_of(signed_in(officer), f"/usulan/{draft.number}/ubah/")

    assert 'href="#id_nib"' in page
    assert "bidang=" not in page


def test_a_draft_that_closes_a_maker_does_not_ask_for_what_lifts_its_score(makers, signed_in, officer):
    draft = actions.draft(directory.get("establishments"), {}, by=officer, record=makers[0], kind="close")

    assert "dari 100" not in page_of(signed_in(officer), f"/usulan/{draft.number}/ubah/")


def test_a_maker_that_was_verified_long_ago_can_be_confirmed(makers, officer, verifier):
    poor = makers[0]
    type(poor).objects.filter(pk=poor.pk).update(origin="verified", verified_at="2024-01-31T09:00+08:00")
    poor.refresh_from_db()
    one = actions.draft(directory.get("establishments"), {}, by=officer, record=poor, kind="confirm")
    one = actions.submit(one, by=officer, acknowledged=True)

    actions.verify(one, by=verifier, round=1)

    kept = Quality.objects.get(establishment=poor)
    assert (kept.fresh, kept.verified) == (50, 100)


def test_what_is_to_be_done_stands_in_order_within_reach(makers, signed_in, officer, verifier):
    poor, better, there = makers

    def names(client, path):
        return re.findall(r'<a href="/industri/[^"]+">([^<]+)</a>', page_of(client, path).split("<table")[-1])

    assert names(signed_in(officer), WORK) == ["Kurang Lengkap", "Lebih Lengkap"]
    assert names(signed_in(verifier), f"{WORK}?regency=63.06") == ["Di Sana"]
    assert names(signed_in(verifier), f"{WORK}?most={Quality.objects.get(establishment=better).score - 1}") != []
    assert signed_in(officer).get(f"{WORK}?regency=63.06").status_code == 400
    assert signed_in(officer).get(f"{WORK}?most=banyak").status_code == 400
    page = page_of(signed_in(officer), WORK)
    assert "2 pembuat" in page
    summary = page_of(signed_in(officer), "/ringkasan/")
    assert 'href="/mutu/"' in summary
    assert (
        re.search(r"2\s*(<[^>]*>\s*)*Pembuat yang datanya dapat dilengkapi", summary) or "dapat dilengkapi" in summary
    )
    assert Client().get(WORK).status_code == 302


def test_tables_show_sort_and_bound_the_score(makers, signed_in, officer):
    client = signed_in(officer)
    poor, better = (Quality.objects.get(establishment=one).score for one in makers[:2])
    assert poor < better

    def names(query):
        return [row.name for row in client.get(f"{TABLE}?column=quality&{query}").context["rows"]]

    assert names("order=quality") == ["Kurang Lengkap", "Lebih Lengkap"]
    assert names("order=-quality") == ["Lebih Lengkap", "Kurang Lengkap"]
    assert names(f"quality_most={poor}") == ["Kurang Lengkap"]
    assert names(f"quality_least={better}") == ["Lebih Lengkap"]
    wrong = client.get(f"{TABLE}?quality_most=-1")
    assert "Tulis bilangan bulat." in wrong.content.decode()
    file = client.post(f"/unduh/establishments.csv?table=on&column=quality&quality_most={poor}")
    text = b"".join(file.streaming_content).decode()
    assert f",{poor}" in text
    assert makers[0].number in text
    assert makers[1].number not in text
    assert client.post("/unduh/establishments.csv?table=on&column=quality&quality_most=x").url.endswith(
        "quality_most=x"
    )


def test_lists_say_that_the_formula_has_changed(makers, signed_in, officer):
    assert "Rumusnya berubah" not in page_of(signed_in(officer), WORK)
    order_judging()
    assert "Rumusnya berubah" in page_of(signed_in(officer), WORK)
