"""The regencies coloured by a number: what is not told is not nothing."""

from disperin.maps.choropleth import choropleth, tops_of


def by_code(shown):
    return {one.code: (one.shade, one.number) for one in shown.places}


def test_the_most_has_the_strongest_colour_and_nothing_has_none():
    shown = choropleth({"63.01": 4, "63.02": 8, "63.03": 0})

    assert by_code(shown)["63.02"] == (5, 8)
    assert by_code(shown)["63.01"] == (1, 4)
    assert by_code(shown)["63.03"] == by_code(shown)["63.71"] == (0, 0)
    assert shown.legend == [(1, 4, 4), (5, 5, 8)]
    assert (shown.has_none, shown.hides) == (True, False)


def test_a_number_that_is_hidden_is_not_drawn_as_nothing():
    shown = choropleth({"63.01": 4, "63.02": None})

    assert by_code(shown)["63.02"] == (0, None)
    assert shown.hides


def test_where_nothing_is_counted_there_is_no_map():
    assert choropleth({}) is None
    assert choropleth({"63.01": 0, "63.02": None}) is None


def test_equal_numbers_are_in_one_class():
    assert tops_of([5, 5, 5, 5]) == [5]
