"""The S-curve of a project against an example computed by hand, the red line at −10 points, the forecast, what is late.

The example: three milestones of one project in 2026, weights 20 + 30 + 50 = 100.

    land     weight 20   1 Jan - 31 Jan    31 days
    road     weight 30   1 Feb - 11 Apr    28 + 31 + 11 = 70 days
    port     weight 50   1 Mar -  8 Jun    31 + 30 + 31 + 8 = 100 days

Planned, at the end of each month (days passed / days planned × weight, summed):

    Dec 2025    0
    Jan        20 × 31/31                                          =  20
    Feb        20 + 30 × 28/70 = 20 + 12                           =  32
    Mar        20 + 30 × 59/70 + 50 × 31/100 = 20 + 25.2857… + 15.5 =  60.7857… → 60.79
    Apr        20 + 30 + 50 × 61/100 = 50 + 30.5                   =  80.5
    May        50 + 50 × 92/100 = 50 + 46                          =  96
    Jun                                                            = 100

Reported:  land 80 % on 31 Jan, 100 % on 10 Feb; road 20 % on 28 Feb, 60 % on 31 Mar; port 10 % on 31 Mar.

    Jan        20 × 0.8                          =  16     deviation  16 − 20      =  −4
    Feb        20 + 30 × 0.2 = 20 + 6            =  26                26 − 32      =  −6
    Mar        20 + 30 × 0.6 + 50 × 0.1 = 20 + 18 + 5 = 43            43 − 60.7857 = −17.7857 → −17.79, red

Forecast on 28 Feb: 59 days are over (31 + 28), 26 % is done. The plan wanted 26 % after January (20 %, day 31) and the
days that road needs for 6 of its 30 points: 6/30 × 70 = 14, so on day 45. Pace 45/59. The plan lasts 159 days
(1 Jan - 8 Jun: 31 + 28 + 31 + 30 + 31 + 8). 159 × 59 / 45 = 208.47 → 209 days from 1 Jan: day 209 of the year.
31 + 28 + 31 + 30 + 31 + 30 = 181 days to the end of June, 28 more: 28 July.

Forecast on 31 Mar: 90 days are over, 43 % is done. At the end of February the plan wanted 32 % (day 59). From 1 March
both road and port go on, each day 30/70 + 50/100 = 3/7 + 1/2 = 13/14 points: 11 points take 11 × 14/13 = 11.846… days,
so on day 70.846…. 159 × 90 / 70.846… = 201.99 → 202 days from 1 Jan: 181 to the end of June, 21 more: 21 July.
"""

from datetime import date, timedelta
from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from zones.rules.progress import Milestone, Report, forecast_finish, late, planned_percent, s_curve, standing


def day(text):
    return date.fromisoformat(f"2026-{text}")


def milestone(title, weight, start, finish, *reports, by="Dinas contoh"):
    told = [Report(day(on), Decimal(percent)) for on, percent in reports]
    return Milestone(title, Decimal(weight), day(start), day(finish), by, told)


LAND = milestone("land", "20", "01-01", "01-31", ("02-10", "100"), ("01-31", "80"), by="PT Contoh")
ROAD = milestone("road", "30", "02-01", "04-11", ("02-28", "20"), ("03-31", "60"), by="Dinas PUPR contoh")
PORT = milestone("port", "50", "03-01", "06-08", ("03-31", "10"), by="KSOP contoh")
PROJECT = [LAND, ROAD, PORT]


def test_the_curve_is_the_one_computed_by_hand():
    found = [(str(one.on), str(one.planned), one.actual and str(one.actual)) for one in s_curve(PROJECT, day("03-31"))]

    assert found == [
        ("2025-12-31", "0.00", Decimal(0)),
        ("2026-01-31", "20.00", "16.00"),
        ("2026-02-28", "32.00", "26.00"),
        ("2026-03-31", "60.79", "43.00"),
        ("2026-04-30", "80.50", None),
        ("2026-05-31", "96.00", None),
        ("2026-06-30", "100.00", None),
    ]


@pytest.mark.parametrize(
    ("on", "planned", "actual", "deviation", "is_red", "forecast"),
    [
        ("01-31", "20.00", "16.00", "-4.00", False, "2026-07-18"),
        ("02-28", "32.00", "26.00", "-6.00", False, "2026-07-28"),
        ("03-31", "60.79", "43.00", "-17.79", True, "2026-07-21"),
    ],
)
def test_the_standing_is_the_one_computed_by_hand(on, planned, actual, deviation, is_red, forecast):
    # 31 Jan: 16 of 20 points are 0.8 of January, 24.8 of 31 days: 159 × 31 / 24.8 = 198.75 → 199 = 181 + 18: 18 July
    found = standing(PROJECT, day(on))

    assert [str(one) for one in (found.planned, found.actual, found.deviation)] == [planned, actual, deviation]
    assert (found.is_red, str(found.forecast_finish)) == (is_red, forecast)
    assert found.planned_finish == day("06-08")


@pytest.mark.parametrize(
    ("percent", "deviation", "is_red"), [("40", "-10.00", False), ("39.999", "-10.00", True), ("40.01", "-9.99", False)]
)
def test_ten_points_behind_is_not_red_and_the_least_bit_more_is(percent, deviation, is_red):
    # one milestone of ten days: the plan wants 50 % after five
    found = standing([milestone("all", "7", "01-01", "01-10", ("01-05", percent))], day("01-05"))

    assert (str(found.deviation), found.is_red) == (deviation, is_red)


def test_thirds_are_not_taken_for_red_by_rounding():
    thirds = [
        milestone(str(one), "1", "01-01", "01-03", ("01-01", percent)) for one, percent in enumerate(("10", "20", "40"))
    ]

    found = standing(thirds, day("01-01"))

    # the plan wants 33.33… %; done is (10 + 20 + 40) / 3 = 23.33… %: ten points behind, exactly
    assert (found.deviation, found.is_red) == (Decimal("-10.00"), False)


@pytest.mark.parametrize(
    ("on", "percent"),
    [
        ("01-31", 0),
        ("02-01", Fraction(100, 70)),
        ("02-28", 40),
        ("04-10", Fraction(6900, 70)),
        ("04-11", 100),
        ("12-31", 100),
    ],
)
def test_the_plan_of_a_milestone_begins_on_its_first_day_and_is_whole_on_its_last(on, percent):
    assert planned_percent(ROAD, day(on)) == percent


def test_a_milestone_of_one_day_is_wanted_whole_on_that_day():
    one = milestone("signing", "1", "01-05", "01-05")

    assert [planned_percent(one, day(on)) for on in ("01-04", "01-05")] == [0, 100]


def test_today_stands_in_the_curve_between_the_month_ends():
    curve = s_curve(PROJECT, day("02-14"))

    # land is done; of road the plan wants 14 of 70 days, 30 × 14/70 = 6; nothing of it is reported
    assert [(one.on, one.planned, one.actual) for one in curve if one.on.day == 14] == [
        (day("02-14"), Decimal(26), Decimal(20))
    ]
    assert [one.actual is None for one in curve] == [False, False, False, True, True, True, True, True]


def test_the_curve_goes_on_while_work_outlasts_the_plan():
    assert s_curve([LAND], day("02-05"))[-1].on == day("02-28")
    assert s_curve([LAND], day("05-05"))[-1].on == day("02-28")  # done on 10 February
    assert s_curve(PROJECT, day("08-20"))[-1].on == day("08-31")


def test_before_the_plan_begins_only_the_plan_is_drawn():
    curve = s_curve([ROAD], date(2025, 6, 1))

    assert {one.actual for one in curve} == {None}
    assert curve[0].on == day("01-31")


def test_of_two_reports_of_one_day_the_later_counts_and_a_correction_may_lower():
    corrected = milestone("x", "1", "01-01", "01-10", ("01-05", "50"), ("01-05", "40"), ("01-07", "30"))

    assert standing([corrected], day("01-05")).actual == 40
    assert standing([corrected], day("01-07")).actual == 30


def test_a_finished_project_has_the_day_on_which_it_was_done():
    assert forecast_finish([LAND], day("03-01")) == day("02-10")
    assert standing([LAND], day("03-01")).deviation == 0


@pytest.mark.parametrize(
    ("milestones", "on"),
    [
        ([], "01-01"),
        ([ROAD], "02-10"),  # nothing is done
        ([milestone("early", "1", "05-01", "06-01", ("04-01", "10"))], "04-30"),  # the plan has not begun
        ([milestone("slow", "1", "01-01", "01-10", ("01-02", "1"))], "01-11"),  # 11 times the plan
    ],
)
def test_where_a_forecast_cannot_be_said_there_is_none(milestones, on):
    assert forecast_finish(milestones, day(on)) is None


def test_a_forecast_of_ten_times_the_plan_is_said():
    # 1 % in one of ten days: 0.1 of a day earned, ten times the ten days; 100 days from 1 January: 31 + 28 + 31 + 10
    slow = milestone("slow", "1", "01-01", "01-10", ("01-01", "1"))

    assert forecast_finish([slow], day("01-01")) == day("04-10")


def test_work_ahead_of_its_plan_is_forecast_earlier():
    # half after two of ten days: 5 days earned in 2, 10 × 2/5 = 4 days
    ahead = milestone("fast", "1", "01-01", "01-10", ("01-02", "50"))

    assert forecast_finish([ahead], day("01-02")) == day("01-04")


def test_where_the_plan_stands_still_the_earliest_day_is_earned():
    # after the first half (10 days) the plan rests for 10 days; half is done at the end of day 20: pace 10/20
    halves = [milestone("a", "1", "01-01", "01-10", ("01-10", "100")), milestone("b", "1", "01-21", "01-30")]

    assert forecast_finish(halves, day("01-20")) == day("03-01")  # 30 × 20 / 10 = 60 days: 31 + 28 + 1


def test_late_is_what_should_have_been_done_and_by_whom():
    found = late(PROJECT, day("06-09"))

    assert [(one.milestone.title, one.milestone.responsible, one.days, one.percent) for one in found] == [
        ("road", "Dinas PUPR contoh", 59, Decimal(60)),  # 11 Apr - 9 Jun: 19 + 31 + 9
        ("port", "KSOP contoh", 1, Decimal(10)),
    ]


@pytest.mark.parametrize(("on", "days"), [("01-31", []), ("02-01", [1]), ("02-09", [9]), ("02-10", [])])
def test_a_milestone_is_late_from_the_day_after_its_last_until_it_is_done(on, days):
    assert [one.days for one in late([LAND], day(on))] == days


def test_without_milestones_there_is_nothing_to_say():
    assert (standing([], day("01-01")), s_curve([], day("01-01")), late([], day("01-01"))) == (None, [], [])


@pytest.mark.parametrize(
    ("weight", "start", "finish", "percent"),
    [("0", "01-01", "01-02", "1"), ("-1", "01-01", "01-02", "1"), ("1", "01-02", "01-01", "1"),
     ("1", "01-01", "01-02", "100.01"), ("1", "01-01", "01-02", "-0.01")],
)  # fmt: skip
def test_a_plan_that_makes_no_sense_is_refused(weight, start, finish, percent):
    with pytest.raises(ValueError, match="no"):
        milestone("x", weight, start, finish, ("01-01", percent))


days = st.dates(date(2020, 1, 1), date(2035, 1, 1))
percents = st.decimals(0, 100, places=2)


@st.composite
def projects(draw):
    """One to four milestones with up to three reports each."""
    made = []
    for number in range(draw(st.integers(1, 4))):
        start = draw(days)
        finish = start + timedelta(days=draw(st.integers(0, 900)))
        reports = draw(st.lists(st.builds(Report, days, percents), max_size=3))
        made.append(Milestone(str(number), draw(st.decimals("0.01", 100, places=2)), start, finish, "", reports))
    return made


@given(projects(), days)
def test_any_project_has_a_curve_that_never_falls_and_a_standing_that_agrees_with_it(project, today):
    curve, found = s_curve(project, today), standing(project, today)

    planned = [one.planned for one in curve]
    assert planned == sorted(planned)
    assert (planned[0], planned[-1]) == (0, 100)
    assert all((one.actual is None) == (one.on > today) for one in curve)
    assert [one.actual for one in curve if one.on == today] in ([], [found.actual])
    assert (
        found.forecast_finish is None
        or found.forecast_finish >= min(one.planned_start for one in project)
        or (found.actual == 100)
    )
