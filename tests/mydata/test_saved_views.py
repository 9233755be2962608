"""What a table shows is kept under a name: for oneself, or for all whose reach is the same."""

import re

import pytest

from disperin.mydata import actions
from disperin.mydata.models import SavedView
from disperin.registers.record import directory
from tests.factories import UserFactory

TABLE = "/data/establishments/"
pytestmark = [pytest.mark.django_db, pytest.mark.thorough]


def views_on(page):
    return re.findall(r'<a href="/data/establishments/\?[^"]*">([^<]+)</a>', page.text.partition('class="views"')[2])


def saved(by, **options):
    return actions.save_view(directory.get("establishments"), "lack=nib&cursor=x&page=2", by=by, **options)


def test_a_view_is_saved_from_the_table_and_opens_it_again(officer, signed_in):
    client, asked = signed_in(officer), "?column=nib&column=phone&lack=nib&order=-number&cursor=bukan"

    answer = client.post(TABLE + asked, {"name": " Tanpa  NIB ", "is_first": "on"}, follow=True)

    view = SavedView.objects.get()
    assert (view.name, view.owner, view.is_shared) == ("Tanpa NIB", officer, False)
    assert answer.redirect_chain[0][0] == f"{TABLE}?column=nib&column=phone&lack=nib&order=-number"
    assert "Tanpa NIB" in views_on(answer)
    assert client.get(TABLE)["Location"] == view.get_absolute_url()
    assert client.get(TABLE + "?all=on").status_code == 200


def test_a_view_of_a_register_that_is_gone_says_so_and_is_deleted(officer, signed_in):
    gone = SavedView.objects.create(owner=officer, register="bygone", name="Dahulu")
    client = signed_in(officer)

    assert gone.get_absolute_url() in client.get("/data/").text
    page = client.get(gone.get_absolute_url())
    assert "Daftar milik tampilan ini sudah tidak ada." in page.text
    assert client.post(gone.get_absolute_url(), {"name": "Lain"}).status_code == 409
    assert client.post(gone.get_absolute_url(), {"remove": "1"}, follow=True).status_code == 200
    assert not SavedView.objects.exists()


def test_shared_views_are_seen_by_those_of_the_same_reach_as_long_as_their_owner_works_here(
    officer, colleague, verifier, head, signed_in
):
    elsewhere = UserFactory(regency__code="63.01")
    saved(officer, name="Petugas HST", is_shared=True)
    saved(officer, name="Milik sendiri")
    saved(verifier, name="Provinsi", is_shared=True)

    def names(user):
        return set(views_on(signed_in(user).get(f"{TABLE}?all=on"))) & {"Petugas HST", "Milik sendiri", "Provinsi"}

    assert {user: names(user) for user in (officer, colleague, verifier, head, elsewhere)} == {
        officer: {"Petugas HST", "Milik sendiri"},
        colleague: {"Petugas HST"},
        verifier: {"Provinsi"},
        head: {"Provinsi"},
        elsewhere: set(),
    }
    officer.is_active = False
    officer.save()
    assert names(colleague) == set()


def test_only_its_owner_changes_or_deletes_a_view_and_whoever_only_reads_shares_none(
    officer, colleague, head, signed_in
):
    shared = saved(officer, name="Bersama", is_shared=True)
    own = saved(head, name="Kadis")
    page = f"/data/tampilan/{shared.pk}/"

    assert signed_in(colleague).post(page, {"name": "Lain"}).status_code == 404
    assert signed_in(head).post(f"/data/tampilan/{own.pk}/", {"name": "Kadis", "is_shared": "on"}).status_code == 400
    assert signed_in(officer).post(page, {"name": "Nama baru"}).status_code == 302
    shared.refresh_from_db()
    assert (shared.name, shared.is_shared) == ("Nama baru", False)
    assert signed_in(officer).post(page, {"name": "", "remove": "1"}).status_code == 302
    assert SavedView.objects.get() == own


def test_one_view_comes_first_and_a_view_that_is_gone_hinders_nobody(officer, colleague, signed_in):
    client, one = signed_in(officer), saved(officer, name="Satu", is_first=True)
    two = saved(officer, name="Dua", is_first=True, is_shared=True)

    assert client.get(TABLE)["Location"] == two.get_absolute_url()
    actions.remove_view(two, by=officer)
    assert client.get(TABLE).status_code == 200
    assert one.get_absolute_url().endswith("?lack=nib")


def test_names_that_are_taken_or_personal_and_too_many_views_are_refused_in_words(officer, signed_in, monkeypatch):
    client = signed_in(officer)
    saved(officer, name="Satu")

    taken, personal = (client.post(TABLE, {"name": name}) for name in ("Satu", "6307010101900001"))
    searched = client.post(f"{TABLE}?q=6307010101900001", {"name": "Orang"})
    named, endless = (client.post(f"{TABLE}?{name}=1", {"name": "A"}) for name in ("6307010101900001", "a" * 4_001))
    monkeypatch.setattr("disperin.mydata.actions.saving.MOST", 1)
    many = client.post(TABLE, {"name": "Dua"})

    assert [one.status_code for one in (taken, personal, searched, named, endless, many)] == [400] * 6
    assert "sudah mempunyai tampilan" in taken.text
    assert "NIK" in personal.text
    assert "NIK" in searched.text
    assert "Hapus salah satu" in many.text


def test_what_is_wanted_is_offered_as_a_view(officer, signed_in):
    page = signed_in(officer).get(TABLE)

    assert f'href="{TABLE}?lack=siinas_account"' in page.text
