"""What the tests of the stars share: keys of their own, and nominations at each stage."""

import base64

import pytest

from ovop import actions
from ovop.models import Criterion
from tests.factories import a_nomination, nomination_values

KEYS = {at: base64.b64encode(bytes([at]) * 32).decode() for at in (1, 2)}


@pytest.fixture(autouse=True)
def _own_keys(settings):
    settings.OVOP_SIGNING_KEYS = f"satu={KEYS[1]}"
    settings.OVOP_RETIRED_KEYS = ""
    settings.PUBLIC_ORIGIN = "https://portal.example"


@pytest.fixture
def criteria():
    """Two criteria of all groups, one of another group."""
    names = {"name_id": "Kriteria (contoh)", "name_en": "Criterion (sample)"}
    return [
        Criterion.objects.create(key="mutu", weight=60, points=10, **names),
        Criterion.objects.create(key="pasar", weight=40, points=5, **names),
        Criterion.objects.create(key="benang", weight=40, points=5, **names, **_of_group("tenun")),
    ][:2]


def _of_group(key):
    nomination_values()
    return {"group_id": key}


@pytest.fixture
def selected(criteria, verifier):
    """A nomination in selection."""
    return actions.select(a_nomination(), by=verifier)


@pytest.fixture
def determined(selected, verifier, second_verifier):
    """A nomination that has come to determination."""
    actions.assess(selected, points={"mutu": 10, "pasar": 5}, by=verifier)
    actions.assess(selected, points={"mutu": 10, "pasar": 5}, by=second_verifier)
    return actions.determine(selected, by=verifier)
