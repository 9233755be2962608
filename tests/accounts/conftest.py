"""The people of these tests, one of each role, and what they sign in with."""

import pytest
from django.core.cache import cache
from rest_framework.test import APIClient

from disperin.accounts import actions
from disperin.accounts.models import Role, User
from disperin.regions.models import Regency

PASSWORD = "sasirangan-hijau-7"


@pytest.fixture(autouse=True)
def fresh_limits(settings):
    """Sign-in limits are counted in the cache: here in one without queries of its own, and new for every test."""
    settings.CACHES = {**settings.CACHES, "default": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache"}}
    cache.clear()


@pytest.fixture
def make_regency(db):
    def make(code, name):
        return Regency.objects.get_or_create(
            code=code,
            defaults={
                "name": name,
                "kind": Regency.Kind.KABUPATEN,
                "capital": "Kota",
                "area_km2": "1000",
                "population": 250_000,
                "latitude": "-2.6",
                "longitude": "115.4",
            },
        )[0]

    return make


@pytest.fixture
def here(make_regency):
    return make_regency("63.07", "Hulu Sungai Tengah")


@pytest.fixture
def there(make_regency):
    return make_regency("63.05", "Tapin")


@pytest.fixture
def make_user(db):
    def make(username, role, **fields):
        return User.objects.create_user(
            username,
            PASSWORD,
            **{"full_name": username.title(), "role": role, "email": f"{username}@example.test", **fields},
        )

    return make


@pytest.fixture
def officer(make_user, here):
    return make_user("petugas", Role.OFFICER, regency=here)


@pytest.fixture
def verifier(make_user):
    return make_user("verifikator", Role.VERIFIER)


@pytest.fixture
def head(make_user):
    return make_user("kadis", Role.HEAD)


@pytest.fixture
def administrator(make_user):
    return make_user("pengelola", Role.ADMINISTRATOR)


@pytest.fixture
def as_user(client):
    """A browser in which somebody is signed in."""

    def sign_in(user):
        client.force_login(user)
        return client

    return sign_in


@pytest.fixture
def with_token():
    """A program that holds a new token of somebody."""

    def make(user, scope="write"):
        _key, token = actions.create_token(user, name="Ekspor", scope=scope, days=30, by=user)
        program = APIClient()
        program.credentials(HTTP_AUTHORIZATION=f"Token {token}")
        return program

    return make
