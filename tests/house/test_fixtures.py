"""What fixtures are called."""

import re
from pathlib import Path

from pytest_playwright import pytest_playwright

TESTS = Path(__file__).parent.parent
FIXTURE = re.compile(r"^@pytest\.fixture.*\ndef (\w+)", re.MULTILINE)


def test_no_fixture_is_called_as_one_of_the_browsers():
    """A test that asked for `page` would be taken for a browser's, and be run among those, apart from its module."""
    browsers = set(re.findall(r"^def (\w+)", Path(pytest_playwright.__file__).read_text(), re.MULTILINE))
    files = [path for path in TESTS.rglob("*.py") if TESTS / "browser" not in path.parents]

    named = {(str(path.relative_to(TESTS)), name) for path in files for name in FIXTURE.findall(path.read_text())}

    assert "page" in browsers
    assert len(named) > 100
    assert {(path, name) for path, name in named if name in browsers} == set()
