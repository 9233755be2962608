"""A database of one province is refused by a portal of another."""

import dataclasses

import pytest
from django.core.checks import run_checks
from django.core.exceptions import ImproperlyConfigured
from django.core.management import CommandError, call_command
from django.db import OperationalError

from disperin.regions import guard
from tests.factories import RegencyFactory

pytestmark = pytest.mark.django_db
TOLD = "This database holds province 63 .*, but PROVINCE is 99. Start with PROVINCE=63, or give province 99 a database"


@pytest.fixture
def elsewhere(settings):
    """The settings of province 99."""
    settings.PROVINCE = dataclasses.replace(settings.PROVINCE, code="99")


def test_a_database_without_regions_serves_any_province(elsewhere):
    guard.refuse_foreign_province()

    assert guard.foreign_province() == ""


def test_a_database_of_this_province_is_served():
    RegencyFactory(code="63.07")

    guard.refuse_foreign_province()

    assert run_checks(tags=["database"], databases=["default"]) == []


def test_a_command_that_asks_no_database_does_not_ask_it_for_its_province(django_assert_num_queries):
    with django_assert_num_queries(0):
        assert run_checks(tags=["database"]) == []


def test_a_database_of_another_province_is_refused_wherever_it_would_be_used(elsewhere, client):
    RegencyFactory(code="63.07")

    with pytest.raises(ImproperlyConfigured, match=TOLD):
        guard.refuse_foreign_province()
    assert [one.id for one in run_checks(tags=["database"], databases=["default"])] == ["regions.E001"]
    for command in (["load_reference"], ["db_worker", "--batch"]):
        with pytest.raises(CommandError, match=TOLD):
            call_command(*command)
    assert client.get("/readyz").status_code == 503


def test_a_database_that_does_not_answer_yet_is_let_pass(monkeypatch):
    def away():
        raise OperationalError

    monkeypatch.setattr(guard, "foreign_province", away)

    guard.refuse_foreign_province()
    assert guard.same_province(databases=["default"]) == []
