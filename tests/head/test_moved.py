"""What moved in the registers since the last Monday: each number with its list, no cause guessed."""

import datetime

import pytest
from django.utils import timezone

from disperin.head import moved
from disperin.head.moved import last_monday, movement
from disperin.submissions import actions
from disperin.submissions.models import Submission
from tests.factories import a_cluster, a_zone, an_establishment
from tests.overview.test_summary import submitted, total_on

A_WEEK = datetime.timedelta(days=7)


def test_a_monday_looks_back_to_the_one_before_and_every_other_day_to_its_own():
    days = {day: last_monday(datetime.date(2026, 11, day)).date().day for day in (23, 24, 29, 30)}

    assert days == {23: 16, 24: 23, 29: 23, 30: 23}
    assert timezone.localtime(last_monday(datetime.date(2026, 11, 30))).hour == 0


@pytest.fixture
def last_week(officer, verifier, administrator):
    """Two makers were verified and one was closed, one of them long before; a cluster and a zone are new."""
    old = an_establishment(name="Lama")
    Submission.objects.update(decided_at=timezone.now() - 3 * A_WEEK)
    for name in ("Baru", "Baru sekali"):
        actions.verify(submitted(officer, name=name), by=verifier, round=1)
    a_cluster()
    a_zone()
    return old


def test_what_entered_is_told_with_its_records_and_each_number_opens_just_these(last_week, head, today, signed_in):
    client = signed_in(head)
    page = client.get("/pimpinan/")
    found = page.context["report"].movement.moved

    makers = found[0]
    assert (makers.label, makers.now, makers.change) == ("Unit usaha", 3, 2)
    assert [name for name, _url in makers.records] == ["Baru sekali", "Baru"]
    assert {one.label for one in found[1:]} == {"Sentra", "Kawasan industri"}
    told = {(one.now, one.url) for one in found} | {(part.number, part.url) for one in found for part in one.parts}
    assert {(number, url) for number, url in told if total_on(client.get(url)) != number} == set()
    assert [url for one in found for _name, url in one.records if client.get(url).status_code != 200] == []
    assert "+2</strong> Unit usaha" in page.text
    assert "diterbitkan langsung" in page.text  # the cluster and the zone were verified by nobody


def test_what_left_and_what_came_back_are_told_apart(last_week, officer, verifier, head, today):
    register = moved.directory.get("establishments")
    closing = {"closed_on": today.isoformat(), "closed_reason": "ended"}
    draft = actions.draft(register, closing, by=officer, record=last_week, kind=moved.Kind.CLOSE)
    actions.verify(actions.submit(draft, by=officer, acknowledged=True), by=verifier, round=1)

    makers = movement(head, today).moved[0]

    assert [(part.sign, part.number) for part in makers.parts] == [(1, 2), (-1, 1)]
    assert (makers.change, makers.now) == (1, 2)


def test_three_are_told_and_older_decisions_move_nothing(last_week, head, today):
    assert len(movement(head, today).moved) == 3
    Submission.objects.update(decided_at=timezone.now() - 3 * A_WEEK)

    assert movement(head, today).moved == []


def test_a_week_with_too_many_decisions_begins_later_and_says_so(last_week, head, today, monkeypatch, signed_in):
    monkeypatch.setattr(moved, "LOOKED_AT", 2)
    client = signed_in(head)

    page = client.get("/pimpinan/")

    found = page.context["report"].movement
    assert (found.is_cut, sum(part.number for one in found.moved for part in one.parts)) == (True, 2)
    told = [(part.number, part.url) for one in found.moved for part in one.parts]
    assert [(number, url) for number, url in told if total_on(client.get(url)) != number] == []
    assert "waktunya dimulai lebih lambat" in page.text
