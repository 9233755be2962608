"""The real reference data, loaded as an installation loads it."""

from io import StringIO

import pytest
from django.core.management import call_command


@pytest.fixture(scope="module")
def reference(once):
    """Regions, KBLI and commodities, once for all tests of a module; gives what the command said."""

    def load():
        said = StringIO()
        call_command("load_reference", stdout=said)
        return said.getvalue()

    return once(load)
