"""Why a number changed: which records came into a list between two days, and which left it."""

import datetime

import pytest
import time_machine
from django.db import connection
from django.test import Client
from django.utils import timezone

from disperin.duplicates import actions as duplicates
from disperin.figures import api, views
from disperin.figures.changes import Between
from disperin.registers.api.throttling import VisitorThrottle
from disperin.registers.record import directory
from disperin.submissions import actions
from tests.attachments.photographs import a_photo
from tests.factories import RegencyFactory, an_administrator, an_establishment
from tests.registers.days import put_on

pytestmark = pytest.mark.django_db

TODAY = timezone.localdate()
D1, D2 = TODAY - datetime.timedelta(days=20), TODAY - datetime.timedelta(days=10)
PAGE, API = "/statistik/establishments/perubahan/", "/api/v1/registers/establishments/changes/"


def on(day):
    return time_machine.travel(datetime.datetime.combine(day, datetime.time(4), datetime.UTC), tick=False)


def change(record, given, **kind):
    return actions.publish(REGISTER, given, by=an_administrator(), record=record, **kind)


REGISTER = directory.get("establishments")


@pytest.fixture(scope="module", autouse=True)
def world(once):
    """Makers of before the first day; until the second, one of each fate; and after it, what is not to be seen."""

    def made():
        RegencyFactory(code="63.71", name="Kota Banjarmasin")
        with on(D1):
            some = {name: an_establishment(name=name, branch="pangan") for name in ("Tetap", "Tutup", "Pindah Cabang")}
            some |= {name: an_establishment(name=name, branch="pangan") for name in ("Ganda", "Asli", "Dibuka")}
            some["Kembar"] = an_establishment(name="Kembar", branch="pangan")
            some["Dibuka"] = change(some["Dibuka"], {"closed_on": "2026-01-02", "closed_reason": "moved"}, kind="close")
            put_on(timezone.now())
        with on(D2):
            an_establishment(name="Baru", branch="pangan")
            change(some["Tutup"], {"closed_on": "2026-01-02", "closed_reason": "ended"}, kind="close")
            change(some["Kembar"], {"closed_on": "2026-01-02", "closed_reason": "duplicate"}, kind="close")
            change(some["Pindah Cabang"], {"branch": "sandang_kulit"})
            change(some["Dibuka"], {}, kind="reopen")
            change(some["Tetap"], {"story_id": "Kisah", "photo": str(a_photo(some["Tetap"].regency).pk)})
            duplicates.merge(REGISTER, some["Asli"], some["Ganda"], by=an_administrator())
            put_on(timezone.now())
        an_establishment(name="Kemudian", branch="pangan")
        put_on(timezone.now())
        return some

    return once(made)


def asked(**filters):
    return Client().get(API, {"from": D1, "until": D2, **filters}).json()


def test_what_came_and_what_left_add_up_and_say_why(world):
    told = asked()
    said = {one["name"]: (one["came"], one["why"]) for one in told["results"]}

    assert said == {
        "Baru": (True, "new"), "Dibuka": (True, "reopened"), "Tutup": (False, "closed"), "Ganda": (False, "merged"),
        "Kembar": (False, "closed"),
    }  # fmt: skip
    assert (told["before"], told["came"], told["left"], told["after"]) == (6, 2, 3, 5)
    assert next(one["into"] for one in told["results"] if one["name"] == "Ganda") == world["Asli"].number


def test_a_narrowed_list_says_what_changed_of_those_that_crossed_its_border(world):
    out, into = asked(branch="pangan"), asked(branch="sandang_kulit")

    assert {one["name"]: one["why"] for one in into["results"]} == {"Pindah Cabang": "changed"}
    differences = into["results"][0]["differences"]
    assert [one["field"] for one in differences] == ["Cabang industri"]
    assert "Pindah Cabang" in {one["name"] for one in out["results"] if not one["came"]}
    for told in (out, into, asked(q="pindah"), asked(regency="63.71")):
        assert told["before"] + told["came"] - told["left"] == told["after"]
    assert out["before"] == Client().get("/industri/", {"branch": "pangan", "as_of": D1}).context["counts"].total


def test_pages_follow_each_other_and_hold_each_record_once(monkeypatch):
    monkeypatch.setattr("disperin.figures.changes.Between.changes.__defaults__", (0, 3))

    first = asked()
    second = Client().get(first["next"]).json()

    assert (len(first["results"]), len(second["results"]), second["next"]) == (3, 2, None)
    assert len({one["number"] for page in (first, second) for one in page["results"]}) == 5


def test_the_page_shows_the_sum_and_leads_to_both_lists(world):
    page = Client().get(PAGE, {"dari": f"{D1:%d/%m/%Y}", "sampai": D2.isoformat(), "branch": "pangan"}).content.decode()

    assert "Pindah Cabang" in page
    assert f"digabung ke {world['Asli'].number}".lower() in page.lower()
    assert f"/industri/?branch=pangan&amp;as_of={D1.isoformat()}" in page
    assert f"as_of={D2.isoformat()}" in page


def test_days_that_cannot_be_are_refused_by_name():
    visitor = Client()
    future = TODAY + datetime.timedelta(days=1)
    for given, name in (
        ({"from": D2, "until": D1}, "until"),
        ({"from": D1}, "until"),
        ({"from": "kemarin", "until": D2}, "from"),
        ({"from": D1, "until": future}, "until"),
        ({"from": D1, "until": D2, "branch": "tidak ada"}, "branch"),
        ({"from": D1, "until": D2, "cabang": "pangan"}, "cabang"),
        ({}, "from"),
    ):
        answer = visitor.get(API, given)
        assert (answer.status_code, name in answer.json()["errors"]) == (400, True), given
    assert "Hari ini lebih awal" in visitor.get(PAGE, {"dari": D2, "sampai": D1}).content.decode()


def test_a_register_of_the_inside_is_for_people_with_an_account():
    assert Client().get("/statistik/issues/perubahan/").status_code == 302
    assert Client().get("/api/v1/registers/issues/changes/", {"from": D1, "until": D2}).status_code == 401


def test_a_photograph_is_told_without_the_name_of_its_file():
    told = asked(has_photo="true")
    page = Client().get(PAGE, {"dari": D1, "sampai": D2, "has_photo": "true"}).content.decode()

    (one,) = told["results"]
    photo = next(said for said in one["differences"] if said["field"] == "Foto")
    assert (photo["before"], photo["after"]) == ("–", "ada")
    assert "Foto: – → ada" in page
    assert "foto.jpg" not in page


def test_a_record_closed_as_a_duplicate_without_a_merge_is_told_as_closed():
    one = next(one for one in asked()["results"] if one["name"] == "Kembar")

    assert (one["why"], one["into"]) == ("closed", "")
    assert "digabung" not in one["reason"].lower()
    assert one["url"].endswith(f"as_of={D1.isoformat()}")


def test_a_record_that_was_not_shown_on_the_first_day_is_not_said_to_be_new(officer, signed_in):
    admin = an_administrator()
    record = an_establishment(name="Disembunyikan")
    hidden = actions.hide(REGISTER, record, "", reason="Diminta.", by=admin)
    with on(D1):
        put_on(timezone.now())
    actions.lift(hidden, reason="Sudah.", by=admin)
    with on(D2):
        put_on(timezone.now())

    for client in (Client(), signed_in(officer)):
        told = client.get(API, {"from": D1.isoformat(), "until": D2.isoformat()}).json()["results"]
        shown = next(one for one in told if one["number"] == record.number)
        assert (shown["came"], shown["why"]) == (True, "shown")
        assert shown["reason"].startswith("Tidak ditampilkan pada")


def test_visitors_ask_it_so_often_and_no_longer_than_a_database_may_take(monkeypatch):
    asked = {"dari": D1.isoformat(), "sampai": D2.isoformat()}
    monkeypatch.setattr(views, "LONGEST", 20)
    monkeypatch.setattr(api, "LONGEST", 20)

    def slowly(*_args, **_options):
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_sleep(2)")

    monkeypatch.setattr(Between, "changes", slowly)
    page = Client().get(PAGE, asked)
    assert (page.status_code, "terlalu lama" in page.content.decode()) == (503, True)
    answer = Client().get(API, {"from": D1.isoformat(), "until": D2.isoformat()})
    assert (answer.status_code, answer.json()["code"]) == (503, "too_long")

    monkeypatch.setattr(VisitorThrottle, "allow_request", lambda *_args: False)
    monkeypatch.setattr(VisitorThrottle, "wait", lambda *_args: 7)
    refused = Client().get(PAGE, asked)
    assert (refused.status_code, refused["Retry-After"]) == (429, "7")


def test_a_place_beyond_the_last_record_does_not_say_that_none_came_or_left():
    asked = {"dari": D1.isoformat(), "sampai": D2.isoformat()}

    page = Client().get(PAGE, asked | {"setelah": "999999999"}).content.decode()

    assert ("Tidak ada data lagi mulai dari tempat ini." in page, "Tidak ada data yang" in page) == (True, False)
