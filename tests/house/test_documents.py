"""What the documents point to is there, and nothing in them belongs to one machine."""

import re

import pytest
from django.conf import settings
from django.core.management import get_commands

DOCUMENTS = [
    *sorted(settings.BASE_DIR.glob("*.md")),
    *sorted((settings.BASE_DIR / "docs").rglob("*.md")),
    *sorted((settings.BASE_DIR / "data").rglob("*.md")),
]
each_document = pytest.mark.parametrize("path", DOCUMENTS, ids=lambda path: str(path.relative_to(settings.BASE_DIR)))
LINK = re.compile(r"\]\((?!https?:|mailto:|#)([^)#\s]+)")
MENTIONED = re.compile(r"`((?:disperin|industries|ovop|zones|tests|templates|data|docs|locale)/[\w./-]+)`")
COMMAND = re.compile(r"manage\.py (\w+)")


@each_document
def test_every_link_leads_somewhere(path):
    missing = [link for link in LINK.findall(path.read_text()) if not (path.parent / link).exists()]

    assert missing == []


@each_document
def test_every_file_that_is_named_exists(path):
    named = MENTIONED.findall(path.read_text())

    assert [name for name in named if not (settings.BASE_DIR / name).exists()] == []


@each_document
def test_every_command_that_is_named_exists(path):
    assert set(COMMAND.findall(path.read_text())) <= set(get_commands())


@each_document
def test_no_document_knows_the_machine_it_was_written_on(path):
    assert re.findall(r"(?<![\w.])/(?:home|root|work)/\w+", path.read_text()) == []
