"""Of how many obliged makers the reports of a close are: those of others are no reports of theirs."""

import pytest
from django.test import Client
from django.utils import timezone

from disperin.closes.actions import close_quarter
from disperin.closes.models import Close
from disperin.registers.dated.quarters import Quarter
from disperin.registers.record import directory
from disperin.reports.models import ReportingDuty
from disperin.reports.rules import period_of
from disperin.submissions import actions
from tests.factories import a_class_beyond_industry, a_report, an_administrator, an_establishment

pytestmark = pytest.mark.django_db
SIZE = {"workers_male": 3, "workers_female": 4, "investment": 85_000_000, "as_of": "2026-01-01"}


def closed(reporting, silent, became, by):
    """A close of the last quarter over: makers that reported, that did not, and that reported and became services."""
    quarter = Quarter.last_over(timezone.localdate())
    makers = [an_establishment(name=f"Pembuat {at:02}", **SIZE) for at in range(reporting + silent + became)]
    ReportingDuty.objects.create(key="uji", scale=makers[0].industry_scale, source="Uji")
    for maker in makers[silent:]:
        a_report(establishment=maker, year=quarter.year, quarter=period_of(quarter))
    register, service = directory.get("establishments"), {"kbli": a_class_beyond_industry().pk}
    for maker in makers[silent + reporting :]:
        actions.publish(register, service, by=an_administrator(), record=maker)
    return close_quarter(quarter, by=by)


def told_of(close, client, asked=""):
    reported = client.get(f"/penutupan/{close.period.key}/{asked}").context["reported"]
    return tuple(reported[name] for name in ("number", "obliged", "of_obliged"))


def test_a_report_of_what_became_a_service_is_none_of_an_obliged_maker(verifier, head, signed_in):
    close = closed(reporting=2, silent=1, became=1, by=verifier)

    assert told_of(close, signed_in(head), "?lihat=dalam") == (3, 3, 2)
    assert told_of(close, Client()) == (3, None, None)  # two and one tell of single makers


def test_where_nothing_follows_of_one_or_two_visitors_read_it_too(verifier):
    close = closed(reporting=3, silent=3, became=3, by=verifier)

    assert told_of(close, Client()) == (6, 6, 3)
    page = Client().get(f"/en/penutupan/{close.period.key}/").text
    assert "6 makers were obliged to report, and 3 of them had." in " ".join(page.split())


def test_a_close_that_did_not_keep_it_says_so(verifier, head, signed_in, monkeypatch):
    close = closed(reporting=2, silent=1, became=1, by=verifier)
    told = Close.objects.get().told
    del told["reports"]["of_obliged"]
    monkeypatch.setattr(Close, "told", told)

    assert told_of(close, signed_in(head), "?lihat=dalam") == (3, 3, None)
    page = signed_in(head).get(f"/en/penutupan/{close.period.key}/?lihat=dalam").text
    assert "How many of these reports are theirs was not kept." in " ".join(page.split())
