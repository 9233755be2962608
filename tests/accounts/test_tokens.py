"""Programs sign in with a token: known, alive, of somebody who may come in, and within its scope."""

import pytest
import time_machine
from drf_spectacular.generators import SchemaGenerator
from rest_framework.test import APIClient

from disperin.accounts import actions
from disperin.accounts.models import ApiKey

PLACE = "/api/v1/attachments/"
NOTHING_THERE = f"{PLACE}00000000-0000-4000-8000-000000000000/"


def test_a_token_signs_in_with_one_query(officer, with_token, django_assert_num_queries):
    program = with_token(officer, scope="read")

    with django_assert_num_queries(2):  # the token with its person, the row that was asked for
        answer = program.get(NOTHING_THERE)

    assert answer.status_code == 404


@pytest.mark.parametrize(
    "token",
    ["", "0" * 64, "f" * 63, "f" * 65, "F" * 64, "bukan token", "é" * 32, "0" * 63 + "\x00", "a b c", "%00"],
)
def test_an_unknown_token_is_a_401_that_says_how_to_sign_in(db, token):
    answer = APIClient().get(NOTHING_THERE, HTTP_AUTHORIZATION=f"Token {token}")

    assert (answer.status_code, answer["WWW-Authenticate"]) == (401, "Token")


def test_without_token_the_answer_is_401_too(db):
    answer = APIClient().get(NOTHING_THERE)

    assert (answer.status_code, answer["WWW-Authenticate"]) == (401, "Token")


def test_a_token_ends_at_its_hour_and_stays_listed(officer):
    with time_machine.travel("2026-11-01 08:00 +0800", tick=False):
        _key, token = actions.create_token(officer, name="Ekspor", scope="read", days=30, by=officer)
    program = APIClient()
    program.credentials(HTTP_AUTHORIZATION=f"Token {token}")

    with time_machine.travel("2026-12-01 07:59:59 +0800", tick=False):
        assert program.get(NOTHING_THERE).status_code == 404
    with time_machine.travel("2026-12-01 08:00 +0800", tick=False):
        assert program.get(NOTHING_THERE).status_code == 401
    assert ApiKey.objects.count() == 1


def test_a_token_that_may_only_read_cannot_write(officer, with_token):
    program = with_token(officer, scope="read")

    refused = program.post(PLACE, {}, format="multipart")
    writer = with_token(officer, scope="write").post(PLACE, {}, format="multipart")

    assert (refused.status_code, writer.status_code) == (403, 400)
    assert refused.json()["detail"]


def test_a_revoked_token_is_dead_at_once(officer, with_token):
    program = with_token(officer)

    actions.revoke_token(ApiKey.objects.get(), by=officer)

    assert program.get(NOTHING_THERE).status_code == 401


def test_the_description_of_the_api_names_the_token():
    schemes = SchemaGenerator().get_schema(public=True)["components"]["securitySchemes"]

    assert schemes["token"]["name"] == "Authorization"
