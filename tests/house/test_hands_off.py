"""Views, API and admin write nothing: they call verbs. Read from the code itself, so that no new file is forgotten."""

import ast
from pathlib import Path

from django.conf import settings

ROOMS = {"views", "api", "admin", "serializers", "filters", "context", "tables"}
PACKAGES = ("disperin", "industries", "ovop", "zones")
WRITES = {
    "save", "create", "update", "delete", "get_or_create", "update_or_create", "bulk_create", "bulk_update", "asave",
    "acreate", "aupdate", "adelete", "select_for_update",
}  # fmt: skip
FILES = [
    path
    for package in PACKAGES
    for path in sorted((settings.BASE_DIR / package).rglob("*.py"))
    if ROOMS & {path.stem, *(part for part in path.relative_to(settings.BASE_DIR / package).parts[:-1])}
]


def writes_in(source):
    """`[(line, call)]` of a module: calls of a method that writes to the database, dictionaries' `update` excepted."""
    tree = ast.parse(source)
    found = []
    for node in ast.walk(tree):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and node.func.attr in WRITES:
            takes_a_dictionary = node.func.attr == "update" and node.args
            if not takes_a_dictionary:
                found.append((node.lineno, ast.unparse(node.func)))
    return found


def test_a_room_that_shows_does_not_write():
    found = {str(path.relative_to(settings.BASE_DIR)): writes_in(path.read_text()) for path in FILES}

    assert {name: writes for name, writes in found.items() if writes} == {}


def test_the_rooms_were_found():
    names = {str(Path(path).relative_to(settings.BASE_DIR)) for path in FILES}

    assert {"disperin/api.py", "industries/admin.py", "industries/views/establishments.py"} <= names


def test_a_write_would_be_seen():
    lines = [
        "record.save()", "Model.objects.create(name='x')", "rows.filter(pk=1).update(name='x')",
        "form.save(commit=True)",
    ]  # fmt: skip

    assert [line for line in lines if not writes_in(line)] == []


def test_what_is_no_write_is_not_taken_for_one():
    lines = ["context.update({'a': 1})", "known = {}; known.update(other)", "saved = form.entered()"]

    assert [line for line in lines if writes_in(line)] == []
