"""What the database itself holds about accounts, and how the first administrator comes in."""

import pytest
from django.core.management import call_command
from django.db import IntegrityError, transaction

from disperin.accounts.models import ApiKey, Role, User


@pytest.mark.parametrize("role", [Role.VERIFIER, Role.HEAD, Role.ADMINISTRATOR])
def test_only_an_officer_has_a_regency(make_user, here, role):
    with pytest.raises(IntegrityError, match="an_officer_has_exactly_one_regency"), transaction.atomic():
        make_user("seseorang", role, regency=here)


def test_an_officer_without_regency_is_refused_by_the_database(make_user):
    with pytest.raises(IntegrityError, match="an_officer_has_exactly_one_regency"), transaction.atomic():
        make_user("seseorang", Role.OFFICER)


def test_usernames_that_differ_in_capitals_only_are_one(verifier, make_user):
    with pytest.raises(IntegrityError, match="one_account_per_username"), transaction.atomic():
        make_user("VERIFIKATOR", Role.VERIFIER, email="lain@example.test")


def test_two_accounts_may_lack_an_e_mail_but_not_share_one(make_user, verifier):
    make_user("satu", Role.HEAD, email="")
    make_user("dua", Role.HEAD, email="")

    with pytest.raises(IntegrityError, match="one_account_per_e_mail"), transaction.atomic():
        make_user("tiga", Role.HEAD, email="VERIFIKATOR@example.test")


@pytest.mark.parametrize(
    ("role", "proposes", "decides", "publishes", "sees_all", "enters_the_admin", "needs_second_factor"),
    [
        (Role.OFFICER, True, False, False, False, False, False),
        (Role.VERIFIER, True, True, False, True, False, True),
        (Role.ADMINISTRATOR, True, False, True, True, True, True),
        (Role.HEAD, False, False, False, True, False, False),
    ],
)
def test_the_table_of_rights(role, proposes, decides, publishes, sees_all, enters_the_admin, needs_second_factor):
    user = User(role=role)

    rights = (user.can_propose, user.can_decide, user.can_publish, user.sees_all, user.is_staff)

    assert rights == (proposes, decides, publishes, sees_all, enters_the_admin)
    assert user.is_superuser is enters_the_admin
    assert user.needs_second_factor is needs_second_factor


def test_createsuperuser_makes_an_administrator(db, monkeypatch):
    monkeypatch.setenv("DJANGO_SUPERUSER_PASSWORD", "sasirangan-hijau-7")

    call_command("createsuperuser", username="pertama", full_name="Yang Pertama", interactive=False, verbosity=0)

    user = User.objects.get_by_natural_key("PERTAMA")
    assert user.role == Role.ADMINISTRATOR
    assert user.check_password("sasirangan-hijau-7")


def test_a_token_is_kept_only_as_a_hash(verifier):
    key, token = ApiKey.objects.create(verifier, name="Ekspor")

    kept = ApiKey.objects.filter(pk=key.pk).values_list().get()
    assert token not in map(str, kept)
    assert key.short_key == token[:8]
