"""Variables say what they hold: a name that could be anything's is bound nowhere."""

import re

from django.conf import settings

FOLDERS = ("disperin", "industries", "ovop", "zones")
VAGUE = r"\b(?:one|told|found)\b"
BINDS = re.compile(
    rf"\bfor (?:[\w*(]+, \(?)*{VAGUE}(?:\)?, [\w*(]+)*\)? in |^ {{8,}}{VAGUE}(?:: [^=\n]+)? = |{VAGUE} := |"
    rf"lambda [\w*, ]*{VAGUE}",
    re.MULTILINE,
)

IN_TEMPLATES = re.compile(
    rf"{{%-? *for (?:\w+, *)*{VAGUE}(?:, *\w+)* in |{{% *(?:with|include|blocktranslate)\b(?:[^%]|%(?!}}))* {VAGUE}=|"
    rf"{{%(?:[^%]|%(?!}}))* (?:as|asvar) {VAGUE} *%}}"
)


def _bound_in(path, binds=BINDS):
    return [line.strip() for line in path.read_text().splitlines() if binds.search(line)]


def test_no_variable_has_a_name_that_says_nothing():
    modules = [path for folder in FOLDERS for path in (settings.BASE_DIR / folder).rglob("*.py")]
    bound = {str(path): _bound_in(path) for path in modules if "migrations" not in path.parts}

    assert len(bound) > 500
    assert {path: lines for path, lines in bound.items() if lines} == {}


def test_a_vague_name_is_seen_however_it_is_bound():
    for line in (
        "for one in rows:", "[one.pk for one in rows]", "        told = {}", "        found: Any = None",
        "if one := rows[0]:", "key=lambda one: one.pk", "for key, found in rows:",
    ):  # fmt: skip
        assert BINDS.search(line), line
    for line in ("    found = models.CharField()", "tone = 1", "rows.found = 1", "asked = foundling"):
        assert not BINDS.search(line), line


def test_no_variable_of_a_template_has_a_name_that_says_nothing():
    templates = [path for path in (settings.BASE_DIR / "templates").rglob("*") if path.suffix in (".html", ".txt")]
    bound = {str(path): _bound_in(path, IN_TEMPLATES) for path in templates}

    assert len(bound) > 400
    assert {path: lines for path, lines in bound.items() if lines} == {}


def test_a_vague_name_is_seen_however_a_template_binds_it():
    for line in (
        "{% for one in rows %}", "{% for piece, told in added %}", "{% for found, url in rows %}",
        "{% with one=row.line %}", '{% include "a.html" with row=row one=total only %}', "{% with row.line as told %}",
        "{% blocktranslate trimmed with one=name|upper %}", '{% translate "A" as found %}',
    ):  # fmt: skip
        assert IN_TEMPLATES.search(line), line
    for line in (
        '{% translate "See them one by one" %}',
        "{% for tone in tones %}",
        "{% with x=one_by_one %}",
        "one=1",
    ):
        assert not IN_TEMPLATES.search(line), line
