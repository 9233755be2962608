"""Take a backup: all rows and files of one moment into one archive."""

import contextlib
import datetime
import io
import os
import re
from collections.abc import Iterable, Iterator, Sequence

import pyrage
from django.conf import settings
from django.core.files.storage import default_storage
from django.db import connection, transaction
from django.utils import timezone

from disperin.backups import archive, files, tables
from disperin.backups.archive import Facts
from disperin.backups.errors import BackupError
from disperin.backups.places import Place

NAME = re.compile(r"portal-\d{8}T\d{6}Z\.tar\.gz(\.age)?")
_PIECE = 8 * 1024 * 1024  # bytes of rows that are one part of the archive


def take(place: Place, recipients: Sequence[pyrage.x25519.Recipient]) -> tuple[str, int, Facts]:
    """Take a backup to a place; gives the archive's name, its size in bytes, and its manifest's facts.

    Files that rows name and that are gone are left out; they are among the facts (`missing`).
    """
    _refuse_another_release()
    name = f"portal-{timezone.now():%Y%m%dT%H%M%SZ}.tar.gz{'.age' if recipients else ''}"
    with place.writing(name) as file:
        with archive.writing(file, recipients) as parts, _one_moment() as moment:
            facts = _facts(moment)
            facts["files"], facts["missing"] = _add_files(parts)
            for table, rows_of in facts["tables"].items():
                rows_of["rows"] = _add_rows(parts, table, rows_of["columns"])
            parts.end(facts)
        size = file.tell()
    return name, size, facts


def remove_older(place: Place, number: int) -> list[str]:
    """Remove all archives of a place but the newest `number`; gives their names."""
    older = sorted(filter(NAME.fullmatch, place.names()))[:-number]
    for name in older:
        place.remove(name)
    return older


def _refuse_another_release() -> None:
    strange = tables.unknown_to_us(tables.applied()) or tables.lacking()
    if strange:
        raise BackupError(
            f"The tables are not those of this release ({strange[0]}). Back up with the release that made them, "
            "or run `manage.py migrate` first."
        )


@contextlib.contextmanager
def _one_moment() -> Iterator[datetime.datetime]:
    """All that is read within is of one moment, which this gives, however long it takes; no table can change."""
    columns = tables.columns()
    with transaction.atomic(durable=True), connection.cursor() as cursor:
        cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY")
        tables.speak_plainly()
        cursor.execute(f"LOCK TABLE {', '.join(map(tables.quoted, columns))} IN ACCESS SHARE MODE")
        cursor.execute("SELECT now()")  # the first question takes the snapshot
        yield cursor.fetchone()[0]


def _facts(moment: datetime.datetime) -> Facts:
    columns = tables.columns()
    strangers = tables.strangers(columns)
    return {
        "taken_at": moment.isoformat(timespec="seconds"),
        "release": settings.RELEASE,
        "migrations": sorted(tables.applied()),
        "tables": {table: {"columns": names} for table, names in columns.items() if table not in strangers},
        "left_out": strangers,
        "sequences": tables.sequences(),
    }


def _add_files(parts: archive.Writer) -> tuple[int, list[str]]:
    """Take in the files that rows name; gives how many there are, and the names of those that are not."""
    number, missing = 0, []
    for name in files.names():
        try:
            file = default_storage.open(name)
        except FileNotFoundError:
            missing.append(name)
            continue
        with file:
            parts.add(archive.FILES + name, file, os.fstat(file.fileno()).st_size)
        number += 1
    return number, missing


def _add_rows(parts: archive.Writer, table: str, columns: Iterable[str]) -> int:
    """Take in the rows of a table; gives how many."""
    pieces = _Pieces(parts, table)
    with connection.cursor() as cursor:
        cursor.copy_expert(f"COPY {tables.listed(table, columns)} TO STDOUT", pieces)
        pieces.end()
        return cursor.rowcount


class _Pieces:
    """Takes rows as PostgreSQL sends them, one by one, and lays them into the archive many at a time."""

    def __init__(self, parts: archive.Writer, table: str) -> None:
        self._parts, self._table, self._number, self._waiting = parts, table, 0, io.BytesIO()

    def write(self, row: bytes) -> None:
        self._waiting.write(row)
        if self._waiting.tell() >= _PIECE:
            self.end()

    def end(self) -> None:
        if size := self._waiting.tell():
            self._waiting.seek(0)
            self._parts.add(f"{archive.ROWS}{self._table}/{self._number:06d}", self._waiting, size)
            self._number, self._waiting = self._number + 1, io.BytesIO()
