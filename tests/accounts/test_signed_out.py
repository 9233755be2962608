"""What becomes of a request whose sender is no longer signed in: nothing is taken for success, nothing is lost."""

import pytest
from django.test import Client

from disperin.registers.record import directory
from disperin.submissions import actions
from tests.factories import establishment_values

BY_SCRIPT = {"HTTP_HX_REQUEST": "true"}
FROM_HERE = {"HTTP_ORIGIN": "http://testserver"}


@pytest.fixture
def edit_url(officer):
    draft = actions.draft(directory.get("establishments"), establishment_values(), by=officer)
    return f"/usulan/{draft.number}/ubah/"


def test_a_script_is_never_led_to_the_sign_in_page(client, edit_url):
    for address in (edit_url, "/usulan/impor/", f"/en{edit_url}", "/akun/"):
        for ask in (client.get, client.post):
            answer = ask(address, **BY_SCRIPT)
            assert (answer.status_code, answer.content) == (401, b""), address
            assert "no-store" in answer["Cache-Control"]
    assert client.get(edit_url).status_code == 302  # a person is


def test_a_form_that_was_sent_keeps_what_was_typed(client, edit_url):
    answer = client.post(edit_url, {"name": "Rumah “Anyaman” <b>", "message": "a\nb", "submit": "1"})

    page = answer.content.decode()
    assert (answer.status_code, "no-store" in answer["Cache-Control"]) == (401, True)
    assert 'name="name" value="Rumah “Anyaman” &lt;b&gt;"' in page
    assert 'name="message" value="a\nb"' in page
    assert f'action="{edit_url}"' in page
    assert 'name="submit" value="1"' in page


def test_a_password_is_shown_on_no_page_and_what_was_typed_beside_it_is_kept(client, db):
    answer = client.post("/akun/", {"full_name": "Petugas Baru", "current_password": "banua-demo"})
    page = answer.content.decode()
    only_secrets = client.post("/kata-sandi/", {"oldpassword": "banua-demo", "password1": "x"})

    assert (answer.status_code, "banua-demo" in page) == (401, False)
    assert 'name="full_name" value="Petugas Baru"' in page
    assert "Kata sandi tidak disimpan di halaman mana pun" in page
    assert (only_secrets.status_code, only_secrets.content) == (302, b"")
    assert only_secrets["Location"].startswith("/masuk/?next=")


def test_an_open_page_may_ask_who_is_signed_in(client, officer, signed_in):
    told = signed_in(officer).get("/akun/sesi/")

    assert told.json()["username"] == officer.username
    assert len(told.json()["token"]) == 64
    assert "no-store" in told["Cache-Control"]
    assert (client.get("/akun/sesi/").status_code, client.get("/akun/sesi/").json()) == (401, {})


def test_an_old_form_of_the_portal_can_be_sent_again(officer, edit_url):
    client = Client(enforce_csrf_checks=True)
    client.force_login(officer, backend="django.contrib.auth.backends.ModelBackend")

    answer = client.post(edit_url, {"name": "Rumah Anyaman"}, **FROM_HERE)

    assert (answer.status_code, answer["Portal-Form"]) == (403, "expired")
    assert 'name="name" value="Rumah Anyaman"' in answer.content.decode()
    assert "csrfmiddlewaretoken" in answer.content.decode()


def test_what_another_site_sends_gets_no_token(officer, edit_url):
    client = Client(enforce_csrf_checks=True)
    client.force_login(officer, backend="django.contrib.auth.backends.ModelBackend")

    for origin in ({}, {"HTTP_ORIGIN": "https://example.com"}, {"HTTP_ORIGIN": "null"}):
        answer = client.post(edit_url, {"name": "Rumah Anyaman"}, **origin)
        assert answer.status_code == 403
        assert "Rumah Anyaman" not in answer.content.decode()
        assert "csrfmiddlewaretoken" not in answer.content.decode()


def test_an_old_sign_in_form_keeps_no_password():
    answer = Client(enforce_csrf_checks=True).post("/masuk/", {"login": "x", "password": "banua-demo"}, **FROM_HERE)

    assert answer.status_code == 403
    assert "banua-demo" not in answer.content.decode()
    assert 'name="login" value="x"' in answer.content.decode()
