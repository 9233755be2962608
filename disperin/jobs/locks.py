"""Locks of PostgreSQL that end with the session that took them: whoever dies lets go of them without a word."""

import contextlib
import hashlib
from collections.abc import Iterable, Iterator
from typing import Any

from django.db import connection

WORKERS = 20_261_129  # the class of the locks by which workers are known
_KEPT_ALIVE = {"tcp_keepalives_idle": "30", "tcp_keepalives_interval": "10", "tcp_keepalives_count": "3"}
_TURNS = "SELECT pg_advisory_xact_lock(hashtextextended(%s, held)) FROM unnest(%s::bigint[]) AS held"
_PRESENT = """
    SELECT objid::bigint FROM pg_locks
    WHERE locktype = 'advisory' AND granted AND objsubid = 2 AND classid = %s
      AND database = (SELECT oid FROM pg_database WHERE datname = current_database())
"""


@contextlib.contextmanager
def alone(*subject: object) -> Iterator[bool]:
    """`with alone("workbook", pk) as mine`: whether this session, and no other, works on a subject until the end."""
    key = key_of(*subject)
    mine = _ask("SELECT pg_try_advisory_lock(%s)", key)
    try:
        yield mine
    finally:
        if mine:
            _ask("SELECT pg_advisory_unlock(%s)", key)


def take_turns(*subject: object) -> None:
    """Wait until no other transaction has the turn of a subject; the end of this one lets go of it."""
    _ask("SELECT pg_advisory_xact_lock(%s)", key_of(*subject))


def take_turns_of(subject: str, keys: Iterable[int]) -> None:
    """As `take_turns`, of several of one kind (whole numbers) at once, always in their order. One query."""
    with connection.cursor() as cursor:
        cursor.execute(_TURNS, [subject, sorted(set(keys))])


def key_of(*subject: object) -> int:
    """The number by which PostgreSQL knows the lock of a subject."""
    return int.from_bytes(_digest(" ".join(map(str, subject)), 8), signed=True)


def be_present(worker_id: str) -> None:
    """Be known as a worker for as long as this session lasts. A machine that vanishes is missed after a minute."""
    for name, value in _KEPT_ALIVE.items():
        _ask("SELECT set_config(%s, %s, false)", name, value)
    _ask("SELECT pg_advisory_lock(%s, %s)", WORKERS, _signed(place_of(worker_id)))


def workers_present() -> set[int]:
    """The places (`place_of`) of all workers whose sessions last."""
    with connection.cursor() as cursor:
        cursor.execute(_PRESENT, [WORKERS])
        return {place for (place,) in cursor.fetchall()}


def place_of(worker_id: str) -> int:
    """The number under which a worker is present."""
    return int.from_bytes(_digest(worker_id, 4))


def _signed(place: int) -> int:
    return place - 2**32 if place >= 2**31 else place


def _digest(text: str, size: int) -> bytes:
    return hashlib.blake2b(text.encode(), digest_size=size).digest()


def _ask(statement: str, *values: int | str) -> Any:
    with connection.cursor() as cursor:
        cursor.execute(statement, values)
        return cursor.fetchone()[0]
