"""Who decides for the province needs a second factor, where the installation asks for it."""

import time

import pytest
import time_machine
from allauth.mfa.models import Authenticator
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from allauth.mfa.totp.internal.auth import TOTP, format_hotp_value, generate_totp_secret, hotp_value
from django.core.checks import Tags, run_checks
from django.urls import reverse

from disperin.accounts.checks import check_second_factor
from disperin.accounts.second_factor import SecondFactorMiddleware

PASSWORD = "sasirangan-hijau-7"


@pytest.fixture(autouse=True)
def _no_time_passes(time_machine):
    """A code counts in the half minute that it was made in, which might end before it is sent."""
    time_machine.move_to("2026-11-22T08:00:00+08:00", tick=False)


@pytest.fixture
def required(settings):
    settings.REQUIRE_SECOND_FACTOR = True


def code_for(secret):
    return format_hotp_value(hotp_value(secret, int(time.time()) // 30))


def give_second_factor(user):
    secret = generate_totp_secret()
    TOTP.activate(user, secret)
    return secret


@pytest.mark.parametrize("who", ["verifier", "administrator"])
def test_without_second_factor_every_page_leads_to_the_one_that_activates_it(request, required, as_user, who):
    browser = as_user(request.getfixturevalue(who))
    paths = ("/akun/", "/", "/usulan/", "/en/akun/", "/admin/", "/faktor-kedua/")

    answers = {path: browser.get(path) for path in paths}

    found = {path: (one.status_code, one.get("Location", "").removeprefix("/en")) for path, one in answers.items()}
    assert found == dict.fromkeys(paths, (302, "/faktor-kedua/aktifkan/"))


@pytest.mark.parametrize("who", ["officer", "head"])
def test_officers_and_the_head_may_go_without(request, required, as_user, who):
    assert as_user(request.getfixturevalue(who)).get("/akun/").status_code == 200


def test_where_it_is_not_required_a_password_is_enough(settings, as_user, verifier):
    settings.REQUIRE_SECOND_FACTOR = False

    assert as_user(verifier).get("/akun/").status_code == 200


def test_a_visitor_without_session_is_not_even_looked_at(required, rf):
    request = rf.get("/")  # has no user: asking for one would fail, and cost a query and a cacheable page

    assert SecondFactorMiddleware(lambda request: None).process_view(request, lambda request: None, (), {}) is None


def test_a_verifier_activates_an_authenticator_and_goes_on(required, client, verifier):
    page = client.post("/masuk/", {"login": "verifikator", "password": PASSWORD}, follow=True)
    assert page.request["PATH_INFO"] == "/faktor-kedua/aktifkan/"
    secret = page.context["form"].secret
    done = client.post("/faktor-kedua/aktifkan/", {"code": code_for(secret)})

    assert (done.status_code, done.url) == (302, reverse("mfa_view_recovery_codes"))
    codes = client.get(done.url)
    assert len(codes.context["unused_codes"]) == 10
    assert codes.context["unused_codes"][0] in codes.content.decode()
    for path in ("/akun/", "/faktor-kedua/", "/faktor-kedua/nonaktifkan/", "/faktor-kedua/kode-pemulihan/baru/"):
        assert client.get(path).status_code == 200
    assert client.get("/faktor-kedua/kode-pemulihan/unduh/").status_code == 200


def test_the_password_is_asked_again_once_signing_in_is_long_ago(required, client, verifier):
    with time_machine.travel("2026-11-02T08:00:00+08:00", tick=False):
        client.post("/masuk/", {"login": "verifikator", "password": PASSWORD})
        assert client.get("/faktor-kedua/aktifkan/").status_code == 200
    with time_machine.travel("2026-11-02T08:06:00+08:00", tick=False):
        asked = client.get("/faktor-kedua/aktifkan/")

    assert (asked.status_code, asked.url.split("?")[0]) == (302, "/masuk/ulang/")


def test_a_wrong_code_activates_nothing(required, client, verifier):
    client.post("/masuk/", {"login": "verifikator", "password": PASSWORD})

    answer = client.post("/faktor-kedua/aktifkan/", {"code": "000000"})

    assert answer.context["form"].errors
    assert not Authenticator.objects.exists()


def test_signing_in_then_asks_for_the_code(required, client, verifier):
    secret = give_second_factor(verifier)

    asked = client.post("/masuk/", {"login": "verifikator", "password": PASSWORD})
    assert asked.url == reverse("mfa_authenticate")
    assert "_auth_user_id" not in client.session
    assert client.get("/akun/").status_code == 302
    assert client.get(asked.url).status_code == 200
    wrong = client.post(asked.url, {"code": "123"})
    assert wrong.context["form"].errors
    client.post(asked.url, {"code": code_for(secret)})

    assert client.get("/akun/").status_code == 200


def test_a_lost_phone_is_replaced_by_a_recovery_code_once(required, client, verifier):
    give_second_factor(verifier)
    code = RecoveryCodes.activate(verifier).get_unused_codes()[0]

    client.post("/masuk/", {"login": "verifikator", "password": PASSWORD})
    client.post("/masuk/kode/", {"code": code})
    assert client.get("/akun/").status_code == 200
    client.post("/keluar/")
    client.post("/masuk/", {"login": "verifikator", "password": PASSWORD})
    again = client.post("/masuk/kode/", {"code": code})

    assert again.context["form"].errors


def test_recovery_codes_alone_are_no_second_factor(required, as_user, verifier):
    RecoveryCodes.activate(verifier)

    assert as_user(verifier).get("/akun/").url == "/faktor-kedua/aktifkan/"


def test_a_token_of_a_person_without_second_factor_is_refused_with_the_reason(required, with_token, verifier):
    program = with_token(verifier)

    refused = program.get("/api/v1/attachments/00000000-0000-4000-8000-000000000000/")
    give_second_factor(verifier)
    accepted = program.get("/api/v1/attachments/00000000-0000-4000-8000-000000000000/")

    assert refused.status_code == 403
    assert refused.json()["detail"]
    assert accepted.status_code == 404


def test_the_api_answers_a_session_without_second_factor_with_a_problem_not_with_a_page(required, as_user, verifier):
    answer = as_user(verifier).get("/api/v1/attachments/00000000-0000-4000-8000-000000000000/")

    assert (answer.status_code, answer["Content-Type"]) == (403, "application/problem+json")
    assert answer.json()["code"] == "second_factor_required"


def test_without_second_factor_one_can_still_sign_out(required, as_user, verifier):
    browser = as_user(verifier)

    browser.post("/keluar/")

    assert "_auth_user_id" not in browser.session


def test_the_deployment_check_warns_while_it_is_off(settings):
    settings.REQUIRE_SECOND_FACTOR = False
    assert [found.id for found in check_second_factor(None)] == ["accounts.W001"]
    found = run_checks(tags=[Tags.security], include_deployment_checks=True)
    assert "accounts.W001" in {check.id for check in found}

    settings.REQUIRE_SECOND_FACTOR = True
    assert check_second_factor(None) == []
