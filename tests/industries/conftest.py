"""A day after the halal deadline of 2026, with the duties of the law."""

import datetime

import pytest
from django.utils import timezone

from tests import factories


@pytest.fixture
def on_the_day(monkeypatch, db):
    """22 November 2026."""
    monkeypatch.setattr(timezone, "localdate", lambda *args: datetime.date(2026, 11, 22))
    factories.halal_duties()
