"""What PostgreSQL holds for us: tables with their columns, sequences, and which migrations made them."""

from collections.abc import Iterable
from typing import Any

from django.conf import settings
from django.db import connection
from django.db.migrations.executor import MigrationExecutor
from django.db.migrations.loader import MigrationLoader
from django.db.migrations.recorder import MigrationRecorder

Migration = tuple[str, str]  # app and name
MADE_BY_MIGRATING = {"django_migrations", "django_content_type", "auth_permission"}  # rows that `migrate` itself writes
_COLUMNS = """
    SELECT c.relname, array_agg(a.attname::text ORDER BY a.attnum)
    FROM pg_class c JOIN pg_attribute a ON a.attrelid = c.oid
    WHERE c.relnamespace = current_schema()::regnamespace AND c.relkind IN ('r', 'p') AND NOT c.relispartition
      AND a.attnum > 0 AND NOT a.attisdropped AND a.attgenerated = ''
    GROUP BY c.relname ORDER BY c.relname
"""
_SEQUENCES = "SELECT sequencename FROM pg_sequences WHERE schemaname = current_schema() ORDER BY sequencename"
# However the server is set, rows are written and read alike, and nothing cuts a long transaction off.
_PLAINLY = """
    SET LOCAL datestyle = 'ISO, YMD'; SET LOCAL intervalstyle = 'postgres'; SET LOCAL extra_float_digits = 1;
    SET LOCAL bytea_output = 'hex'; SET LOCAL client_encoding = 'UTF8'; SET LOCAL timezone = 'UTC';
    SET LOCAL statement_timeout = 0; SET LOCAL lock_timeout = 0; SET LOCAL idle_in_transaction_session_timeout = 0;
"""


def columns() -> dict[str, list[str]]:
    """`{table: [column, …]}` of all tables but those of caches, without columns that PostgreSQL computes."""
    caches = {
        cache.get("LOCATION") for cache in settings.CACHES.values() if cache["BACKEND"].endswith(".DatabaseCache")
    }
    return {table: names for table, names in _ask(_COLUMNS) if table not in caches}


def strangers(tables: Iterable[str]) -> list[str]:
    """Those of the tables that no migration of ours has made."""
    ours = connection.introspection.django_table_names(only_existing=True, include_views=False)
    return sorted(set(tables) - set(ours) - MADE_BY_MIGRATING)


def filled(tables: Iterable[str]) -> list[str]:
    """Those of the tables that have rows, but for those that migrating writes."""
    asked = [f"(SELECT '{table}' FROM {quoted(table)} LIMIT 1)" for table in sorted(set(tables) - MADE_BY_MIGRATING)]  # noqa: S608 - our own tables
    return [name for (name,) in _ask(" UNION ALL ".join(asked))] if asked else []


def sequences() -> dict[str, list[int]]:
    """`{sequence: [its last value, whether that was given out]}`."""
    names = [name for (name,) in _ask(_SEQUENCES)]
    return {name: list(_ask(f"SELECT last_value, is_called FROM {quoted(name)}")[0]) for name in names}  # noqa: S608 - our own


def applied() -> set[Migration]:
    """The migrations that made these tables, as `(app, name)`; a squashed one is told as those that it replaces."""
    return set(MigrationRecorder(connection).applied_migrations()) - set(MigrationLoader(connection).replacements)


def lacking() -> list[str]:
    """The migrations of the code that the database has not seen, as `app.name`."""
    executor = MigrationExecutor(connection)
    return [str(migration) for migration, _backwards in executor.migration_plan(executor.loader.graph.leaf_nodes())]


def unknown_to_us(migrations: set[Migration]) -> list[str]:
    """Those of the migrations that the code does not have, as `app.name`."""
    return [".".join(key) for key in sorted(migrations - set(MigrationExecutor(connection).loader.disk_migrations))]


def migrate_to(wanted: set[Migration]) -> None:
    """Make the tables as these migrations do; those applied before must be among them."""
    executor = MigrationExecutor(connection)
    squashed = executor.loader.replacements
    whole = {key for key, migration in squashed.items() if wanted.issuperset(migration.replaces)}
    if any(wanted.intersection(squashed[key].replaces) for key in set(squashed) - whole):  # of a release in between
        executor.loader, whole = MigrationLoader(connection, replace_migrations=False), set()
    nodes = executor.loader.graph.node_map
    known = (wanted - set(squashed) | whole) & set(nodes)
    last = [
        key
        for key in sorted(known)
        if not any(child.key in known and child.key[0] == key[0] for child in nodes[key].children)
    ]
    executor.migrate([key for key in last if key not in executor.loader.applied_migrations])


def speak_plainly() -> None:
    """Set the session for the present transaction."""
    with connection.cursor() as cursor:
        cursor.execute(_PLAINLY)


def quoted(name: str) -> str:
    return connection.ops.quote_name(name)


def listed(table: str, names: Iterable[str]) -> str:
    """A table and its columns, as COPY names them."""
    return f"{quoted(table)} ({', '.join(map(quoted, names))})"


def _ask(question: str) -> list[tuple[Any, ...]]:
    with connection.cursor() as cursor:
        cursor.execute(question)
        return cursor.fetchall()
