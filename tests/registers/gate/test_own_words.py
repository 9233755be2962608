"""What is not taken is refused in the portal's own words, which name value or limit; never in its framework's."""

import json
import re
from importlib.util import find_spec
from itertools import product
from pathlib import Path

import polib
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import translation
from rest_framework.test import APIClient

from disperin.registers.record import directory
from disperin.registers.values.constraints import Rule
from disperin.registers.values.fields import Typed
from disperin.submissions import actions
from disperin.ui.said import anew, of_error
from tests.factories import establishment_values
from tests.registers.each_register import every_register

pytestmark = pytest.mark.thorough

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
        said |= {of_error(one): name for name, errors in bound.errors.as_data().items() for one in errors}
    return said


@pytest.mark.django_db
@every_register
def test_no_sentence_of_the_framework_reaches_a_person(register, frameworks):
    told = {}
    for language in ("id", "en"):
        said = told[language] = {}
        with translation.override(language):
            for value in BAD:
                said |= refusals(register.form, value)
                for part in register.form.parts.values():
                    said |= refusals(part, value, key="x")
        assert said
        assert {text: name for text, name in said.items() if frameworks.fullmatch(text)} == {}
    with translation.override("en"):  # what is kept of a row that was imported, for whoever reads it
        again = {anew(text): name for text, name in told["id"].items()}
    assert again == told["en"]


STEPS = {
    "/api/v1/submissions/": ("register", "record_id", "kind", "values"),
    "/api/v1/submissions/{draft}/submit/": ("revision", "acknowledged"),
    "/api/v1/submissions/{draft}/withdraw/": ("revision", "reason"),
    "/api/v1/pairs/": ("register", "first", "second", "why"),
    "/api/v1/tasks/lacks/": ("register", "lack", "records", "to", "due_on", "note"),
    "/api/v1/tasks/halal/": ("products", "to", "due_on", "note"),
    "/api/v1/tasks/lines/": ("lines", "to", "due_on", "note"),
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


def test_nor_does_what_is_refused_before_a_value_is_looked_at(officer, api, trying, frameworks):
    anybody = APIClient()
    asked = {
        "method": anybody.post("/api/v1/establishments/"),
        "no account": anybody.get("/api/v1/registers/issues/export.csv"),
        "no token": anybody.get("/api/v1/establishments/", headers={"authorization": "Token"}),
        "two tokens": anybody.get("/api/v1/establishments/", headers={"authorization": "Token a b"}),
        "another type": api(officer).post("/api/v1/submissions/", "<a/>", content_type="text/xml"),
    }

    said = {name: answer.json()["detail"] for name, answer in asked.items()}

    assert {name: text for name, text in said.items() if frameworks.fullmatch(text) or "token header" in text} == {}


def test_nor_does_one_of_a_constraint(frameworks):
    models = {form._meta.model for one in directory.all_registers() for form in (one.form, *one.form.parts.values())}
    said = {}
    for language in ("id", "en"):
        with translation.override(language):
            for model in models:
                for one in model._meta.constraints:
                    told = [of_error(text) for text in Rule(one, frozenset(), "").error(model()).error_list]
                    said |= {(one.name, language, text): text for text in told}

    assert len(said) > 20
    assert {of for of, text in said.items() if of[0] in text or frameworks.fullmatch(text)} == set()
    in_english = {(name, text) for name, language, text in said if language == "en"}
    with translation.override("en"):
        assert {(name, anew(text)) for name, language, text in said if language == "id"} == in_english


def test_nor_does_one_of_entries_of_a_list(officer, api, trying, frameworks):
    url = api(officer).post(
        "/api/v1/workbooks/", {"register": "establishments", "file": SimpleUploadedFile("a.csv", b"nama\nAyu\n")},
        format="multipart",
    ).data["url"]  # fmt: skip
    wrong = [
        ("choices", []), ("choices", "x"), ("choices", None), ("choices.0", [5]), ("choices.0", [[]]),
        ("choices.1", [{}, 5]), ("sheets", "x"), ("sheets.0", [7]),
    ]  # fmt: skip

    for language, (path, value) in product(("id", "en"), wrong):
        name = path.split(".")[0]
        with trying(language, path, value):
            step = "mapping" if name == "sheets" else name
            spoken = {"accept-language": language}
            answer = api(officer).post(f"{url}{step}/", {name: value}, format="json", headers=spoken)
            errors = answer.json()["errors"]
            texts = [one["message"] for some in errors.values() for one in some]
            assert path in errors
            assert [text for text in texts if frameworks.fullmatch(text) or "Expected" in text] == []


def test_what_json_cannot_say_is_named(officer, api):
    for named, value in {"1e400": "1e400", "NaN": "NaN", "U+D800": '"a\\ud800b"'}.items():
        body = f'{{"register": "establishments", "values": {{"name": {value}}}}}'
        answer = api(officer).post("/api/v1/submissions/", body, content_type="application/json")
        assert answer.status_code == 400
        assert named in answer.json()["detail"]


def test_a_form_that_is_too_large_is_told_so(client):
    answer = client.post("/tanya/", {"message": "x" * 6_000_000})

    assert answer.status_code == 413
    assert "5 MB" in answer.content.decode()
