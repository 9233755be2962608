"""A real browser: Debian's Chromium driven by playwright against the portal served by the test itself."""

import os
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from django.conf import settings as portal_settings
from django.db import transaction
from django.test import Client
from django.utils import translation
from PIL import Image
from playwright.sync_api import expect

from disperin.registers.record import directory
from disperin.setup import reference
from disperin.submissions import actions
from tests import rows
from tests.browser.chromium import arguments, installed
from tests.browser.hands import Keyboard, Mouse
from tests.factories import establishment_values

HERE = Path(__file__).parent
PATIENCE = 30_000  # milliseconds: a machine may be busy; nothing waits longer than it must
WIDE, NARROW = 1280, 360
NO_FAULT = (
    "Failed to load resource", "Response Status Error Code 4", "htmx:afterRequest, ", "htmx:sendError, ",
)  # fmt: skip
LOADED = ("document", "stylesheet", "script", "image", "font")

# playwright's own loop runs in this thread, so Django would take every query for one from a coroutine
os.environ.setdefault("DJANGO_ALLOW_ASYNC_UNSAFE", "1")
expect.set_options(timeout=PATIENCE)


def pytest_collection_modifyitems(items):
    """Mark every test of this folder."""
    for item in items:
        if HERE in item.path.parents:
            item.add_marker(pytest.mark.browser)


@pytest.fixture(scope="session")
def browser_type_launch_args(browser_type_launch_args):
    """Start the machine's Chromium."""
    path = installed()
    assert path, "No Chromium was found; `make chromium` says what to do."
    return {**browser_type_launch_args, "executable_path": path, "args": arguments()}


@pytest.fixture(scope="session")
def base_url(live_server):
    """Addresses without a host lead to the portal of the tests."""
    return live_server.url


@pytest.fixture(scope="session")
def browser_context_args(browser_context_args):
    """Live in Banjarmasin, as most visitors do; a page that glides to its place would be measured on the way."""
    return {**browser_context_args, "locale": "id-ID", "timezone_id": "Asia/Makassar", "reduced_motion": "reduce"}


@pytest.fixture
def visit(new_context, live_server):
    """Open a window of somebody's own: `visit(officer, width=360, script=False)` gives a page, signed in or not.

    When the test ends, no window may have asked another host, missed a file, or heard its browser complain.
    """
    troubles, here = [], urlsplit(live_server.url).netloc

    def listen(page):
        page.on("console", lambda told: troubles.extend(_complaint(told)))
        page.on("pageerror", lambda error: troubles.append(f"error in a script: {error}"))
        page.on("request", lambda asked: troubles.extend(_foreign(asked.url, here)))
        page.on("response", lambda answer: troubles.extend(_missing(answer)))

    def open_window(user=None, *, width=WIDE, height=800, script=True, **options):
        context = new_context(viewport={"width": width, "height": height}, java_script_enabled=script, **options)
        context.set_default_timeout(PATIENCE)
        context.on("page", listen)
        if user is not None:
            client = Client()
            client.force_login(user, backend="django.contrib.auth.backends.ModelBackend")
            name = portal_settings.SESSION_COOKIE_NAME
            context.add_cookies([{"name": name, "value": client.cookies[name].value, "url": live_server.url}])
        return context.new_page()

    yield open_window
    assert troubles == []


def _complaint(told):
    """What the console says of scripts and of the content security policy; a refusal or no answer is no fault."""
    if told.type == "error" and not told.text.startswith(NO_FAULT):
        yield f"console: {told.text}"


def _foreign(url, here):
    parts = urlsplit(url)
    if parts.scheme not in ("data", "blob") and parts.netloc != here:
        yield f"asked another host: {url}"


def _missing(answer):
    kind = answer.request.resource_type
    if answer.status >= 500 or (answer.status >= 400 and kind in LOADED[1:]):
        yield f"{answer.status} for {answer.url}"


@pytest.fixture
def hands(visit):
    """The same with hands: `hands(width=360, language="en", keyboard=True)` has `.press`, `.fill`, `.choose`."""

    def open_window(user=None, *, language="id", keyboard=False, script=True, **options):
        return (Keyboard if keyboard else Mouse)(visit(user, script=script, **options), language, script)

    return open_window


@pytest.fixture
def says():
    """What a text of the code reads in a language: `says("Saved", "en")`."""

    def in_language(text, language="id"):
        with translation.override(language):
            return translation.gettext(text)

    return in_language


@pytest.fixture(scope="session")
def reference_rows(django_db_setup, django_db_blocker):
    """The rows that `load_reference` writes, loaded once and taken out again."""
    with django_db_blocker.unblock(), transaction.atomic():
        reference.load_all(Path(portal_settings.REFERENCE_DATA), portal_settings.PROVINCE.folder)
        kept = rows.dump()
        transaction.set_rollback(True)
    return kept


@pytest.fixture
def banua(reference_rows, transactional_db):
    """The real regions, classes of KBLI and commodities."""
    rows.restore(reference_rows)


@pytest.fixture(scope="session")
def photo_file(tmp_path_factory):
    """A photograph as a telephone takes it: JPEG, 1600 by 1200."""
    path = tmp_path_factory.mktemp("photos") / "sasirangan.jpg"
    cloth = Image.radial_gradient("L").resize((1600, 1200))
    Image.merge("RGB", (cloth, cloth.rotate(180), cloth.transpose(Image.Transpose.FLIP_LEFT_RIGHT))).save(path, "JPEG")
    return path


@pytest.fixture
def draft(officer):
    """A draft of the officer that could be submitted."""
    values = establishment_values(name="Rumah Anyaman", products=[{"name": "Tikar purun"}])
    return actions.draft(directory.get("establishments"), values, by=officer)


@pytest.fixture
def submitted(draft, officer):
    return actions.submit(draft, by=officer)
