"""Sums of reports beside those of the register at the last close: none whose difference is of one or two makers."""

import pytest
import time_machine

from disperin.closes.actions import close_quarter
from disperin.registers.dated.quarters import Quarter
from disperin.registers.record import directory
from disperin.submissions import actions
from tests.closes.test_publicity import AUTUMN, WINTER, published
from tests.factories import RegencyFactory, UserFactory, a_report, an_administrator, an_establishment

MAKERS, CHANGED = 8, 4


@pytest.mark.parametrize(("others", "is_told"), [(2, False), (3, True)])
def test_reports_are_told_where_three_makers_differ_from_the_register_of_the_last_close(db, others, is_told):
    """The rest reported what the register held then, though it holds something else of some of them by now."""
    RegencyFactory(code="63.07")
    makers = [an_establishment(name=f"Pembuat {at}", regency="63.07", workers_male=20 + at) for at in range(MAKERS)]
    verifier = UserFactory(role="verifier")
    with time_machine.travel(AUTUMN):
        close_quarter(Quarter(2026, 3), by=verifier)
    for at in range(CHANGED):
        given = {"workers_male": 50 + at}
        actions.publish(directory.get("establishments"), given, by=an_administrator(), record=makers[at])
    reported = [90 + at if at < others else 20 + at for at in range(MAKERS)]
    with time_machine.travel(WINTER):
        for maker, men in zip(makers, reported, strict=True):
            a_report(establishment=maker, regency="63.07", quarter="TW4", group="menengah_besar", permanent_men=men)
        close_quarter(Quarter(2026, 4), by=verifier)

    then, now = published("2026-3"), published("2026-4")

    assert then["all", "", "workers_male"] == sum(20 + at for at in range(MAKERS))
    assert now["all", "", "workers_male"] == sum(50 + at if at < CHANGED else 20 + at for at in range(MAKERS))
    assert now["reports", "", "reported_men"] == (sum(reported) if is_told else None)
