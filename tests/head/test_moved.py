"""What moved in the registers since the last Monday: each number with its list, no cause guessed."""

import datetime

import pytest
from django.utils import timezone

from disperin.head import moved
from disperin.head.actions import mark_subjects
from disperin.head.late import standing
from disperin.head.models import SubjectMark
from disperin.head.moved import last_monday, movement
from disperin.submissions import actions
from disperin.submissions.models import Submission
from disperin.ui import formats
from tests.factories import a_cluster, a_halal_certificate, a_zone, an_administrator, an_establishment
from tests.overview.test_summary import submitted, total_on
from tests.registers.days import put_back, put_on

A_WEEK = datetime.timedelta(days=7)


def moves(reader, today):
    return movement(reader, today, standing(reader, today))


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
    assert [one.name for one in makers.records] == ["Baru sekali", "Baru"]
    assert {one.label for one in found[1:]} == {"Sentra", "Kawasan industri"}
    told = {(one.now, one.url) for one in found} | {(part.number, part.url) for one in found for part in one.parts}
    assert {(number, url) for number, url in told if total_on(client.get(url)) != number} == set()
    assert [who.url for one in found for who in one.records if client.get(who.url).status_code != 200] == []
    assert "+2</strong> Unit usaha" in page.text
    assert "diterbitkan langsung" in page.text  # the cluster and the zone were verified by nobody


def test_a_register_whose_lists_hold_but_some_of_its_records_is_told_without_their_number(head, signed_in):
    a_halal_certificate()

    page = signed_in(head).get("/pimpinan/")

    (halal,) = [one for one in page.context["report"].movement.moved if "halal" in one.label]
    assert (halal.change, halal.now) == (1, None)
    assert "Jumlahnya" not in page.text


def test_what_left_and_what_came_back_are_told_apart(last_week, officer, verifier, head, today):
    register = moved.directory.get("establishments")
    closing = {"closed_on": today.isoformat(), "closed_reason": "ended"}
    draft = actions.draft(register, closing, by=officer, record=last_week, kind=moved.Kind.CLOSE)
    actions.verify(actions.submit(draft, by=officer, acknowledged=True), by=verifier, round=1)

    makers = moves(head, today).moved[0]

    assert [(part.sign, part.number) for part in makers.parts] == [(1, 2), (-1, 1)]
    assert (makers.change, makers.now) == (1, 2)


def test_three_are_told_and_older_decisions_move_nothing(last_week, head, today):
    assert len(moves(head, today).moved) == 3
    Submission.objects.update(decided_at=timezone.now() - 3 * A_WEEK)

    assert moves(head, today).moved == []


def test_a_week_with_too_many_decisions_begins_later_and_says_so(last_week, head, today, monkeypatch, signed_in):
    monkeypatch.setattr(moved, "LOOKED_AT", 2)
    client = signed_in(head)

    page = client.get("/pimpinan/")

    found = page.context["report"].movement
    assert (found.is_cut, sum(part.number for one in found.moved for part in one.parts)) == (True, 2)
    told = [(part.number, part.url) for one in found.moved for part in one.parts]
    assert [(number, url) for number, url in told if total_on(client.get(url)) != number] == []
    assert "waktunya dimulai lebih lambat" in page.text


def test_sums_of_what_makers_state_move_with_the_makers_that_moved_them(head, today, signed_in):
    put_on(timezone.now())
    workers = {"Naik": 5, "Tetap": 4, "Tutup": 2}
    made = {
        name: an_establishment(name=name, workers_female=number, as_of="2026-01-31") for name, number in workers.items()
    }
    put_back(30)
    register, by = moved.directory.get("establishments"), an_administrator()
    closing = {"closed_on": today.isoformat(), "closed_reason": "ended"}
    actions.publish(register, {"workers_female": 12, "as_of": "2026-02-28"}, by=by, record=made["Naik"])
    actions.publish(register, {"story_id": "Kisah"}, by=by, record=made["Tetap"])
    actions.publish(register, closing, by=by, record=made["Tutup"], kind="close")
    an_establishment(name="Baru", workers_female=3, as_of="2026-01-31")

    (found,) = [one for one in moves(head, today).moved if one.records and one.records[0].moved is not None]
    page = signed_in(head).get("/pimpinan/")

    assert (found.label, found.change, found.behind) == ("Tenaga kerja perempuan", 8, 3)
    assert [(one.name, one.moved) for one in found.records] == [("Naik", 7), ("Baru", 3), ("Tutup", -2)]
    assert [one.url for one in found.records if signed_in(head).get(one.url).status_code != 200] == []
    assert "+8</strong> Tenaga kerja perempuan" in page.text
    assert "perempuan" not in page.context["text"]  # it goes from hand to hand, and what a maker states is confidential
    assert "Naik" not in page.context["text"]
    assert "Jumlah dari isian pelaku usaha tidak ada di dalamnya" in page.text


def test_where_too_many_makers_changed_it_is_said_that_sums_are_not_told(head, today, monkeypatch, signed_in):
    for name in ("Satu", "Dua"):
        an_establishment(name=name, workers_female=3, as_of="2026-01-31")
    client = signed_in(head)
    assert "pelaku usaha berubah" not in client.get("/pimpinan/").text
    monkeypatch.setattr(moved, "LOOKED_AT", 1)

    page = client.get("/pimpinan/")

    found = page.context["report"].movement
    assert found.without_sums
    assert [one for one in (*found.moved, *found.further) if one.is_sum] == []
    assert "pelaku usaha berubah" in page.text


def test_what_waits_is_compared_with_how_it_was_counted_on_monday(officer, head, today, signed_in):
    submitted(officer, name="Pertama")
    monday = last_monday(today).date()
    assert mark_subjects(monday) == mark_subjects(monday - A_WEEK / 7) > 0
    assert mark_subjects(monday) == 0
    for at in range(2):
        submitted(officer, name=f"Sesudahnya {at}")

    client = signed_in(head)
    page = client.get("/pimpinan/")
    found = page.context["report"].movement

    (queue,) = found.moved
    assert (queue.label, queue.change, queue.now, found.marked_on) == ("Menunggu diperiksa", 2, 3, monday)
    assert [(one.label, one.number, one.moved) for one in queue.parts] == [("Kabupaten 63.07", 3, 2)]
    told = [(queue.now, queue.url), *((one.number, one.url) for one in queue.parts)]
    assert [(number, url) for number, url in told if total_on(client.get(url)) != number] == []
    assert "+2</strong> Menunggu diperiksa" in page.text
    assert "Menunggu diperiksa: +2 (Kabupaten 63.07 +2)" in page.context["text"]


def test_the_text_says_since_when_where_nothing_was_counted_on_the_monday(officer, head, today, signed_in):
    counted = last_monday(today).date() - datetime.timedelta(days=2)
    mark_subjects(counted)
    submitted(officer, name="Pertama")

    told = signed_in(head).get("/pimpinan/").context["text"]

    assert f"Menunggu diperiksa: +1 sejak {formats.day(counted)} (Kabupaten 63.07 +1)" in told


def test_a_place_in_which_nothing_waits_any_more_is_told_too(officer, verifier, head, today, signed_in):
    waiting = submitted(officer, name="Pertama")
    mark_subjects(last_monday(today).date())
    actions.verify(waiting, by=verifier, round=1)

    page = signed_in(head).get("/pimpinan/")

    (queue,) = [one for one in page.context["report"].movement.moved if one.label == "Menunggu diperiksa"]
    assert (queue.change, queue.now, queue.url) == (-1, 0, "")
    assert [(one.label, one.number, one.url, one.moved) for one in queue.parts] == [("Kabupaten 63.07", 0, "", -1)]
    assert "Menunggu diperiksa: −1 (Kabupaten 63.07 −1)" in page.context["text"]


def test_nothing_is_said_to_have_moved_that_was_not_counted_before(officer, head, today, signed_in):
    submitted(officer, name="Pertama")
    assert (moves(head, today).moved, moves(head, today).marked_on) == ([], None)
    page = signed_in(head).get("/pimpinan/").text
    assert "tidak dihitung pada pekan sebelumnya" in page
    assert "Tidak ada yang berubah di antara yang dibandingkan." in page

    mark_subjects(last_monday(today).date() - A_WEEK)

    assert moves(head, today).moved == []


def test_what_was_counted_is_kept_for_some_weeks(db, today):
    mark_subjects(today - 10 * A_WEEK)
    mark_subjects(today)

    assert set(SubjectMark.objects.values_list("day", flat=True)) == {today}
