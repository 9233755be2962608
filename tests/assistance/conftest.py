"""The world of these tests: makers, a cluster, and what they were given."""

import pytest

from tests.assistance.given import GIVEN, to
from tests.factories import a_cluster, an_establishment, some_assistance


@pytest.fixture
def reader(signed_in):
    """Gives what somebody reads at an address."""

    def read(user, path, status=200):
        answer = signed_in(user).get(path)
        assert answer.status_code == status, path
        return answer.content.decode()

    return read


@pytest.fixture(scope="module")
def world(once):
    """Two makers of one regency that were helped or not, one of another, and a cluster."""

    def make():
        helped, never = (
            an_establishment(name="Dapur Ulin"),
            an_establishment(name="Anyaman Melati", branch="pangan", products=[{"name": "Tikar"}]),
        )
        there, cluster = an_establishment(name="Jauh", regency="63.06"), a_cluster(name="Sentra Sasirangan")
        code = "3.31.02.1.01.0003"
        some_assistance(
            name="Bantuan mesin", sub_activity_code=code, sub_activity="Pemberdayaan", planned_number=5,
            planned_value=9_000_000, spent=7_500_000, beneficiaries=to(helped, cluster, men=2, women=3),
            goods=[{"item": "Mesin jahit", "unit": "unit", "quantity": 3, "value": 6_000_000}], **GIVEN,
        )  # fmt: skip
        some_assistance(name="Pelatihan nanti", kind="pelatihan", sub_activity_code=code, beneficiaries=to(never))
        some_assistance(name="Tanpa kode", regency="63.06", beneficiaries=to(there), **GIVEN)
        return {"helped": helped, "never": never, "there": there, "cluster": cluster, "code": code}

    return once(make)
