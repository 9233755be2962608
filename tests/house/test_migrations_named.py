"""Migrations say in their name what they do, and follow each other in one line."""

import re
from pathlib import Path

from django.apps import apps
from django.conf import settings
from django.db.migrations.loader import MigrationLoader

OURS = [
    app for app in apps.get_app_configs() if app.path.startswith(str(settings.BASE_DIR)) and ".venv" not in app.path
]


def names_of(label):
    """The names of an app's migrations."""
    loader = MigrationLoader(None, ignore_no_migrations=True)
    return [name for app, name in loader.disk_migrations if app == label]


def test_every_migration_says_what_it_does():
    unnamed = [
        f"{app.label}.{name}"
        for app in OURS
        for name in names_of(app.label)
        if not re.fullmatch(r"\d{4}_[a-z][a-z0-9_]{2,}", name)
        or re.search(r"_auto_|_and_more$|_alter_\w+_\w+_options$", name)
    ]

    assert unnamed == []


def test_no_app_has_two_ends():
    assert MigrationLoader(None, ignore_no_migrations=True).detect_conflicts() == {}


def test_migrations_import_nothing_of_ours():
    """They must run the same when the code has moved on; the tests' template of a database counts on it, too."""
    written = [path for app in OURS for path in Path(app.path).glob("migrations/*.py")]
    importing = re.compile(r"^\s*(?:from|import) (?:disperin|industries|ovop|zones|tests)\b", re.MULTILINE)

    assert written
    assert [path for path in written if importing.search(path.read_text())] == []
