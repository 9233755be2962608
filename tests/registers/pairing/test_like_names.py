"""Names counted in memory are found like PostgreSQL finds them, whatever the names are."""

import random

import pytest
from django.db import connection

from disperin.registers.pairing.like_names import LikeNames

WORDS = ("Anyaman", "Purun", "Galuh", "Kasturi", "Rumah", "Amuntai", "Ikan", "Iwak", "Élok", "UD", "U.D.", "a")
_AS_POSTGRESQL = """
    SELECT array(
        SELECT key FROM unnest(%s) WITH ORDINALITY AS named (name, key)
        WHERE similarity(name, asked) >= %s AND key IS DISTINCT FROM %s
        ORDER BY similarity(name, asked) DESC, key LIMIT 5
    ) FROM (VALUES (%s)) AS given (asked)
"""


@pytest.mark.django_db
def test_the_names_that_postgresql_finds_alike_are_found_in_its_order_by_counting():
    chance = random.Random(5)  # noqa: S311 -- dice
    names = [" ".join(chance.choices(WORDS, k=chance.randrange(1, 5))) for _name in range(300)]
    names += ["", "..", *(f"Anyaman Purun {at}" for at in range(20)), *["Sasirangan"] * 9]
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT show_trgm(name) FROM unnest(%s) WITH ORDINALITY AS named (name, key) ORDER BY key", [names]
        )
        told = [(key, trigrams) for key, (trigrams,) in enumerate(cursor.fetchall(), start=1)]
        counted, found = LikeNames(told), 0
        for least in (0.5, 0.6, 0.9):
            for key, trigrams in told[::3]:
                besides = key if key % 2 else None
                cursor.execute(_AS_POSTGRESQL, [names, least, besides, names[key - 1]])
                (expected,) = cursor.fetchone()
                assert counted.like(trigrams, least=least, most=5, besides=besides) == expected, names[key - 1]
                found += len(expected)
    assert found > 500


def test_nothing_is_like_a_name_that_shares_no_part_with_any():
    assert LikeNames([]).like(["  a", " an"], least=0.6, most=5) == []
    assert LikeNames([(7, ["  x"])]).like(["  a"], least=0.6, most=5) == []
