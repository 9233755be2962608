"""Staff find anything within their reach by number, by what stands inside, or by words."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from disperin.inquiries import actions as inquiries
from disperin.registers.record import directory
from disperin.submissions import actions
from industries.models import Establishment
from tests.factories import a_cluster, a_halal_certificate, an_establishment, establishment_values

PHONE, NIB = "+6281250001111", "1234567890123"


@pytest.fixture
def maker(db):
    return an_establishment(
        name="Sasirangan Murakata", owner_name="Hj. Aminah", phone=PHONE, nib=NIB, products=[{"name": "Selendang"}]
    )


@pytest.fixture
def elsewhere(db):
    return an_establishment(
        regency="63.01", name="Sasirangan Tanah Laut", owner_name="Aminah Lain", phone="+6281250002222"
    )


def page_of(client, text, **more):
    answer = client.get("/cari/", {"q": text, **more})
    assert answer.status_code == 200, answer
    return answer.content.decode()


def test_a_whole_number_opens_its_page_at_once(maker, signed_in, officer):
    draft = actions.draft(directory.get("establishments"), establishment_values(name="Baru"), by=officer)
    client, page = signed_in(officer), f"/industri/{maker.number}/"

    for text, address in {
        maker.number: page,
        f" {maker.number.lower()} ": page,
        draft.number: f"/usulan/{draft.number}/",
        NIB: page,
        "0812 5000 1111": page,
        "6281250001111": page,
    }.items():
        answer = client.get("/cari/", {"q": text})
        assert (answer.status_code, answer["Location"]) == (302, address), text


def test_certificates_inquiries_and_closed_records_are_found_by_their_numbers(maker, signed_in, verifier):
    certificate = a_halal_certificate(establishment=maker)
    Establishment.objects.filter(pk=maker.pk).update(closed_on="2026-11-01", closed_reason="error")
    inquiry = inquiries.receive(kind="question", message="Apakah masih buka?", email="a@b.example", consented=True)
    client = signed_in(verifier)

    for text, address in {
        certificate.certificate_number: f"/halal/cek/{certificate.number}/",
        inquiry.number: f"/pertanyaan/{inquiry.number}/",
        maker.number: f"/industri/{maker.number}/",
    }.items():
        assert client.get("/cari/", {"q": text})["Location"] == address
    assert "ditutup" in page_of(client, "murakata")


def test_words_find_names_products_villages_and_owners_with_what_they_were_found_by(maker, signed_in, officer):
    cluster = a_cluster(name="Sentra Murakata")
    client = signed_in(officer)

    page = page_of(client, "murakata")
    assert maker.number in page
    assert cluster.number in page
    assert maker.number in page_of(client, "selendang sasirangan")
    assert maker.number in page_of(client, maker.village.name.lower())
    by_owner = " ".join(page_of(client, "hj. aminah").split())
    assert maker.number in by_owner
    assert "Nama pemilik: Hj. Aminah" in by_owner
    assert maker.number in page_of(client, "aminah murakata")
    alike = " ".join(page_of(client, "sasirngan").split())
    assert maker.number in alike
    assert "Nama, produk, atau tempat" in alike
    assert "Nama pemilik:" not in alike
    assert "Tidak ditemukan" in page_of(client, "zzzqqq")


def test_an_officer_finds_nothing_of_another_regency_not_even_that_it_is_there(elsewhere, signed_in, officer, verifier):
    client = signed_in(officer)
    for text in ("aminah lain", "+6281250002222"):
        page = page_of(client, text)
        assert elsewhere.number not in page
        assert "Tidak ditemukan" in page
    assert client.get("/cari/", {"q": elsewhere.number})["Location"] == f"/industri/{elsewhere.number}/"  # public
    assert elsewhere.number in page_of(signed_in(verifier), "aminah lain")
    draft = actions.draft(directory.get("establishments"), establishment_values(regency="63.01"), by=verifier)
    assert "Tidak ditemukan" in page_of(signed_in(officer), draft.number)


def test_a_masked_number_finds_nobody(signed_in, verifier):
    npwp = "012345678901234"
    an_establishment(legal_form="pt", npwp=npwp)

    assert "Tidak ditemukan" in page_of(signed_in(verifier), npwp)


def test_the_likest_names_stand_first_and_all_of_a_register_can_be_turned_over(signed_in, verifier, monkeypatch):
    for at in range(8):
        an_establishment(name=f"Rumah Kue Banua {at}")
    first = an_establishment(name="Kue Banua")
    client = signed_in(verifier)

    page = page_of(client, "kue banua")
    assert page.count("Rumah Kue Banua") == 5
    assert page.index(f">{first.name}<") < page.index("Rumah Kue Banua")
    assert "daftar=establishments" in page
    monkeypatch.setattr("disperin.registers.lists.listing.page_of.__defaults__", ("", 4))
    told = page_of(client, "kue banua", daftar="establishments")
    assert told.count("Rumah Kue Banua") == 4
    assert "cursor=" in told
    assert client.get("/cari/?q=kue&daftar=nichts").status_code == 404
    assert client.get("/cari/?q=kue&daftar=establishments&cursor=x").status_code == 400


def test_awkward_texts_are_answered_and_cost_no_walk_through_all_rows(maker, signed_in, verifier):
    client = signed_in(verifier)

    for text in ("%", "_", "ab", "a b c", "'; --", "★★★", "\\", "1", "\u202e" * 3, "&lt;b&gt;", "<b>x</b>"):
        page_of(client, text)
    assert "sedikitnya tiga" in page_of(client, "ab c")
    assert "100" in page_of(client, "x" * 101)
    assert page_of(client, "")
    assert client.get("/cari/?q=%00abc").status_code in (200, 400)


def test_three_finds_ask_the_database_no_more_than_one(maker, signed_in, verifier):
    client = signed_in(verifier)

    def asked():
        with CaptureQueriesContext(connection) as queries:
            page_of(client, "sasirangan")
        return len(queries)

    asked()
    one = asked()
    for name in ("Sasirangan Dua", "Sasirangan Tiga"):
        an_establishment(name=name)
    assert asked() == one


def test_proposals_are_found_by_the_words_of_their_titles_within_reach(
    maker, signed_in, officer, officer_there, verifier, head
):
    draft = actions.draft(
        directory.get("establishments"), establishment_values(name="Dodol Kandangan Asli"), by=officer
    )
    sent = actions.submit(draft, by=officer, acknowledged=True)

    for who in (officer, verifier, head):
        page = page_of(signed_in(who), "asli dodol")
        assert f'<a href="/usulan/{sent.number}/">Dodol Kandangan Asli</a>' in page
        assert sent.number in signed_in(who).get("/usulan/?q=asli dodol").text
    assert "Dodol Kandangan" not in page_of(signed_in(officer_there), "asli dodol")
