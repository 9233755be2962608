"""Files of indicators that hold more than fits."""

import pytest

from disperin.accounts.models import Role
from disperin.planning.views import economy, indicators
from tests.factories import UserFactory, an_indicator
from tests.planning.plans import page, realised

pytestmark = pytest.mark.django_db


def test_a_list_that_does_not_fit_into_one_file_is_refused_and_not_cut(monkeypatch):
    monkeypatch.setattr(indicators, "MOST_ROWS", 1)
    an_indicator(name="Satu")
    head = UserFactory(role=Role.HEAD)
    assert "Satu" in page(head, "/perencanaan/capaian.csv?tahun=2026")

    an_indicator(name="Dua")

    page(head, "/perencanaan/capaian.csv?tahun=2026", 409)


def test_the_file_of_the_economy_says_that_it_is_cut(monkeypatch):
    monkeypatch.setattr(economy, "MOST_SHOWN", 1)
    structure = {"kind": "struktur_ekonomi", "level": "gambaran", "measure": "%", "frequency": "tahunan"}
    structure["realisations"] = [realised("tahun", "12.5", 2023, told_on="2024-02-05")]
    an_indicator(name="Porsi ekspor mentah", **structure)
    head = UserFactory(role=Role.HEAD)

    def lines():
        return page(head, "/perencanaan/ekonomi/?berkas=csv").splitlines()

    assert len(lines()) == 2
    an_indicator(name="Porsi ekspor olahan", **structure)
    assert len(lines()) == 3
    assert "mentah" in lines()[1]
    assert "olahan" not in str(lines())
    assert lines()[2].startswith(("Only the first 1 ", "Hanya 1 "))
