"""Which counts are hidden: at the edges, and whoever reads the page, even knowing the rule, cannot compute them."""

from collections import defaultdict
from itertools import product

from hypothesis import given, settings
from hypothesis import strategies as st

from industries.rules import hide_small

NOTHING = (frozenset(), False)


def hide(*groups):
    """What is hidden of these groups, called a, b, c …: their letters, and whether the total is hidden."""
    hidden = hide_small(dict(zip("abcdefgh", groups, strict=False)))
    return "".join(sorted(hidden.groups)), hidden.total


def test_three_counted_and_three_not_are_shown():
    assert hide_small({"a": (3, 6), "b": (3, 300), "c": (297, 300)}) == NOTHING
    assert hide_small({"a": (3, 6)}) == NOTHING


def test_fewer_than_three_counted_or_all_but_fewer_than_three_are_hidden():
    for small in [(0, 20), (1, 20), (2, 20), (18, 20), (19, 20), (20, 20), (2, 2), (1, 1), (0, 1), (3, 5)]:
        assert hide(small, (3, 6), (8, 30), (9, 31), (9, 32)) == ("ade", False), small


def test_where_nobody_is_counted_there_is_nothing_to_hide_unless_the_whole_is_small():
    assert hide_small({"a": (0, 1), "b": (0, 2)}) == NOTHING
    assert hide((0, 1), (0, 1)) == ("ab", True)


def test_without_groups_or_makers_there_is_nothing_to_hide():
    assert hide_small({}) == hide_small({"a": (0, 0)}) == NOTHING


def test_the_only_maker_of_a_place_is_hidden_whether_counted_or_not():
    assert hide((0, 1), (4, 8), (4, 9), (4, 9)) == hide((1, 1), (4, 8), (4, 9), (4, 9)) == ("acd", False)


def test_a_small_group_takes_the_largest_with_it_until_there_are_three():
    assert hide((2, 20), (8, 30), (5, 31), (9, 40)) == ("acd", False)
    assert hide((2, 20), (1, 20), (5, 31), (9, 40)) == ("abd", False)
    assert hide((2, 20), (1, 20), (0, 31), (9, 40)) == ("abc", False)


def test_of_groups_as_large_as_each_other_the_later_name_is_taken():
    assert hide((2, 20), (8, 30), (8, 30), (8, 30)) == ("acd", False)


def test_what_is_hidden_is_not_small_together():
    assert hide((1, 20), (1, 20), (0, 20), (9, 40), (9, 41)) == ("abce", False)
    assert hide((1, 20), (1, 20), (1, 20), (9, 40), (9, 41)) == ("abc", False)
    assert hide((19, 20), (20, 20), (19, 20), (9, 40), (9, 41)) == ("abce", False)
    assert hide((19, 20), (19, 20), (19, 20), (9, 40), (9, 41)) == ("abc", False)


def test_the_total_is_hidden_when_all_groups_are_not_enough():
    assert hide((2, 20)) == ("a", True)
    assert hide((2, 20), (9, 30)) == ("ab", True)
    assert hide((1, 20), (1, 20), (0, 30)) == ("abc", True)


def test_a_group_without_makers_covers_nobody():
    assert hide((2, 20), (0, 0), (9, 30), (9, 31)) == ("acd", False)
    assert hide((2, 20), (0, 0), (9, 30)) == ("ac", True)


def test_the_least_number_can_be_another():
    assert hide_small({"a": (4, 20), "b": (9, 30), "c": (9, 30)}, least=4) == NOTHING
    assert hide_small({"a": (3, 20), "b": (9, 30), "c": (9, 30)}, least=4) == ({"a", "b", "c"}, True)


def page(groups):
    """What everybody reads: each count or None, and the total or None."""
    hidden = hide_small(groups)
    shown = tuple(None if name in hidden.groups else counted for name, (counted, _everybody) in groups.items())
    return shown, None if hidden.total else sum(counted for counted, _everybody in groups.values())


@given(st.lists(st.integers(0, 10), min_size=1, max_size=3))
@settings(max_examples=40)
def test_whoever_knows_the_rule_finds_two_answers_for_every_hidden_count(sizes):
    pages = defaultdict(list)
    for counts in product(*(range(everybody + 1) for everybody in sizes)):
        pages[page(dict(enumerate(zip(counts, sizes, strict=True))))].append(counts)

    for (shown, _total), possible in pages.items():
        for at, count in enumerate(shown):
            assert count is not None or len({counts[at] for counts in possible}) > 1, (sizes, shown, possible)


GROUPS = st.integers(0, 400).flatmap(lambda everybody: st.tuples(st.integers(0, everybody), st.just(everybody)))


@given(st.lists(GROUPS, min_size=1, max_size=13))
@settings(max_examples=100)
def test_no_sum_of_a_long_table_gives_a_hidden_count_away(groups):
    shown, total = page(dict(enumerate(groups)))
    hidden = [group for group, count in zip(groups, shown, strict=True) if count is None]

    assert total is not None or len(hidden) == len([group for group in groups if group[1]])
    if hidden and total is not None:
        rest = total - sum(filter(None, shown))
        makers = sum(everybody for _counted, everybody in hidden)
        for _counted, everybody in hidden:
            assert max(0, rest - (makers - everybody)) < min(everybody, rest)


@given(st.dictionaries(st.sampled_from("abcdefghijklm"), GROUPS))
@settings(max_examples=50)
def test_every_small_group_is_hidden_in_whatever_order_they_come(groups):
    hidden = hide_small(groups)
    small = {name for name, (counted, everybody) in groups.items() if everybody and not 3 <= counted <= everybody - 3}

    assert hidden == hide_small(dict(reversed(groups.items())))
    assert small <= hidden.groups or not any(counted for counted, _everybody in groups.values())
    assert small or hidden == NOTHING
