"""One's own account page: what one may change, and the tokens one makes there."""

import pytest

from disperin.accounts.models import ApiKey, Role
from disperin.registers.record import directory
from disperin.submissions import actions

PASSWORD = "sasirangan-hijau-7"
PATHS = ["/akun/", "/akun/token/baru/", "/akun/token/0123456789abcde/cabut/"]


@pytest.mark.parametrize("path", PATHS)
def test_a_visitor_is_led_to_the_sign_in_and_back(client, db, path):
    answer = client.get(path)

    assert (answer.status_code, answer.url) == (302, f"/masuk/?next={path}")


def test_the_page_shows_role_and_regency_and_is_never_cached(as_user, officer):
    page = as_user(officer).get("/akun/")

    assert "Hulu Sungai Tengah" in page.content.decode()
    assert "no-store" in page["Cache-Control"]


def test_one_changes_name_and_language(as_user, officer):
    answer = as_user(officer).post(
        "/akun/", {"full_name": "Siti Aminah", "email": officer.email, "language": "en", "role": Role.ADMINISTRATOR}
    )

    officer.refresh_from_db()
    assert (answer.status_code, answer.url) == (302, "/akun/")
    assert (officer.full_name, officer.language, officer.role) == ("Siti Aminah", "en", Role.OFFICER)


def test_a_name_is_kept_as_readers_see_it_and_must_be_seen(as_user, officer):
    browser, rest = as_user(officer), {"email": officer.email, "language": "id"}

    for unseen in ("\u200b", "\u3164", "Siti\u202eAminah", "Siti\u0007"):
        assert browser.post("/akun/", {"full_name": unseen, **rest}).context["form"].errors.keys() == {"full_name"}
    browser.post("/akun/", {"full_name": "Siti\u200b\xa0 Aminah", **rest})

    officer.refresh_from_db()
    assert officer.full_name == "Siti Aminah"


def test_a_new_e_mail_address_needs_the_password(as_user, officer):
    browser = as_user(officer)
    new = {"full_name": officer.full_name, "email": "Baru@example.test", "language": "id"}

    refused = browser.post("/akun/", {**new, "current_password": "salah"})
    officer.refresh_from_db()
    assert (list(refused.context["form"].errors), officer.email) == (["current_password"], "petugas@example.test")
    browser.post("/akun/", {**new, "current_password": PASSWORD})

    officer.refresh_from_db()
    assert officer.email == "baru@example.test"


def test_the_address_of_another_account_is_refused(as_user, officer, verifier):
    answer = as_user(officer).post(
        "/akun/",
        {
            "full_name": officer.full_name,
            "email": "VERIFIKATOR@example.test",
            "language": "id",
            "current_password": PASSWORD,
        },
    )

    assert answer.context["form"].errors
    assert answer.wsgi_request.user.email == "petugas@example.test"


@pytest.mark.parametrize("value", ["", "x" * 200, "nul\x00l"])
def test_a_name_that_cannot_be_is_a_field_error(as_user, officer, value):
    answer = as_user(officer).post("/akun/", {"full_name": value, "email": officer.email, "language": "id"})

    assert list(answer.context["form"].errors) == ["full_name"]


def test_a_new_token_is_shown_once_and_works(as_user, officer, client):
    browser = as_user(officer)

    made = browser.post("/akun/token/baru/", {"name": "Ekspor SIINas", "scope": "read", "days": "30"})

    token = made.context["token"]
    assert (made.status_code, "no-store" in made["Cache-Control"]) == (200, True)
    assert token in made.content.decode()
    profile = browser.get("/akun/").content.decode()
    assert token not in profile
    assert token[:8] in profile
    browser.logout()
    answer = client.get(
        "/api/v1/attachments/00000000-0000-4000-8000-000000000000/", headers={"Authorization": f"Token {token}"}
    )
    assert answer.status_code == 404


@pytest.mark.parametrize(
    ("change", "field"), [({"name": ""}, "name"), ({"scope": "admin"}, "scope"), ({"days": "9999"}, "days")]
)
def test_a_token_needs_a_name_a_scope_and_an_end(as_user, officer, change, field):
    answer = as_user(officer).post("/akun/token/baru/", {"name": "a", "scope": "read", "days": "30", **change})

    assert list(answer.context["form"].errors) == [field]
    assert not ApiKey.objects.exists()


def test_too_many_tokens_are_an_error_on_the_page(as_user, officer):
    browser = as_user(officer)
    for _n in range(10):
        browser.post("/akun/token/baru/", {"name": "a", "scope": "read", "days": "30"})

    answer = browser.post("/akun/token/baru/", {"name": "a", "scope": "read", "days": "30"})

    assert answer.context["form"].non_field_errors()


def test_one_revokes_ones_own_token_after_being_asked(as_user, officer, with_token):
    with_token(officer)
    address = f"/akun/token/{ApiKey.objects.get().token_key}/cabut/"
    browser = as_user(officer)

    assert "Ekspor" in browser.get(address).content.decode()
    assert ApiKey.objects.exists()
    browser.post(address)

    assert not ApiKey.objects.exists()


def test_the_token_of_another_does_not_exist_for_me(as_user, administrator, officer, with_token):
    with_token(officer)
    address = f"/akun/token/{ApiKey.objects.get().token_key}/cabut/"

    answers = [as_user(administrator).get(address), as_user(administrator).post(address)]

    assert [answer.status_code for answer in answers] == [404, 404]
    assert ApiKey.objects.exists()


def test_nothing_of_a_session_or_a_token_is_kept_by_a_browser(client, administrator, with_token, officer):
    begun = client.post("/masuk/", {"login": administrator.username, "password": PASSWORD})
    assert "no-store" in begun["Cache-Control"]
    for path in (
        "/faktor-kedua/", "/faktor-kedua/aktifkan/", "/faktor-kedua/kode-pemulihan/", "/kata-sandi/", "/industri/",
        "/admin/", "/api/v1/nominations/", "/api/v1/issues/", "/api/v1/establishments/", "/tidak-ada/",
        "/api/v1/attachments/00000000-0000-4000-8000-000000000000/", "/kata-sandi/atur/1-x-y/", "/masuk/",
    ):  # fmt: skip
        assert "no-store" in client.get(path)["Cache-Control"], path

    assert "no-store" in with_token(officer).get("/api/v1/nominations/")["Cache-Control"]


def test_what_a_visitor_reads_and_what_says_so_itself_may_be_kept(client, officer, as_user):
    assert client.get("/industri/")["Cache-Control"] == "no-cache"
    assert "immutable" in as_user(officer).get("/motif/x.svg")["Cache-Control"]


def test_no_page_may_use_camera_microphone_or_place_but_the_form_that_asks_for_a_point(officer, as_user, client):
    for path in ("/industri/", "/masuk/", "/tidak-ada/", "/api/v1/regencies/", "/static/css/base.css"):
        policy = client.get(path)["Permissions-Policy"]
        assert {"camera=()", "microphone=()", "geolocation=()"} <= set(policy.split(", ")), path

    policies = {}
    for slug in ("establishments", "halal"):
        draft = actions.draft(directory.get(slug), {}, by=officer)
        policies[slug] = as_user(officer).get(f"/usulan/{draft.number}/ubah/")["Permissions-Policy"].split(", ")
    assert {"camera=()", "geolocation=(self)"} <= {*policies["establishments"]}
    assert "geolocation=()" in policies["halal"]
