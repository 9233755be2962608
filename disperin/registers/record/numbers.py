"""Permanent numbers such as IKM-9901-000123: no gap and no double among committed records, also under concurrency."""

import re
from collections import defaultdict
from collections.abc import Callable, Iterable
from operator import attrgetter
from typing import Any

from django.db import connection

NUMBER = re.compile(r"([A-Z]{2,8})-[0-9]{4}-[0-9]{6,9}")  # of a record, a submission, a batch: the letters say which
_NEXT = """
    INSERT INTO registers_counter (prefix, regency_id, last) VALUES (%s, %s, %s)
    ON CONFLICT (prefix, regency_id) DO UPDATE SET last = registers_counter.last + EXCLUDED.last
    RETURNING last
"""


def take(prefix: str, regency_id: str, count: int = 1) -> list[str]:
    """The next `count` numbers as texts. Call it last: the counter's row stays locked until the transaction ends."""
    with connection.cursor() as cursor:
        cursor.execute(_NEXT, [prefix, regency_id, count])
        (last,) = cursor.fetchone()
    place = regency_id.replace(".", "")
    return [f"{prefix}-{place}-{number:06d}" for number in range(last - count + 1, last + 1)]


def give(prefix: str, rows: Iterable[Any], regency_of: Callable[[Any], str] = attrgetter("regency_id")) -> None:
    """A number to each of these rows, in their order; the regencies in theirs, as every verb takes them."""
    by_regency = defaultdict(list)
    for row in rows:
        by_regency[regency_of(row)].append(row)
    for regency, some in sorted(by_regency.items()):
        for row, number in zip(some, take(prefix, regency, len(some)), strict=True):
            row.number = number
