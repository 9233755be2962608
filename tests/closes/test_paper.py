"""What the paper for the Governor says of a close: who leads, and what it cannot say where something is hidden."""

import pytest
import time_machine
from django.utils.translation import override

from disperin.closes.actions import close_quarter
from disperin.closes.paper import paper_of
from disperin.closes.tables import Stored
from disperin.registers.dated.quarters import Quarter
from tests.factories import RegencyFactory, UserFactory, an_establishment

STATED = {"workers_male": 3, "workers_female": 2}


@pytest.fixture
def paper(db):
    """Makes the paper in English, of a close of (regency, how many, what they stated)."""

    def made(*groups):
        RegencyFactory(code="63.71", name="Kota 63.71")
        for regency, many, stated in groups:
            for number in range(many):
                an_establishment(name=f"{regency} {number}", regency=regency, **stated)
        with time_machine.travel("2026-11-30T08:00:00+08:00"), override("en"):
            close = close_quarter(Quarter(2026, 3), by=UserFactory(role="verifier"), note="")
            return paper_of(Stored.of(close), None)

    return made


def test_regencies_that_share_the_lead_are_both_named(paper):
    made = paper(("63.07", 4, STATED), ("63.71", 4, STATED))

    assert made.findings[0] == "8 establishments were registered; most in Kabupaten 63.07, Kota 63.71: 4 each."
    assert made.charts[0].title == "Most: Kabupaten 63.07, Kota 63.71, 4 each"


def test_one_that_leads_is_named_alone_with_its_share(paper):
    made = paper(("63.07", 5, STATED), ("63.71", 3, STATED))

    assert made.findings[0] == "8 establishments were registered; most in Kabupaten 63.07: 5 (63%)."
    assert made.charts[0].title == "Most: Kabupaten 63.07, 5"


def test_a_chart_that_hides_a_regency_does_not_say_who_has_most_of_all(paper):
    few = {"workers_male": 900, "workers_female": 900}
    made = paper(
        ("63.07", 4, STATED), ("63.71", 5, STATED), ("63.08", 6, STATED), ("63.09", 7, STATED), ("63.06", 2, few)
    )

    workers = made.charts[3]
    assert workers.about == "Workers by regency and city"
    assert "900" not in str(workers)
    assert workers.title.startswith("Most of those that may be shown: ")  # 63.09 has more; it is hidden, too
