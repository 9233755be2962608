"""The clock over weekends, holidays and the end of a year; the tracking number; the rules against advertisements."""

import datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from disperin.inquiries import rules

NONE = frozenset()
DAYS = st.dates(datetime.date(2024, 1, 1), datetime.date(2030, 12, 31))


def on(text):
    return datetime.date.fromisoformat(text)


@pytest.mark.parametrize(
    ("received", "reply", "answer"),
    [
        ("2026-11-02", "2026-11-05", "2026-11-09"),  # Monday: Thursday, and Monday over the weekend
        ("2026-11-04", "2026-11-09", "2026-11-11"),  # Wednesday
        ("2026-11-06", "2026-11-11", "2026-11-13"),  # Friday: the count begins on Monday
        ("2026-11-07", "2026-11-11", "2026-11-13"),  # Saturday
        ("2026-11-08", "2026-11-11", "2026-11-13"),  # Sunday
    ],
)
def test_the_day_of_receipt_and_weekends_do_not_count(received, reply, answer):
    assert rules.due_day(on(received), rules.REPLY_WITHIN, NONE) == on(reply)
    assert rules.due_day(on(received), rules.ANSWER_WITHIN, NONE) == on(answer)


@pytest.mark.parametrize(
    ("received", "holidays", "due"),
    [
        ("2026-11-02", ["2026-11-03"], "2026-11-06"),  # one day later
        ("2026-11-02", ["2026-11-02"], "2026-11-05"),  # the day of receipt counts in no case
        ("2026-11-02", ["2026-11-05"], "2026-11-06"),  # the due day itself
        ("2026-11-02", ["2026-11-06"], "2026-11-05"),  # after the due day
        ("2026-11-06", ["2026-11-07", "2026-11-08"], "2026-11-11"),  # on a weekend it takes nothing away
        ("2026-11-06", ["2026-11-09", "2026-11-10"], "2026-11-13"),  # a long weekend
        ("2026-12-30", [], "2027-01-04"),  # over the end of a year
        ("2026-12-31", ["2027-01-01"], "2027-01-06"),
    ],
)
def test_three_working_days_pass_over_holidays(received, holidays, due):
    assert rules.due_day(on(received), 3, {on(one) for one in holidays}) == on(due)


def test_whole_weeks_of_holidays_are_passed_over():
    holidays = {on("2026-11-03") + datetime.timedelta(days=day) for day in range(14)}

    assert rules.due_day(on("2026-11-02"), 1, holidays) == on("2026-11-17")


@given(received=DAYS, days=st.integers(1, 10), holidays=st.frozensets(DAYS, max_size=40))
def test_a_due_day_is_a_working_day_with_as_many_before_it_as_were_promised(received, days, holidays):
    due = rules.due_day(received, days, holidays)

    between = [received + datetime.timedelta(days=one) for one in range(1, (due - received).days + 1)]
    assert rules.is_working_day(due, holidays)
    assert sum(rules.is_working_day(day, holidays) for day in between) == days


def test_a_tracking_number_names_the_place_and_fifty_random_bits():
    letters = iter("K7QM2XW4HB")

    number = rules.tracking_number("6307", draw=lambda _letters: next(letters))

    assert number == "TNY-6307-K7QM2XW4HB"
    assert len({rules.tracking_number("6300") for _ in range(50)}) == 50
    assert all(rules.read_tracking_number(rules.tracking_number("6300")) for _ in range(50))


@pytest.mark.parametrize(
    ("typed", "read"),
    [
        ("TNY-6307-K7QM2XW4HB", "TNY-6307-K7QM2XW4HB"),
        (" tny-6307-k7qm2xw4hb\n", "TNY-6307-K7QM2XW4HB"),
        ("TNY-6307-K7QM2 XW4HB", "TNY-6307-K7QM2XW4HB"),
        ("TNY-6307-K7QM2XW4H", ""),
        ("TNY-6307-K7QM2XW4HBB", ""),
        ("TNY-6307-K7QM2XW4H1", ""),
        ("AJU-6307-K7QM2XW4HB", ""),
        ("TNY-63٠7-K7QM2XW4HB", ""),
        ("", ""),
        ("\x00", ""),
    ],
)
def test_a_number_is_read_as_people_type_it(typed, read):
    assert rules.read_tracking_number(typed) == read


@pytest.mark.parametrize(
    ("message", "refused"),
    [
        ("Lihat https://a.example dan www.b.example", False),
        ("https://a.example http://b.example WWW.c.example", True),
        ('<a href="x">1</a> <A href>2</a> [url=x]', True),
        ("", False),
    ],
)
def test_more_than_two_links_are_an_advertisement(message, refused):
    assert rules.has_too_many_links(message) is refused


def test_the_gist_passes_over_case_blanks_and_punctuation():
    assert rules.gist(" Nomor  TELEPON,\nsalah! ") == rules.gist("nomor telepon salah") != rules.gist("nomor salah")


@given(DAYS, st.integers(1, 20), st.frozensets(DAYS, max_size=8))
def test_the_last_day_overdue_is_the_last_whose_due_day_is_past(today, days, holidays):
    last = rules.last_day_overdue(today, days, holidays)

    assert (
        rules.due_day(last, days, holidays) < today <= rules.due_day(last + datetime.timedelta(days=1), days, holidays)
    )
