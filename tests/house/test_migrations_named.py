"""Migrations say in their name what they do, follow each other in one line, and keep nobody waiting who writes."""

import re
from pathlib import Path

from django.apps import apps
from django.conf import settings
from django.contrib.postgres import operations as without_waiting
from django.db import connection, migrations, models
from django.db.migrations.loader import MigrationLoader
from django.db.migrations.recorder import MigrationRecorder

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


WAITED_FOR = (migrations.AddIndex, migrations.RemoveIndex, migrations.AddConstraint)
WITHOUT_WAITING = (
    without_waiting.AddIndexConcurrently,
    without_waiting.RemoveIndexConcurrently,
    without_waiting.AddConstraintNotValid,
)


def waited_for(operations):
    """What of these keeps writers out of a table that was there before, as `model: operation`."""
    new = {operation.name_lower for operation in operations if isinstance(operation, migrations.CreateModel)}
    return [
        f"{operation.model_name_lower}: {type(operation).__name__}"
        for operation in operations
        if isinstance(operation, WAITED_FOR)
        and not isinstance(operation, WITHOUT_WAITING)
        and operation.model_name_lower not in new
    ]


def test_indexes_and_constraints_of_tables_that_are_there_keep_nobody_waiting():
    loader = MigrationLoader(None, ignore_no_migrations=True)
    before_the_rule = {replaced for migration in loader.replacements.values() for replaced in migration.replaces}

    found = {
        f"{label}.{name}": waited_for(migration.operations)
        for (label, name), migration in loader.disk_migrations.items()
        if label in {app.label for app in OURS} and (label, name) not in before_the_rule
    }

    assert {name: told for name, told in found.items() if told} == {}


def test_that_rule_knows_a_new_table_from_one_that_is_there():
    index = models.Index(fields=["name"], name="name_of_it")
    made = migrations.CreateModel("Exhibition", [("name", models.TextField())])
    plain = migrations.AddIndex("exhibition", index)

    assert waited_for([made, plain]) == []
    assert waited_for([plain]) == ["exhibition: AddIndex"]
    assert waited_for([without_waiting.AddIndexConcurrently("exhibition", index)]) == []


def test_a_portal_that_is_half_way_through_the_squashed_migrations_can_go_on(db, monkeypatch):
    """A squashed migration, noted as soon as all that it replaces are there, asks for no more than they do."""
    single = MigrationLoader(connection, replace_migrations=False).graph
    squashed = MigrationLoader(None, ignore_no_migrations=True).replacements

    for key, migration in squashed.items():
        plan = single.forwards_plan((key[0], migration.replaces[-1][1]))
        applied = dict.fromkeys([*(one for one in plan if one not in squashed), key])
        monkeypatch.setattr(MigrationRecorder, "applied_migrations", lambda _recorder, told=applied: dict(told))
        MigrationLoader(connection).check_consistent_history(connection)

    assert {"industries", "ovop", "zones"} <= {label for label, _name in squashed}
