"""What is read as of a day asks that day, not the clock, what is late and what holds (decision 0042)."""

import ast
import importlib
from pathlib import Path

import pytest
from django.views import View

ROOT = Path(__file__).parents[2]
APPS = sorted(one.parent.relative_to(ROOT) for one in ROOT.glob("*/registers.py"))
APPS += sorted(one.parent.relative_to(ROOT) for one in ROOT.glob("disperin/*/registers.py"))
ROOMS = ("filters", "models", "serializers", "views", "api")
# what is asked when something is written, or of today alone
OF_TODAY = {"clean", "derive", "freeze_anew", "_check_days", "last_forum_of", "url_on"}


def _modules(app):
    for room in ROOMS:
        yield from (ROOT / app).glob(f"{room}.py")
        yield from (ROOT / app / room).glob("**/*.py")


def _asks_the_clock(node, of="", within=""):
    """`(class, function)` wherever the clock is asked for the day."""
    if isinstance(node, ast.Call) and ast.unparse(node) == "timezone.localdate()":
        yield of, within
    of = node.name if isinstance(node, ast.ClassDef) else of
    within = node.name if isinstance(node, ast.FunctionDef) else within
    for one in ast.iter_child_nodes(node):
        yield from _asks_the_clock(one, of, within)


def _is_of_today(name, of, within):
    view = getattr(importlib.import_module(name), of, None)
    knows_no_day = isinstance(view, type) and issubclass(view, View) and not getattr(view, "knows_as_of", False)
    return within in OF_TODAY or knows_no_day


@pytest.mark.parametrize("app", APPS, ids=str)
def test_what_is_read_as_of_a_day_asks_that_day(app):
    asked = {
        (".".join(path.relative_to(ROOT).with_suffix("").parts), *place)
        for path in _modules(app)
        if "localdate" in (text := path.read_text())
        for place in _asks_the_clock(ast.parse(text))
    }
    assert {one for one in asked if not _is_of_today(*one)} == set(), "ask past.today()"


def test_every_register_app_is_looked_at():
    assert {"industries", "ovop", "zones", "disperin/commitments"} <= {str(one) for one in APPS}
