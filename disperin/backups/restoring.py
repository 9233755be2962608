"""Bring a backup back into an empty portal: files first, then all rows in one transaction."""

import contextlib
from collections.abc import Iterable, Iterator, Mapping
from typing import IO, Any

import psycopg2
from django.core.files import File
from django.core.files.storage import default_storage
from django.db import Error, connection, transaction

from disperin.backups import archive, files, tables
from disperin.backups.archive import Archive, Manifest
from disperin.backups.errors import BackupError
from disperin.backups.tables import Migration

_MAKE_ROOM = (
    "Restoring never overwrites. Name a new, empty database in DATABASE_URL (`createdb NAME`); or, if nobody needs "
    "what is in this one, empty it: psql … -c 'DROP SCHEMA public CASCADE' -c 'CREATE SCHEMA public'."
)


def restore(backup: Archive) -> Manifest:
    """Restore an Archive; gives what its manifest says. BackupError, and nothing was written, where it cannot be."""
    manifest = backup.check()
    wanted = {(app, name) for app, name in manifest["migrations"]}
    _refuse_older_code(manifest, wanted)
    refuse_to_overwrite(wanted)
    tables.migrate_to(wanted)
    written = []
    try:
        with _values_kept_silent(), transaction.atomic(durable=True), _emptied(manifest["tables"]):
            with backup.parts() as parts:
                for name, file in parts:
                    if name.startswith(archive.FILES):
                        written.append(default_storage.save(name.removeprefix(archive.FILES), File(file)))
                    elif name.startswith(archive.ROWS):
                        table = name.split("/")[1]
                        _copy(table, manifest["tables"][table]["columns"], file)
            _set_sequences(manifest["sequences"])
    except BaseException:
        for name in written:
            default_storage.delete(name)
        raise
    _analyse(manifest["tables"])
    return manifest


def refuse_to_overwrite(wanted: set[Migration]) -> None:
    """BackupError where database or files hold anything, or tables that these migrations do not make."""
    name = connection.settings_dict["NAME"]
    if filled_tables := tables.filled(tables.columns()):
        raise BackupError(f"The database {name} holds data ({filled_tables[0]}). {_MAKE_ROOM}")
    if further := sorted(tables.applied() - wanted):
        raise BackupError(
            f"The database {name} has tables of a newer release than the backup ({'.'.join(further[0])}). {_MAKE_ROOM}"
        )
    if files.kept():
        folder = default_storage.path("")
        raise BackupError(
            f"The folder of files {folder} holds files. Restoring never overwrites: move them away, or name another "
            "folder in MEDIA_ROOT."
        )


def _refuse_older_code(manifest: Manifest, wanted: set[Migration]) -> None:
    if unknown := tables.unknown_to_us(wanted):
        raise BackupError(
            f"The backup is of release {manifest['release']}, which is newer than this code: {unknown[0]} is not known "
            "here. Install that release or a newer one, and restore again. Nothing was written."
        )


@contextlib.contextmanager
def _emptied(names: Iterable[str]) -> Iterator[None]:
    """Within, the tables have no rows but those that are copied into them, and nothing but references is checked.

    What migrating itself wrote goes, and our triggers rest: rows come with the versions that they once made.
    """
    with connection.cursor() as cursor:
        tables.speak_plainly()
        cursor.execute("SET CONSTRAINTS ALL DEFERRED")
        for name in names:
            cursor.execute(f"ALTER TABLE {tables.quoted(name)} DISABLE TRIGGER USER")
        for name in names:
            cursor.execute(f"DELETE FROM {tables.quoted(name)}")  # noqa: S608 - our own tables
        yield
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        for name in names:
            cursor.execute(f"ALTER TABLE {tables.quoted(name)} ENABLE TRIGGER USER")


def _copy(table: str, columns: Iterable[str], file: IO[bytes]) -> None:
    with connection.cursor() as cursor:
        cursor.copy_expert(f"COPY {tables.listed(table, columns)} FROM STDIN", file)


def _set_sequences(values: Mapping[str, list[int]]) -> None:
    with connection.cursor() as cursor:
        for name, (last, was_given) in values.items():
            cursor.execute("SELECT setval(%s::regclass, %s, %s)", [tables.quoted(name), last, was_given])


def _analyse(names: Iterable[str]) -> None:
    """Let PostgreSQL know what it holds: the first pages would be slow."""
    with connection.cursor() as cursor:
        cursor.execute(f"ANALYZE {', '.join(map(tables.quoted, names))}")


@contextlib.contextmanager
def _values_kept_silent() -> Iterator[None]:
    """PostgreSQL quotes the row that it refuses: what is told is which rule, at which table."""
    try:
        yield
    except (Error, psycopg2.Error) as error:  # COPY is the driver's own
        of_driver: Any = error if isinstance(error, psycopg2.Error) else error.__cause__
        said = of_driver.diag
        rule = " ".join(filter(None, (said.sqlstate, said.table_name, said.constraint_name)))
        raise BackupError(
            f"PostgreSQL refused the rows ({rule}). Nothing was restored. Begin with a new, empty database."
        ) from None
