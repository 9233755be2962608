"""Differences and three-way merge of canonical values. No database."""

from hypothesis import given
from hypothesis import strategies as st

from disperin.registers.values.changes import Change, differences, merge

PARTS = {"products"}


def row(key, **fields):
    return {"key": key, **fields}


def test_the_differences_name_fields_rows_and_fields_of_rows():
    before = {"name": "A", "phone": "", "products": [row("1", unit="pcs", name="x"), row("2", unit="kg")]}
    after = {"name": "B", "phone": None, "products": [row("1", unit="kodi", name="x"), row("3", unit="m")]}

    assert differences(before, after, PARTS) == [
        Change("name", "A", "B"),
        Change("products.1.unit", "pcs", "kodi"),
        Change("products.3", None, row("3", unit="m")),
        Change("products.2", row("2", unit="kg"), None),
    ]


def test_zero_is_not_nothing_and_false_is_not_zero():
    assert differences({"a": None, "b": 0}, {"a": 0, "b": False}, ()) == [Change("a", None, 0), Change("b", 0, False)]


def test_a_field_that_only_the_proposal_changed_is_taken():
    outcome = merge({"a": 1, "b": 1}, {"a": 2, "b": 1}, {"a": 1, "b": 5}, ())

    assert (outcome.values, outcome.conflicts) == ({"a": 2, "b": 5}, [])


def test_a_field_that_both_changed_alike_is_no_conflict():
    assert merge({"a": 1}, {"a": 2}, {"a": 2}, ()).conflicts == []


def test_a_field_that_both_changed_differently_is_a_conflict_until_chosen():
    base, proposed, current = {"a": 1}, {"a": 2}, {"a": 3}

    assert [one.path for one in merge(base, proposed, current, ()).conflicts] == ["a"]
    assert merge(base, proposed, current, (), {"a": "proposed"}).values == {"a": 2}
    assert merge(base, proposed, current, (), {"a": "current"}).values == {"a": 3}


def test_rows_are_matched_by_key_and_merged_field_by_field():
    base = {"products": [row("1", unit="pcs", name="x")]}
    proposed = {"products": [row("1", unit="kodi", name="x")]}
    current = {"products": [row("1", unit="pcs", name="y"), row("2", unit="m", name="z")]}

    outcome = merge(base, proposed, current, PARTS)

    assert outcome.values == {"products": [row("1", unit="kodi", name="y"), row("2", unit="m", name="z")]}


def test_a_row_removed_by_the_proposal_and_untouched_since_goes():
    base = {"products": [row("1", unit="pcs")]}

    assert merge(base, {"products": []}, base, PARTS).values == {"products": []}


def test_a_row_removed_by_one_side_and_changed_by_the_other_is_a_conflict():
    base = {"products": [row("1", unit="pcs")]}
    changed = {"products": [row("1", unit="kodi")]}

    assert [one.path for one in merge(base, {"products": []}, changed, PARTS).conflicts] == ["products.1"]
    assert [one.path for one in merge(base, changed, {"products": []}, PARTS).conflicts] == ["products.1"]
    assert merge(base, {"products": []}, changed, PARTS, {"products.1": "proposed"}).values == {"products": []}


_fields = st.dictionaries(st.sampled_from("abc"), st.integers(0, 2), max_size=3)
_rows = st.dictionaries(st.sampled_from("12"), st.fixed_dictionaries({"u": st.integers(0, 2)}), max_size=2)
states = st.builds(
    lambda fields, rows: {**dict.fromkeys("abc"), **fields, "products": [row(key, **one) for key, one in rows.items()]},
    _fields,
    _rows,
)


@given(base=states, proposed=states)
def test_a_proposal_laid_over_its_own_base_is_the_proposal(base, proposed):
    outcome = merge(base, proposed, base, PARTS)

    assert differences(outcome.values, proposed, PARTS) == []
    assert outcome.conflicts == []


@given(base=states, current=states)
def test_a_proposal_that_changes_nothing_leaves_the_record_as_it_is(base, current):
    outcome = merge(base, base, current, PARTS)

    assert differences(outcome.values, current, PARTS) == []
    assert outcome.conflicts == []


@given(base=states, proposed=states, current=states)
def test_without_conflict_every_path_has_the_value_of_one_side(base, proposed, current):
    outcome = merge(base, proposed, current, PARTS)

    for name in "abc":
        assert outcome.values[name] in (proposed[name], current[name])
