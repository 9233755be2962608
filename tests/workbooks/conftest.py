"""What tests of files share: sending one and having it worked on at once."""

import pytest
from django.core.files import File

from disperin.regions.models import Regency
from disperin.registers.record import directory
from disperin.workbooks import actions
from disperin.workbooks.actions import exporting
from disperin.workbooks.models import Workbook
from tests.factories import an_establishment
from tests.workbooks.made_files import an_xlsx


@pytest.fixture
def done(django_capture_on_commit_callbacks):
    """Does something, and then what it has ordered from the job: `done(actions.send, register, …)`."""

    def do(verb, *args, **options):
        with django_capture_on_commit_callbacks(execute=True):
            workbook = verb(*args, **options)
        return Workbook.objects.get(pk=workbook.pk)

    return do


@pytest.fixture
def send(done, tmp_path):
    """Sends a file, or rows of which it is made, and gives the workbook as the job leaves it."""

    def send_it(by, source, *, register="establishments", regency="63.07", name="ikm.xlsx"):
        if not hasattr(source, "open"):
            source = an_xlsx(tmp_path / name, *(source if isinstance(source, tuple) else (("Data", source),)))
        with source.open("rb") as file:
            return done(
                actions.send, directory.get(register), Regency.objects.get(pk=regency), File(file, source.name), by=by
            )

    return send_it


@pytest.fixture(scope="module")
def published_makers(once):
    return once(
        lambda: [an_establishment(name=name, owner_name="Pemilik Rahasia") for name in ("Ayu", "Budi", "Citra")]
    )


@pytest.fixture
def long_list(published_makers, monkeypatch):
    """Three makers, which are more than are written while somebody waits."""
    monkeypatch.setattr(exporting, "MOST_AT_ONCE", 1)


@pytest.fixture
def stored(django_capture_on_commit_callbacks):
    """Does something and what follows from it once it is stored."""

    def do(verb, *args, **options):
        with django_capture_on_commit_callbacks(execute=True):
            return verb(*args, **options)

    return do
