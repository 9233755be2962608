"""A report as a visitor sends it, and the clock of a working day."""

import pytest

from disperin.inquiries import actions
from disperin.inquiries.models import Kind
from tests.factories import an_establishment

SECRETS = {"sender_name": "Rahmah Rahasia", "email": "rahmah@rahasia.example", "phone": "0812 7777 1234"}
MESSAGE = "Nomor telepon sanggar ini sudah milik orang lain."


@pytest.fixture
def monday(time_machine):
    """Monday, 2 November 2026, nine in the morning in Banjarmasin."""
    time_machine.move_to("2026-11-02T09:00:00+08:00", tick=False)
    return time_machine


@pytest.fixture
def record(db):
    """An establishment of Hulu Sungai Tengah."""
    return an_establishment(name="Sanggar Ulin")


@pytest.fixture
def report(record):
    """Make a report about the record: `report(message="…")`."""

    def send(**values):
        plain = {"kind": Kind.REPORT, "record": record, "message": MESSAGE, **SECRETS, "consented": True}
        return actions.receive(**{**plain, **values})

    return send


@pytest.fixture
def question(db):
    """Send a question about nothing in particular."""

    def send(**values):
        plain = {"kind": Kind.QUESTION, "message": "Apakah ada lahan siap bangun?", **SECRETS, "consented": True}
        return actions.receive(**{**plain, **values})

    return send


@pytest.fixture
def committing(django_capture_on_commit_callbacks):
    """A transaction that comes through: what is to happen then happens."""
    return django_capture_on_commit_callbacks
