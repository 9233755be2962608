"""No script changes what is typed, pasted or filled in by the browser, but for the signs between thousands."""

import json
from itertools import product
from pathlib import Path

import pytest

SHARED = Path(__file__).parents[1]
BELONGS = {"whole": "investment", "degrees": "latitude", "phone": "phone", "npwp": "npwp", "days": "as_of"}
FILL_IN = """(input, text) => {
  input.value = text;
  input.dispatchEvent(new Event("input", { bubbles: true }));
  input.dispatchEvent(new Event("change", { bubbles: true }));
}"""


def _cases(language):
    """`(field, typed, shown)`."""
    for case in json.loads((SHARED / "whole_numbers.json").read_text()):
        if case["language"] == language:
            yield BELONGS["whole"], case["typed"], case["shown"]
    for case in json.loads((SHARED / "degrees.json").read_text()):
        yield BELONGS["degrees"], case["typed"], case["typed"]
    for kind, cases in json.loads((SHARED / "marked_numbers.json").read_text()).items():
        for case in cases:
            yield BELONGS[kind], case["typed"], case["typed"]
    for typed, _day in json.loads((SHARED / "days.json").read_text()):
        yield BELONGS["days"], typed, typed


def _typed(page, _input, text):
    page.keyboard.type(text)


def _pasted(page, _input, text):
    page.evaluate("(text) => navigator.clipboard.writeText(text)", text)
    page.keyboard.press("Control+V")


def _filled(_page, place, text):
    """As a browser does that remembers it."""
    place.evaluate(FILL_IN, text)


@pytest.mark.long
@pytest.mark.parametrize("language", ["id", "en"])
def test_what_is_entered_stands_there_as_it_was_entered(draft, officer, visit, language):
    page = visit(officer, permissions=["clipboard-read", "clipboard-write"])
    page.route("**/ubah/", lambda route: route.abort() if route.request.method == "POST" else route.continue_())
    page.goto(f"{'' if language == 'id' else '/en'}/usulan/{draft.number}/ubah/")
    page.evaluate("document.querySelectorAll('details').forEach((one) => { one.open = true; })")
    page.locator("[name=legal_form]").select_option("cv")  # of which the tax number is asked
    changed = []
    for enter, (name, typed, shown) in product((_typed, _pasted, _filled), _cases(language)):
        place = page.locator(f"[name={name}]")
        place.evaluate("(input) => { input.focus(); input.select(); }")
        if not typed:
            page.keyboard.press("Delete")
        enter(page, place, typed)
        if (found := place.input_value()) != shown:
            changed.append((enter.__name__, name, typed, shown, found))
    page.locator("[name=name]").evaluate("(input) => input.focus()")  # the last one is left

    assert changed == []
