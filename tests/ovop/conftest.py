"""What the tests of the stars share: keys of their own, and tokens that were never issued."""

import base64

import pytest

KEYS = {at: base64.b64encode(bytes([at]) * 32).decode() for at in (1, 2)}


@pytest.fixture(autouse=True)
def _own_keys(settings):
    settings.OVOP_SIGNING_KEYS = f"satu={KEYS[1]}"
    settings.OVOP_RETIRED_KEYS = ""
    settings.PUBLIC_ORIGIN = "https://portal.example"
