"""Makers of a quarter, and how they stand."""

import datetime

import pytest

from disperin.reports import actions
from disperin.reports.models import ReportingDeadline, ReportingDuty
from disperin.reports.rules import State
from tests.factories import UserFactory, a_report, an_establishment

LARGE = {"workers_male": 60, "workers_female": 40, "investment": 20_000_000_000}
DAY = datetime.date


@pytest.fixture(scope="module")
def world(once):
    """Five obliged makers of one regency, one of another, one small one; each of the first stands otherwise."""

    def make():
        officer, there = UserFactory(), an_establishment(name="Jauh", regency="63.06", **LARGE)
        makers = {
            name: an_establishment(name=name.title(), **LARGE) for name in ("intime", "late", "back", "none", "new")
        }
        small = an_establishment(name="Kecil", workers_male=2, workers_female=2, investment=10_000_000)
        ReportingDuty.objects.create(key="besar", scale="besar", source="Uji kewajiban")
        ReportingDeadline.objects.create(
            year=2026, quarter="TW1", opens_on=DAY(2026, 1, 1), due_on=DAY(2026, 4, 15), source="Uji"
        )
        reports = {
            name: a_report(establishment=makers[name], group="menengah_besar")
            for name in ("intime", "late", "back", "none")
        }
        actions.note_step(reports["intime"], State.SENT, DAY(2026, 4, 15), by=officer)
        actions.note_step(reports["late"], State.SENT, DAY(2026, 4, 16), by=officer)
        actions.note_step(reports["back"], State.SENT, DAY(2026, 4, 10), by=officer)
        actions.note_step(reports["back"], State.RETURNED, DAY(2026, 4, 12), by=officer, reason="Kapasitas kosong")
        return {"officer": officer, "makers": makers, "reports": reports, "there": there, "small": small}

    return once(make)
