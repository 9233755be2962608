"""Everybody finds what is public, by name, place and number, and nobody by what is inside."""

import json

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from disperin.registers.models import SearchWord
from disperin.registers.record import revisions
from disperin.search import looking, unfound
from disperin.search.looking import SHOWN, look_for
from disperin.search.models import Unfound
from tests.factories import (
    RegencyFactory,
    a_cluster,
    a_halal_certificate,
    a_partnership,
    a_zone,
    an_award,
    an_establishment,
    some_news,
)

INSIDE = {
    "owner_name": "Hj. Zubaidah",
    "phone": "+6281250001111",
    "nib": "1234567890123",
    "address": "Jalan Kasturi Putih 7",
    "email": "kotaksurat@example.com",
}


@pytest.fixture
def maker(db):
    RegencyFactory(name="Kabupaten Hulu Sungai Tengah")
    return an_establishment(name="Sasirangan Murakata", products=[{"name": "Selendang sutra"}], **INSIDE)


def page_of(client, text, path="/cari/"):
    answer = client.get(path, {"q": text})
    assert answer.status_code == 200, answer
    return " ".join(answer.content.decode().split())


def test_visitors_find_every_kind_of_record_with_what_they_looked_for_marked(maker, client, db):
    award = an_award(establishment=maker)
    cluster, zone = a_cluster(name="Sentra Murakata"), a_zone(name="Kawasan Murakata")
    news = some_news(name="Pelatihan di Murakata")

    page = page_of(client, "murakata")

    for found in (
        f"industri/{maker.number}",
        f"sentra/{cluster.number}",
        f"kawasan/{zone.slug}",
        f"kabar/{news.number}",
    ):
        assert f'href="/{found}/"' in page
    assert "Sasirangan <mark>Murakata</mark>" in page
    assert f'href="/ovop/{award.number}/"' in page_of(client, "ovop selendang")
    product = maker.products.get()
    there = page_of(client, "selendang hulu sungai tengah")
    assert f'<a href="/produk/{product.number}/"><mark>Selendang</mark> sutra</a>' in there
    assert f'href="/kabar/{news.number}/"' in page_of(client, "pelatihan")
    assert client.get("/cari/", {"q": news.number})["Location"] == f"/kabar/{news.number}/"
    for text, address in {
        "unduh data": "/data-terbuka/", "bantuan": "/bantuan/", "cek bintang": "/bantuan/#bintang",
        "statistik": "/statistik/", "daftar produk": "/produk/", "kabar": "/kabar/", "daftar kabupaten": "/daerah/",
        "hapus data pribadi": "/privasi/permintaan/", "hulu sungai tengah": "/daerah/hulu-sungai-tengah/",
    }.items():  # fmt: skip
        assert f'<a href="{address}">' in page_of(client, text).split("<main")[1].split("</main>")[0], text


def test_search_engines_keep_the_page_of_the_search_but_none_of_its_results(maker, client):
    assert 'content="noindex' not in client.get("/cari/").content.decode()
    assert 'content="noindex, follow"' in page_of(client, "murakata")


def test_all_products_that_are_found_stand_on_their_own_list(maker, client):
    for at in range(SHOWN):
        an_establishment(name=f"Pembuat {at}", products=[{"name": "Selendang katun"}])

    assert 'href="/produk/?q=selendang"' in page_of(client, "selendang")
    assert page_of(client, "selendang", "/produk/").count("Selendang katun") == SHOWN


def test_a_number_leads_to_its_public_page(maker, client):
    certificate, partnership = a_halal_certificate(establishment=maker), a_partnership()
    product = maker.products.get().number

    assert client.get("/cari/", {"q": product.lower()})["Location"] == f"/produk/{product}/"
    assert json.loads(page_of(client, product, "/cari/saran/"))["suggestions"][0]["url"] == f"/produk/{product}/"
    assert client.get("/cari/", {"q": partnership.number})["Location"] == f"/kemitraan/{partnership.number}/"
    assert client.get("/cari/", {"q": f" {maker.number.lower()} "})["Location"] == f"/industri/{maker.number}/"
    for text in (certificate.certificate_number, certificate.certificate_number.removeprefix("ID")):
        assert client.get("/cari/", {"q": text})["Location"] == f"/halal/cek/{certificate.number}/"


def test_nobody_is_found_by_what_is_inside_nor_suggested_nor_counted(maker, client, api):
    texts = [*INSIDE.values(), "zubaidah", "kasturi putih", "0812 5000 1111", "kotaksurat"]
    for text in texts:
        assert maker.number not in page_of(client, text), text
        assert json.loads(page_of(client, text, "/cari/saran/")) == {"suggestions": []}, text
        assert api().get("/api/v1/search/", {"q": text}).json()["results"] == [], text
        assert api().get("/api/v1/establishments/", {"q": text}).json()["results"] == [], text

    assert [one.number for one in Unfound.objects.all()]  # counted, as single words
    assert not Unfound.objects.filter(word__regex="[0-9@.]").exists()


def test_hidden_and_closed_records_are_found_by_nobody(maker, client):
    cluster = a_cluster(name="Sentra Tersembunyi")
    type(cluster).objects.filter(pk=cluster.pk).update(hidden=True)
    type(maker).objects.filter(pk=maker.pk).update(closed_on="2026-01-01", closed_reason="error")

    for text in ("tersembunyi", "tersembunyy", "murakata", "selendang"):
        page = page_of(client, text)
        assert (cluster.number in page, maker.number in page) == (False, False)
    assert page_of(client, cluster.number).count("Tidak ditemukan")


def test_people_with_an_account_find_both_halves_on_one_page(maker, signed_in, officer_there, officer):
    assert "Nama pemilik: Hj. Zubaidah" in page_of(signed_in(officer), "zubaidah")
    there = signed_in(officer_there).get("/cari/", {"q": "murakata"})
    assert f'href="/industri/{maker.number}/"' in there.text
    assert there["Cache-Control"] == "private, no-store"
    assert maker.number not in page_of(signed_in(officer_there), "zubaidah")


def test_words_kept_by_the_office_are_understood_until_they_are_switched_off(maker, client):
    word = SearchWord.objects.create(word="tapih bahari", means="selendang")
    revisions.raise_revision(revisions.REFERENCE)
    assert f'href="/industri/{maker.number}/"' in page_of(client, "tapih bahari")
    assert f'href="/industri/{maker.number}/"' in page_of(client, "tapih bahari", "/industri/")

    SearchWord.objects.filter(pk=word.pk).update(in_use=False)
    revisions.raise_revision(revisions.REFERENCE)
    assert maker.number not in page_of(client, "tapih bahari")


def test_what_cannot_be_found_together_is_found_without_the_word_that_fails(maker, client):
    page = page_of(client, "selendang zzzzz")
    assert "tanpa “zzzzz”" in page
    assert f'href="/industri/{maker.number}/"' in page
    listed = page_of(client, "selendang zzzzz", "/industri/")
    assert "tanpa “zzzzz”" in listed
    assert maker.number in listed


def test_the_api_gives_the_same_answers_and_refuses_what_it_does_not_know(maker, api):
    answer = api().get("/api/v1/search/", {"q": "sasirngan murakata"}).json()

    assert answer["respelled"] is True
    assert answer["results"][0]["url"].endswith(f"/industri/{maker.number}/")
    assert answer["results"][0]["where"].endswith("Kabupaten Hulu Sungai Tengah")
    for asked in ({}, {"q": ""}, {"q": "x" * 101}, {"q": "a b", "page": "1"}, {"q": "1\x00"}):
        assert api().get("/api/v1/search/", asked).status_code == 400, asked
    assert api().get("/api/v1/search/", {"q": "ab"}).json()["results"] == []


def test_awkward_texts_are_answered(maker, client):
    for text in (
        "%",
        "_",
        "ab",
        "'; --",
        "★★★",
        "\\",
        "(.*)+$",
        "[",
        "<b>x</b>",
        "\u202eabc",
        "a " * 50,
        "sasirangan " * 9,
    ):
        page_of(client, text.strip() or text)
        page_of(client, text, "/cari/saran/")
        page_of(client, text, "/industri/")
    assert "<b>x</b>" not in page_of(client, "<b>murakata</b>")
    assert "100" in page_of(client, "x" * 101)


def test_more_finds_ask_the_database_no_more(maker, db):
    def asked():
        with CaptureQueriesContext(connection) as queries:
            look_for("sasirangan")
        return len(queries)

    asked()
    one = asked()
    for name in ("Sasirangan Dua", "Sasirangan Tiga"):
        an_establishment(name=name)
    assert asked() == one <= 19


def test_a_search_that_takes_too_long_says_so_and_hurries_nothing_after_it(maker, client, monkeypatch):
    def time_allowed():
        with connection.cursor() as cursor:
            cursor.execute("SHOW statement_timeout")
            return cursor.fetchone()[0]

    def wait(*_asked):
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_sleep(30)")

    before = time_allowed()
    assert look_for("murakata").hits
    assert time_allowed() == before

    monkeypatch.setattr(looking, "LONGEST_WAIT", 50)
    monkeypatch.setattr(looking, "_looked_for", wait)
    assert look_for("murakata").gave_up
    assert time_allowed() == before
    assert "terlalu lama" in page_of(client, "murakata")


def test_words_looked_for_in_vain_are_counted_without_anything_of_a_person(client, signed_in, verifier, db):
    for text in ["gamelan perunggu"] * unfound.LEAST + [
        "budi",
        "budi@example.com",
        "3171234567890123",
        "0812-5000-1111",
    ]:
        page_of(client, text)
    page_of(signed_in(verifier), "gamelan")

    assert dict(Unfound.objects.values_list("word", "number")) == {"gamelan": 3, "perunggu": 3, "budi": 1}
    shown = page_of(signed_in(verifier), "", "/cari/tidak-ditemukan/")
    assert "gamelan" in shown
    assert "budi" not in shown


def test_nobody_fills_the_words_of_a_month_alone(client, db, settings):
    rates = {**settings.REST_FRAMEWORK["DEFAULT_THROTTLE_RATES"], "unfound": "2/hour"}
    settings.REST_FRAMEWORK = {**settings.REST_FRAMEWORK, "DEFAULT_THROTTLE_RATES": rates}

    for word in ("gamelan", "perunggu", "kenong"):
        assert "Tidak ditemukan" in page_of(client, word)

    assert {one.word for one in Unfound.objects.all()} == {"gamelan", "perunggu"}


def test_counting_words_has_an_end(monkeypatch, db):
    monkeypatch.setattr(unfound, "MOST_WORDS", 2)
    for word in ("satu", "dua", "tiga", "satu"):
        unfound.count([word])

    assert dict(Unfound.objects.values_list("word", "number")) == {"satu": 2, "dua": 1}
    Unfound.objects.filter(word="satu").update(month="2020-01-01")
    Unfound.objects.filter(word="dua").update(month="2026-01-01")
    assert unfound.forget_old() == 2
