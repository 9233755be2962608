"""What tests of backups share: an empty portal to restore into, places to keep archives at, and a pair of keys."""

import tempfile
from contextlib import contextmanager
from pathlib import Path

import pytest
from django.core.cache import cache
from django.db import connection
from pyrage import x25519

from tests.backups.s3 import KEY, REGION, SECRET, s3_server


@contextmanager
def another_database(name):
    """A freshly migrated database takes the place of the test's."""
    ours, template = connection.settings_dict["NAME"], connection.settings_dict["TEST"]["TEMPLATE"]
    with connection.creation._nodb_cursor() as cursor:
        cursor.execute(f'DROP DATABASE IF EXISTS "{name}"')
        cursor.execute(f'CREATE DATABASE "{name}" TEMPLATE "{template}"')
    try:
        _speak_to(name)
        yield
    finally:
        _speak_to(ours)
        with connection.creation._nodb_cursor() as cursor:
            cursor.execute(f'DROP DATABASE "{name}" WITH (FORCE)')


def _speak_to(name):
    connection.close()
    connection.settings_dict["NAME"] = name


@pytest.fixture
def empty_portal(settings, tmp_path):
    """`with empty_portal():` a database without rows and a folder without files; gives that folder."""

    @contextmanager
    def one():
        name = connection.settings_dict["NAME"]
        ours, settings.MEDIA_ROOT = settings.MEDIA_ROOT, Path(tempfile.mkdtemp(dir=tmp_path))
        try:
            cache.clear()
            with another_database(f"{name}_restored"):
                yield settings.MEDIA_ROOT
        finally:
            settings.MEDIA_ROOT = ours

    return one


@pytest.fixture
def folder(tmp_path):
    """Where archives are kept."""
    made = tmp_path / "backups"
    made.mkdir()
    return made


@pytest.fixture
def s3(monkeypatch):
    """A server that speaks S3, and the environment that tells of it."""
    with s3_server() as server:
        told = {"ENDPOINT_URL": server.url, "ACCESS_KEY_ID": KEY, "SECRET_ACCESS_KEY": SECRET, "REGION": REGION}
        for name, value in told.items():
            monkeypatch.setenv(f"AWS_{name}", value)
        yield server


@pytest.fixture
def keys(tmp_path):
    """The public key of a pair, and the file with its secret key."""
    secret = x25519.Identity.generate()
    file = tmp_path / "portal.key"
    file.write_text(f"# public key: {secret.to_public()}\n{secret}\n")
    return str(secret.to_public()), file
