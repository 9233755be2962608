"""What is not taken is refused in the portal's own words, which name value or limit; never in its framework's."""

import json
import re
from importlib.util import find_spec
from pathlib import Path

import polib
import pytest
from django.utils import translation

from disperin.registers import directory
from disperin.registers.fields import Typed
from disperin.submissions import actions
from tests.factories import establishment_values
from tests.registers.each_register import every_register

OF_OURS_TOO = {"This field is required."}  # says all that there is to say
BAD = [
    None, "", [], "x" * 3_000, "tidak-ada", ["tidak-ada"], -1, "-1", 10**18, "abc", 0.123456789012, "2026-13-45", "x@",
    "\x00", "\ud800", "http://", True, {}, "12345678901234567890", 1e-9, "31/12/2026x",
]  # fmt: skip


def sentences_of(package, language):
    """A pattern for every sentence of a package in a language."""
    folder = Path(find_spec(package).origin).parent
    for path in folder.glob(f"**/locale/{language}/LC_MESSAGES/django.po"):
        for entry in polib.pofile(str(path)):
            for text in (entry.msgid, entry.msgid_plural, entry.msgstr, *entry.msgstr_plural.values()):
                if len(text.split()) > 2 and text not in OF_OURS_TOO:
                    yield re.sub(r"%\\\([a-z_]+\\\)[sdr]|\\\{[a-z_]+\\\}", ".*", re.escape(text))


@pytest.fixture(scope="module")
def frameworks():
    found = {one for package in ("django", "rest_framework") for one in sentences_of(package, "id")}
    return re.compile("|".join(f"(?:{one})" for one in sorted(found)), re.DOTALL)


def refusals(form, value, **options):
    """`{text: field}` of what a form says of one value in all of its fields, over the API or typed on a page."""
    unfit = form.unfit(dict.fromkeys(form.base_fields, value))
    said = {text: name for name, text in unfit.items()}
    for given in {value, Typed(value)} if isinstance(value, str) else (value,):
        bound = form(dict.fromkeys(set(form.base_fields) - set(unfit), given), **options)
        said |= {text: name for name, texts in bound.errors.items() for text in texts}
    return said


@pytest.mark.django_db
@every_register
def test_no_sentence_of_the_framework_reaches_a_person(register, frameworks):
    for language in ("id", "en"):
        said = {}
        with translation.override(language):
            for value in BAD:
                said |= refusals(register.form, value)
                for part in register.form.parts.values():
                    said |= refusals(part, value, key="x")
        assert said
        assert {text: name for text, name in said.items() if frameworks.fullmatch(text)} == {}


STEPS = {
    "/api/v1/submissions/": ("register", "record_id", "kind", "values"),
    "/api/v1/submissions/{draft}/submit/": ("revision", "acknowledged"),
    "/api/v1/submissions/{draft}/withdraw/": ("revision", "reason"),
    "/api/v1/pairs/": ("register", "first", "second", "why"),
    "/api/v1/attachments/": ("file", "kind", "regency"),
}


def test_nor_does_one_over_the_api(officer, api, trying, frameworks):
    draft = actions.draft(directory.get("establishments"), establishment_values(), by=officer)
    client = api(officer)

    for path, names in STEPS.items():
        for value in BAD:
            with trying(path, value):
                sent = json.dumps(dict.fromkeys(names, value))
                answer = client.post(path.format(draft=draft.number), sent, content_type="application/json")
                said = [one["message"] for some in answer.json().get("errors", {}).values() for one in some]
                assert [text for text in said if frameworks.fullmatch(text)] == []
