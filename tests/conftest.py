"""The cast: who acts in the tests, and a client of each."""

import gc
import os
import signal
from contextlib import contextmanager
from uuid import uuid4

import pytest
from django.conf import settings as portal_settings
from django.core.cache import caches
from django.db import connection, transaction
from django.test import Client, TransactionTestCase
from django.urls import get_resolver
from django.utils import translation
from rest_framework.test import APIClient

from disperin.accounts.models import Role
from disperin.embedded.parent import end_with_parent
from disperin.front import sitemaps
from disperin.registers.record import reference
from industries.models import KbliVersion
from tests import budget, clock, factories, migrated, rows  # noqa: F401 - the budget of properties is set where it is read


def pytest_configure():
    """A run that is stopped or killed leaves no process behind: its parts end with it, and tidy up as on Ctrl-C."""
    if {"MAKELEVEL", "PYTEST_XDIST_WORKER"} & set(os.environ):  # by itself, pytest may outlive the shell it came from
        end_with_parent()
    signal.signal(signal.SIGTERM, signal.default_int_handler)
    clock.start(portal_settings.TIME_ZONE)


@pytest.hookimpl(wrapper=True)
def pytest_collection():
    """All that is imported and collected stays to the end: it is searched for garbage neither now nor in any test, and
    what a test leaves in circles is little.
    """
    gc.disable()
    try:
        return (yield)
    finally:
        gc.freeze()
        gc.set_threshold(10_000)
        gc.enable()


def pytest_itemcollected(item):
    """Mark every property, for `make deep`: here, before `-m` leaves out what has no mark."""
    if getattr(getattr(item, "obj", None), "is_hypothesis_test", False):
        item.add_marker(pytest.mark.property)


@pytest.hookimpl(trylast=True)
def pytest_collection_modifyitems(items):
    """What is long by itself comes first, then the other journeys in the browser.

    They take longest, and a browser leaves a processor idle half of its time: so others run beside them, and at the end
    there are small ones left for every worker.
    """
    items.sort(key=lambda item: [item.get_closest_marker(name) is None for name in ("long", "browser")])


@pytest.fixture(scope="session", autouse=True)
def _addresses_as_they_are():
    """Made once, before any test changes what they are made of: a worker makes them at the first request else, and a
    register that is without a place for one test would have no map in all that follow.
    """
    assert get_resolver().url_patterns


@pytest.fixture(autouse=True)
def _no_kept_answers(settings):
    """Revisions begin anew with every test, and so must what is kept under them.

    Every cache is asked, also those that only the live server's threads have opened; the release of its own keeps out
    what one of them still lays down for the test before.
    """
    settings.RELEASE = uuid4().hex
    _forget_answers()


def _forget_answers():
    for cache in caches.all():
        cache.clear()
    reference.forget()


@pytest.fixture(autouse=True)
def _reference_known(monkeypatch):
    """A worker reads the small tables of reference data once: queries are counted as of one that has."""

    def uncounted(load):
        def loaded(*models):
            counted, connection.force_debug_cursor = connection.force_debug_cursor, False
            try:
                return load(*models)
            finally:
                connection.force_debug_cursor = counted

        return loaded

    monkeypatch.setattr(reference, "load", uncounted(reference.load))
    monkeypatch.setattr(KbliVersion, "_look_up", uncounted(KbliVersion._look_up))  # the footer names what it finds


@pytest.fixture(autouse=True)
def _sitemaps_of_one_file(monkeypatch):
    """Keys go on from test to test: what a worker made before must not say in which file a record is listed."""
    monkeypatch.setattr(sitemaps, "RANGE", 1_000_000_000)


@pytest.fixture(autouse=True)
def _indonesian(settings):
    """A request leaves its language behind; every test begins in the portal's own."""
    translation.activate(settings.LANGUAGE_CODE)


@pytest.fixture(autouse=True)
def _own_media(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path / "media"


@pytest.fixture(scope="session")
def django_db_modify_db_settings(django_db_modify_db_settings, django_db_blocker):
    """Each worker's database is a copy of one that is migrated already."""
    with django_db_blocker.unblock():
        connection.settings_dict["TEST"] |= {"TEMPLATE": migrated.template(), "NAME": migrated.of_this_process()}


@pytest.fixture(scope="session")
def django_db_setup(django_db_setup, django_db_blocker):
    """A browser may keep a line to the live server open past its test, and with it a session of the test database,
    which can't be dropped while anyone is in it: at the end all others are shown out."""
    with django_db_blocker.unblock(), connection.cursor() as cursor:
        clock.set_database(cursor)
    yield
    with django_db_blocker.unblock(), connection.cursor() as cursor:
        cursor.execute(
            "SELECT pg_terminate_backend(pid) FROM pg_stat_activity"
            " WHERE datname = current_database() AND pid <> pg_backend_pid()"
        )


@pytest.fixture(scope="session", autouse=True)
def _emptied_fast():
    """A test that commits leaves the tables empty, as with Django's own flush, in a tenth of its time."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(TransactionTestCase, "_fixture_teardown", lambda _case: rows.empty())
        yield


@pytest.fixture(scope="module")
def once(django_db_setup, django_db_blocker):
    """What the tests of a module share is made once: `once(build)`, in a fixture of that scope, gives what it made.

    Each test works in a savepoint of that transaction; what it changes in memory, it must copy or read anew.
    """
    transacted = transaction.atomic()

    def make(build):
        with django_db_blocker.unblock(), translation.override(portal_settings.LANGUAGE_CODE):
            _forget_answers()  # the test before may have left tables in memory that are no more
            return build()

    with django_db_blocker.unblock():
        transacted.__enter__()
    yield make
    with django_db_blocker.unblock():
        transaction.set_rollback(True)
        transacted.__exit__(None, None, None)


@pytest.fixture
def trying(db, subtests):
    """One value after another in the same world: `with trying(value): …` names it if it fails, and undoes what it did.

    What it changes in memory stays: read such a record anew for each value.
    """

    @contextmanager
    def one(*named):
        with subtests.test(" · ".join(f"{value!r:.100}" for value in named)), transaction.atomic():
            yield
            transaction.set_rollback(True)
        _forget_answers()

    return one


@pytest.fixture
def officer(db):
    """An officer of Hulu Sungai Tengah, 63.07: "here"."""
    return factories.UserFactory(username="petugas.6307", full_name="Petugas HST")


@pytest.fixture
def colleague(db):
    """Another officer of the same regency."""
    return factories.UserFactory(username="petugas2.6307", full_name="Petugas Dua HST")


@pytest.fixture
def officer_there(db):
    """An officer of another regency, 63.06."""
    there = factories.RegencyFactory(code="63.06")
    return factories.UserFactory(username="petugas.6306", full_name="Petugas HSS", regency=there)


@pytest.fixture
def verifier(db):
    return factories.UserFactory(username="verifikator1", full_name="Verifikator Satu", role=Role.VERIFIER)


@pytest.fixture
def second_verifier(db):
    return factories.UserFactory(username="verifikator2", full_name="Verifikator Dua", role=Role.VERIFIER)


@pytest.fixture
def head(db):
    return factories.UserFactory(username="kadis", full_name="Kepala Dinas", role=Role.HEAD)


@pytest.fixture
def administrator(db):
    return factories.UserFactory(username="admin", full_name="Administrator", role=Role.ADMINISTRATOR)


@pytest.fixture
def signed_in():
    """A browser's client, signed in: `signed_in(officer).get("/usulan/")`."""

    def sign_in(user):
        client = Client()
        client.force_login(user, backend="django.contrib.auth.backends.ModelBackend")
        return client

    return sign_in


@pytest.fixture
def api():
    """An API client of a user, or of a visitor: `api(officer).post(...)`, `api().get(...)`."""

    def as_user(user=None):
        client = APIClient()
        if user is not None:
            client.force_login(user, backend="django.contrib.auth.backends.ModelBackend")
        return client

    return as_user
