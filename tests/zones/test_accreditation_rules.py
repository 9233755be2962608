"""The self-check of accreditation: weights, the threshold to the point, and what can be said while items are open."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from zones.rules.accreditation import Aspect, Item, Scheme, Verdict, self_check

INFRASTRUCTURE, ENVIRONMENT, SERVICES = Aspect


def items(infrastructure, environment, services):
    """Items with these points; None is an item that nobody has judged."""
    return [
        Item(aspect, points)
        for aspect, some in zip(Aspect, (infrastructure, environment, services), strict=True)
        for points in some
    ]


@pytest.mark.parametrize(
    ("points", "total"),
    [
        (([1], [1], [1]), "100.00"),
        (([3], [3], [3]), "300.00"),
        (([2], [2], [2]), "200.00"),
        (([3], [1], [1]), "200.00"),  # 50 × 3 + 25 × 1 + 25 × 1
        (([1], [3], [1]), "150.00"),  # 50 × 1 + 25 × 3 + 25 × 1
        (([1, 2], [1], [2]), "150.00"),  # 50 × 1.5 + 25 + 50
        (([1, 1, 2], [2], [1]), "141.67"),  # 50 × 4/3 = 66.666…, 50, 25
    ],
)
def test_the_total_is_the_mean_of_each_aspect_times_its_weight(points, total):
    assert str(self_check(items(*points)).total) == total


@pytest.mark.parametrize(
    ("infrastructure", "verdict"),
    [
        ([2] * 50 + [1] * 50, Verdict.REACHED),  # 50 × 1.5 + 25 + 50 = 150
        ([2] * 49 + [1] * 51, Verdict.MISSED),  # 50 × 1.49 + 75 = 149.5
    ],
)
def test_the_threshold_is_reached_at_150_and_not_below(infrastructure, verdict):
    assert self_check(items(infrastructure, [1], [2])).verdict == verdict


def test_what_rounds_to_150_is_not_150():
    # 50 × (1 + 4999/10000) + 75 = 149.995, shown as 150.00
    found = self_check(items([2] * 4999 + [1] * 5001, [1], [2]))

    assert (str(found.total), found.verdict) == ("150.00", Verdict.MISSED)


@pytest.mark.parametrize(
    ("points", "least", "most", "verdict"),
    [
        (([3], [None], [None]), "200.00", "300.00", Verdict.REACHED),  # whatever the others get
        (([1], [1], [None]), "100.00", "150.00", Verdict.OPEN),
        (([1], [1, 1], [None, 1]), "100.00", "125.00", Verdict.MISSED),
        (([None], [None], [None]), "100.00", "300.00", Verdict.OPEN),
    ],
)
def test_open_items_leave_the_total_open_between_two_bounds(points, least, most, verdict):
    found = self_check(items(*points))

    assert (str(found.least), str(found.most), found.verdict, found.total) == (least, most, verdict, None)


def test_each_aspect_tells_what_it_adds_and_how_far_it_is():
    aspects = self_check(items([3, None], [2], [1])).aspects

    found = [(one.weight, one.items, one.judged, str(one.least), str(one.most)) for one in aspects.values()]
    assert list(aspects) == list(Aspect)
    assert found == [(50, 2, 1, "100.00", "150.00"), (25, 1, 1, "50.00", "50.00"), (25, 1, 1, "25.00", "25.00")]


@pytest.mark.parametrize(
    ("points", "without"), [(([], [], []), list(Aspect)), (([3], [3], []), [SERVICES]), (([3], [], [3]), [ENVIRONMENT])]
)
def test_without_items_nothing_is_said(points, without):
    found = self_check(items(*points))

    assert found.without_items == without
    assert (found.total, found.verdict) == (None, Verdict.OPEN)


def test_items_may_weigh_differently_once_the_office_knows_it():
    weighed = [Item(INFRASTRUCTURE, 3, Decimal("0.5")), Item(INFRASTRUCTURE, 1, Decimal("1.5"))]

    found = self_check([*weighed, Item(ENVIRONMENT, 1), Item(SERVICES, 1)])

    assert found.total == Decimal("125.00")  # 50 × (1.5 + 1.5) / 2 + 50


def test_another_scheme_has_its_own_aspects_points_and_threshold():
    scheme = Scheme(weights={"satu": 60, "dua": 40}, threshold=100, lowest=0, highest=1)

    found = self_check([Item("satu", 1), Item("dua", 1)], scheme)

    assert (found.total, found.verdict) == (Decimal("100.00"), Verdict.REACHED)


@pytest.mark.parametrize(
    "item", [Item(INFRASTRUCTURE, 0), Item(INFRASTRUCTURE, 4), Item("lain", 1), Item(SERVICES, 1, Decimal(0))]
)
def test_an_item_that_the_scheme_does_not_know_is_refused(item):
    with pytest.raises(ValueError, match="no"):
        self_check([item])


judged = st.lists(st.sampled_from([None, 1, 2, 3]), min_size=1, max_size=6)


@given(judged, judged, judged)
def test_whatever_the_open_items_get_the_total_lies_within_its_bounds_and_keeps_the_verdict(one, two, three):
    found = self_check(items(one, two, three))

    for points in (1, 2, 3):
        settled = self_check(items(*([points if it is None else it for it in some] for some in (one, two, three))))
        assert found.least <= settled.total <= found.most
        assert found.verdict in (Verdict.OPEN, settled.verdict)
