"""The traffic light of issues, on the days on which it changes, and how groups of them stand."""

from datetime import date
from types import SimpleNamespace

import pytest

from zones.rules.issues import Light, age, band_of, by_group, is_open, light_on, overdue_days

CLASSES = ("tanah_tata_ruang", "kehutanan_lingkungan", "perizinan_penyiapan", "konstruksi", "pendanaan")


def day(text):
    return date.fromisoformat(f"2026-{text}")


def issue(*, of="konstruksi", opened="01-01", due="03-31", resolved=None, light="hijau"):
    return SimpleNamespace(
        kind=of,
        light=light,
        opened_on=day(opened),
        due_on=due and day(due),
        settled_on=resolved and day(resolved),
    )


@pytest.mark.parametrize(
    ("on", "light", "late"),
    [
        ("03-16", Light.GREEN, 0),  # 15 days before
        ("03-17", Light.YELLOW, 0),  # 14 days before
        ("03-31", Light.YELLOW, 0),
        ("04-01", Light.RED, 1),
        ("04-30", Light.RED, 30),
    ],
)
def test_an_issue_turns_yellow_two_weeks_before_its_day_and_red_after_it(on, light, late):
    assert light_on(issue(), day(on)) == light
    assert overdue_days(issue(), day(on)) == late


@pytest.mark.parametrize(("soon", "light"), [(0, Light.GREEN), (1, Light.YELLOW)])
def test_how_many_days_before_is_the_offices_to_say(soon, light):
    assert light_on(issue(), day("03-30"), soon=soon) == light


def test_an_issue_without_a_due_day_is_yellow_and_never_overdue():
    assert light_on(issue(due=None), day("12-31")) == Light.YELLOW
    assert overdue_days(issue(due=None), day("12-31")) == 0


@pytest.mark.parametrize(
    ("on", "open_then", "light", "days"),
    [("04-09", True, Light.RED, 98), ("04-10", False, Light.GREEN, 99), ("12-31", False, Light.GREEN, 99)],
)
def test_a_resolved_issue_is_green_from_its_day_on_and_ages_no_more(on, open_then, light, days):
    resolved = issue(resolved="04-10")

    assert is_open(resolved, day(on)) is open_then
    assert light_on(resolved, day(on)) == light
    assert age(resolved, day(on)) == days


@pytest.mark.parametrize(("on", "days"), [("01-01", 0), ("01-02", 1), ("03-01", 59)])
def test_an_issue_is_as_old_as_the_days_since_it_was_opened(on, days):
    assert age(issue(), day(on)) == days


def test_before_it_was_opened_nobody_knew_of_it():
    assert not is_open(issue(opened="02-01"), day("01-31"))
    assert age(issue(opened="02-01"), day("01-31")) == 0


def test_every_class_is_told_in_its_order_also_without_an_issue():
    issues = [
        issue(light="merah"),
        issue(due="06-30", opened="03-01"),
        issue(of="pendanaan", due="04-10", opened="03-20", light="kuning"),
        issue(of="pendanaan", resolved="03-30", light="merah"),
        issue(of="pendanaan", opened="05-01", light="merah"),
    ]

    found = by_group(issues, day("04-01"), lambda one: one.kind, CLASSES)

    assert tuple(found) == CLASSES
    built, paid, land = found["konstruksi"], found["pendanaan"], found["tanah_tata_ruang"]
    assert (built.open, built.overdue, built.oldest) == (2, 1, 90)
    assert built.lights == {Light.GREEN: 1, Light.YELLOW: 0, Light.RED: 1}
    assert (paid.open, paid.overdue, paid.oldest, paid.lights[Light.YELLOW]) == (1, 0, 12, 1)
    assert (land.open, land.overdue, land.oldest) == (0, 0, 0)


@pytest.mark.parametrize(
    ("on", "band"),
    [("01-01", (0, 30)), ("01-31", (0, 30)), ("02-01", (31, 90)), ("04-01", (31, 90)), ("04-02", (91, None))],
)
def test_every_age_falls_into_one_band(on, band):
    assert band_of(issue(), day(on)) == band
