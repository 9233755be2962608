"""Properties are tried with the same few examples in every run (`tests/budget.py`)."""

import sys
from types import ModuleType

from hypothesis import Phase, given, settings
from hypothesis import strategies as st


def test_examples_are_the_same_whatever_code_is_loaded(tmp_path, monkeypatch):
    before = _examples()
    file = tmp_path / "fresh.py"
    file.write_text(f"NAMES = {[f'name {at}' for at in range(100)]}\nNUMBERS = {list(range(1000, 1100))}\n")
    fresh = ModuleType("fresh")
    fresh.__file__ = str(file)
    monkeypatch.setitem(sys.modules, "fresh", fresh)

    assert _examples() == before
    assert len(before) == 200


def _examples():
    found = []

    @settings(max_examples=200, phases=[Phase.generate], database=None)
    @given(number=st.integers(), text=st.text())
    def property_of_anything(number, text):
        found.append((number, text))

    property_of_anything()
    return found
