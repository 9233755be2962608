"""Permanent numbers such as IKM-9901-000123: no gap and no double among committed records, also under concurrency."""

import re
from collections.abc import Callable, Iterable, Mapping
from operator import attrgetter
from typing import Any

from django.db import connection

NUMBER = re.compile(r"([A-Z]{2,8})-[0-9]{4}-[0-9]{6,9}")  # of a record, a submission, a batch: the letters say which
_NEXT = """
    INSERT INTO registers_counter (prefix, regency_id, last) VALUES {0}
    ON CONFLICT (prefix, regency_id) DO UPDATE SET last = registers_counter.last + EXCLUDED.last
    RETURNING prefix, regency_id, last
"""


def take(prefix: str, regency_id: str, count: int = 1) -> list[str]:
    """The next `count` numbers as texts. Call it last: the counter's row stays locked until the transaction ends."""
    (numbers,) = _taken({(prefix, regency_id): count}).values()
    return numbers


def give(prefix: str, rows: Iterable[Any], regency_of: Callable[[Any], str] = attrgetter("regency_id")) -> None:
    """A number to each of these rows, in their order; the regencies in theirs, as every verb takes them."""
    give_each((prefix, regency_of(row), row) for row in rows)


def give_each(rows: Iterable[tuple[str, str, Any]]) -> None:
    """As `give`, to each `(prefix, regency, row)`: prefixes in the order in which they come. One query."""
    groups: dict[str, dict[str, list[Any]]] = {}
    for prefix, regency, row in rows:
        groups.setdefault(prefix, {}).setdefault(regency, []).append(row)
    wanted = {(prefix, regency): some for prefix, of in groups.items() for regency, some in sorted(of.items())}
    for place, numbers in _taken({place: len(some) for place, some in wanted.items()}).items():
        for row, number in zip(wanted[place], numbers, strict=True):
            row.number = number


def _taken(wanted: Mapping[tuple[str, str], int]) -> dict[tuple[str, str], list[str]]:
    """The next so many numbers of each (prefix, regency); counters are held in the order given."""
    if not wanted:
        return {}
    rows = [value for (prefix, regency), count in wanted.items() for value in (prefix, regency, count)]
    with connection.cursor() as cursor:
        cursor.execute(_NEXT.format(", ".join(["(%s, %s, %s)"] * len(wanted))), rows)
        last = {(prefix, regency): at for prefix, regency, at in cursor.fetchall()}
    return {
        (prefix, regency): [
            f"{prefix}-{regency.replace('.', '')}-{number:06d}"
            for number in range(last[prefix, regency] - count + 1, last[prefix, regency] + 1)
        ]
        for (prefix, regency), count in wanted.items()
    }
