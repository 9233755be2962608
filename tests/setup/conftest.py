"""The real reference data, loaded as an installation loads it."""

import pytest
from django.core.management import call_command


@pytest.fixture
def reference(db):
    """Regions, KBLI and commodities."""
    call_command("load_reference", verbosity=0)
