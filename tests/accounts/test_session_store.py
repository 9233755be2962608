"""Sessions are read as Django reads them: what was kept, until the moment they end, and nothing after it."""

import datetime

import pytest
from django.contrib.sessions.backends import db
from django.contrib.sessions.models import Session
from django.urls import reverse
from django.utils import timezone

from disperin.accounts.session_store import SessionStore


@pytest.fixture
def kept(db):
    store = SessionStore()
    store["wish"] = {"language": "id", "pages": [1, 2]}
    store.create()
    return store


def test_a_session_gives_what_was_kept_in_it_by_one_statement(kept, django_assert_num_queries):
    with django_assert_num_queries(1):
        assert SessionStore(kept.session_key)["wish"] == {"language": "id", "pages": [1, 2]}
    assert SessionStore(kept.session_key).load() == db.SessionStore(kept.session_key).load()


def test_what_is_written_into_it_is_there_the_next_time(kept):
    again = SessionStore(kept.session_key)
    again["wish"] = "other"
    again.save()

    assert SessionStore(kept.session_key)["wish"] == "other"


@pytest.mark.parametrize("key", ["an-unknown-key-of-a-session", "x", "", None, "' OR '1'='1' --"])
def test_an_unknown_key_opens_nothing_and_is_not_taken_on(key, kept):
    store = SessionStore(key)

    assert store.get("wish") is None
    assert store.session_key is None


def test_a_session_that_is_over_is_as_if_it_never_was(kept):
    Session.objects.filter(pk=kept.session_key).update(expire_date=timezone.now() - datetime.timedelta(seconds=1))
    store = SessionStore(kept.session_key)

    assert store.get("wish") is None
    assert store.session_key is None


@pytest.mark.parametrize("key", ['"\\000aaaaaaaaaaa"', "a\x00aaaaaaaaaa", '"\\377aaaaaaaaaaa"'])
def test_a_cookie_that_no_session_can_have_is_answered_as_by_nobody(key, client, db):
    assert client.get(reverse("account_login"), headers={"cookie": f"sessionid={key}"}).status_code == 200
