"""Signing in and out: with name or e-mail, never by guessing, and never by signing up."""

import datetime

import pytest
import time_machine
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import NoReverseMatch, reverse
from django.utils import timezone
from django_tasks import TaskResultStatus
from django_tasks_db.models import DBTaskResult

from disperin.accounts import signing_in
from disperin.accounts.models import Role
from tests.working import work

PASSWORD = "sasirangan-hijau-7"


@pytest.mark.parametrize("login", ["petugas", "PETUGAS", "petugas@example.test", "Petugas@Example.test"])
def test_one_signs_in_with_username_or_e_mail(client, officer, login):
    answer = client.post("/masuk/", {"login": login, "password": PASSWORD})

    assert (answer.status_code, answer.url) == (302, reverse("overview:summary"))


def test_after_signing_in_one_lands_where_one_wanted_to_go(client, officer):
    answer = client.post("/masuk/", {"login": "petugas", "password": PASSWORD, "next": "/akun/"})

    assert answer.url == "/akun/"


def test_a_foreign_address_is_no_place_to_land(client, officer):
    answer = client.post("/masuk/", {"login": "petugas", "password": PASSWORD, "next": "https://example.org/"})

    assert answer.url == reverse("overview:summary")


def test_a_wrong_password_says_so_without_saying_which_half_was_wrong(client, officer):
    wrong = client.post("/masuk/", {"login": "petugas", "password": "salah"})
    unknown = client.post("/masuk/", {"login": "tidak-ada", "password": "salah"})

    assert wrong.context["form"].non_field_errors() == unknown.context["form"].non_field_errors()
    assert wrong.context["form"].non_field_errors()


def test_guessing_is_stopped_after_five_attempts_even_with_the_right_password(client, officer):
    for _attempt in range(5):
        client.post("/masuk/", {"login": "petugas", "password": "salah"})

    answer = client.post("/masuk/", {"login": "petugas", "password": PASSWORD})

    assert "_auth_user_id" not in client.session
    assert answer.context["form"].non_field_errors().data[0].code == "too_many_login_attempts"


def test_after_five_minutes_one_may_try_again_and_not_before(client, officer):
    """As the page says, and the settings."""
    begun = timezone.now()
    right, wrong = ({"login": "petugas", "password": password} for password in (PASSWORD, "salah"))
    with time_machine.travel(begun, tick=False):
        for _attempt in range(5):
            client.post("/masuk/", wrong)
    with time_machine.travel(begun + datetime.timedelta(minutes=4, seconds=59), tick=False):
        client.post("/masuk/", right)
        before = "_auth_user_id" in client.session
    with time_machine.travel(begun + datetime.timedelta(minutes=5, seconds=1), tick=False):
        client.post("/masuk/", right)
        after = "_auth_user_id" in client.session

    assert (before, after) == (False, True)


@pytest.fixture
def waits(monkeypatch):
    """What sign-ins were made to wait, in seconds; nobody waits here."""
    waited = []
    monkeypatch.setattr(signing_in.time, "sleep", waited.append)
    return waited


def test_a_stranger_shuts_nobody_out_by_guessing_from_elsewhere(officer, waits):
    for login in ("petugas", "petugas@example.test"):
        for guess in range(40):
            Client(REMOTE_ADDR=f"192.0.2.{guess}").post("/masuk/", {"login": login, "password": "salah"})
        browser = Client(REMOTE_ADDR="198.51.100.7")
        assert browser.post("/masuk/", {"login": login, "password": PASSWORD}).status_code == 302
        assert "_auth_user_id" in browser.session


def test_guesses_from_many_addresses_make_every_answer_about_that_account_slow(officer, waits):
    for login in ("petugas", "tidak-ada"):
        waits.clear()
        for guess in range(20):
            Client(REMOTE_ADDR=f"192.0.2.{guess}").post("/masuk/", {"login": login, "password": "salah"})
        assert (len(waits), waits[0], waits[-1]) == (15, 0.2, 2.0)

    waits.clear()
    Client().post("/masuk/", {"login": "lain", "password": "salah"})
    assert waits == []


def test_a_suspended_person_is_told_so_and_stays_outside(client, make_user):
    make_user("lama", Role.HEAD, is_active=False)

    answer = client.post("/masuk/", {"login": "lama", "password": PASSWORD}, follow=True)

    assert answer.redirect_chain == [("/masuk/ditangguhkan/", 302)]
    assert "_auth_user_id" not in client.session


@pytest.mark.parametrize("login", ["nul\x00l", "x" * 5000, "'; drop table", "🙂"])
def test_odd_names_are_refused_and_break_nothing(client, db, login):
    answer = client.post("/masuk/", {"login": login, "password": "apa saja"})

    assert answer.status_code == 200
    assert answer.context["form"].errors


@pytest.mark.parametrize("name", ["account_signup", "account_email", "account_set_password", "account_confirm_email"])
def test_there_is_no_sign_up_and_no_page_of_the_library_that_nobody_chose(name):
    with pytest.raises(NoReverseMatch):
        reverse(name)


@pytest.mark.parametrize(
    "path",
    ["/masuk/", "/masuk/ditangguhkan/", "/kata-sandi/lupa/", "/kata-sandi/lupa/terkirim/", "/kata-sandi/atur/1-x-y/"],
)
def test_the_pages_before_signing_in_are_there_in_both_languages(client, db, path):
    assert client.get(path).status_code == 200
    assert client.get(f"/en{path}").status_code == 200


def test_signing_out_asks_first_and_then_leads_home(as_user, officer):
    browser = as_user(officer)

    assert browser.get("/keluar/").status_code == 200
    answer = browser.post("/keluar/")

    assert (answer.status_code, answer.url) == (302, "/")
    assert "_auth_user_id" not in browser.session


def test_a_forgotten_password_is_set_anew_by_mail(client, officer, mailoutbox, settings):
    settings.PUBLIC_ORIGIN = "https://portal.example"
    answer = client.post(
        "/kata-sandi/lupa/", {"email": "petugas@example.test"}, follow=True, headers={"host": "localhost:6666"}
    )

    assert (answer.status_code, mailoutbox) == (200, [])
    work()
    (sent,) = mailoutbox
    assert (sent.to, sent.subject) == (["petugas@example.test"], "Kata sandi baru untuk portal industri")
    link = next(line for line in sent.body.splitlines() if line.startswith("http"))
    assert link.startswith("https://portal.example/kata-sandi/atur/")
    form = client.get(link.removeprefix(settings.PUBLIC_ORIGIN), follow=True)
    client.post(form.request["PATH_INFO"], {"password1": "galuh-banjar-42", "password2": "galuh-banjar-42"})
    officer.refresh_from_db()
    assert officer.check_password("galuh-banjar-42")
    again = client.get(link.removeprefix(settings.PUBLIC_ORIGIN), follow=True)
    assert again.context["token_fail"]


def test_a_stranger_who_asks_for_a_password_learns_nothing_and_gets_no_mail(client, officer, mailoutbox):
    client.post("/kata-sandi/lupa/", {"email": "pertama@example.test"})  # what is asked once and known from then on

    answers, asked = [], []
    for email in ("petugas@example.test", "orang.lain@example.test"):
        with CaptureQueriesContext(connection) as queries:
            answers.append(client.post("/kata-sandi/lupa/", {"email": email}))
        asked.append([query["sql"].split(" ")[0] for query in queries])

    known, unknown = answers
    assert (known.status_code, known.url) == (unknown.status_code, unknown.url)
    assert asked[0] == asked[1]
    assert mailoutbox == []
    assert "example.test" not in str(list(DBTaskResult.objects.values_list("args_kwargs", flat=True)))


def test_a_mail_server_that_is_away_tells_nobody_who_is_known_and_is_tried_again(client, officer, settings):
    settings.EMAIL_BACKEND, settings.EMAIL_PORT = "django.core.mail.backends.smtp.EmailBackend", 9

    for email in ("petugas@example.test", "orang.lain@example.test"):
        answer = client.post("/kata-sandi/lupa/", {"email": email})
        assert (answer.status_code, answer.url) == (302, "/kata-sandi/lupa/terkirim/")
    work()

    (later,) = DBTaskResult.objects.filter(status=TaskResultStatus.READY)
    assert later.args_kwargs == {"args": [[officer.pk]], "kwargs": {"tries": 1}}


def test_an_old_address_no_longer_opens_the_account(client, officer, mailoutbox):
    officer.email = "baru@example.test"
    officer.save()

    client.post("/kata-sandi/lupa/", {"email": "petugas@example.test"})
    work()

    assert mailoutbox == []


def test_a_new_password_needs_the_present_one(as_user, officer):
    browser = as_user(officer)
    new = {"password1": "galuh-banjar-42", "password2": "galuh-banjar-42"}

    browser.post("/kata-sandi/", {"oldpassword": "salah", **new})
    officer.refresh_from_db()
    assert officer.check_password(PASSWORD)
    browser.post("/kata-sandi/", {"oldpassword": PASSWORD, **new})

    officer.refresh_from_db()
    assert officer.check_password("galuh-banjar-42")
    assert browser.get("/akun/").status_code == 200


def test_a_new_password_ends_every_token_and_is_told_to_the_owner(as_user, officer, with_token, mailoutbox):
    program = with_token(officer)
    browser, new = as_user(officer), {"password1": "galuh-banjar-42", "password2": "galuh-banjar-42"}

    browser.post("/kata-sandi/", {"oldpassword": PASSWORD, **new})

    assert program.get("/api/v1/submissions/").status_code == 401
    work()
    (sent,) = mailoutbox
    assert (sent.to, sent.subject) == ([officer.email], "Kata sandi Anda diganti")
    assert "1 token API" in sent.body
    mailoutbox.clear()

    program = with_token(officer)
    client = Client()
    client.post("/kata-sandi/lupa/", {"email": officer.email})
    work()
    link = next(line for line in mailoutbox.pop().body.splitlines() if line.startswith("http"))
    form = client.get("/" + link.split("/", 3)[3], follow=True)
    client.post(form.request["PATH_INFO"], new)
    work()

    assert program.get("/api/v1/submissions/").status_code == 401
    assert [sent.subject for sent in mailoutbox] == ["Kata sandi Anda diganti"]


def test_the_session_ends_with_the_browser(client, officer):
    client.post("/masuk/", {"login": "petugas", "password": PASSWORD})

    assert client.session.get_expire_at_browser_close()
