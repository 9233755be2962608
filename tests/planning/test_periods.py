"""Which days a period of a plan has."""

import datetime

from disperin.planning.rules import indicators as rules


def test_the_days_of_a_period_are_those_of_its_quarters():
    day = datetime.date
    assert rules.days_of(2026, "tw1") == (day(2026, 1, 1), day(2026, 3, 31))
    assert rules.days_of(2026, "tw3") == (day(2026, 7, 1), day(2026, 9, 30))
    assert rules.days_of(2026, "tahun") == (day(2026, 1, 1), day(2026, 12, 31))
