"""The words of each register: a misspelled search is likened to some thousand words, not to a million records."""

import re
from collections import defaultdict
from collections.abc import Collection, Iterator
from difflib import SequenceMatcher
from typing import TypeVar

from django.db import connection
from django.db.models import Model, QuerySet

from disperin.registers.record.models import KnownWord, Record
from disperin.registers.record.moved_last import Kind, Order, Rows

SHORTEST = 3  # letters; shorter words have too few trigrams to be alike
MOST_ALIKE = 3
_ALIKE = 0.8  # share of the letters, in their order, that two spellings of one word have in common
_WORD = re.compile(r"[^\W_]{3,60}")
_REMEMBER = """
    INSERT INTO registers_knownword (register, word) SELECT * FROM unnest(%s::text[], %s::text[]) ON CONFLICT DO NOTHING
"""
_REMEMBER_ALL = """
    INSERT INTO registers_knownword (register, word)
    SELECT DISTINCT %s, word FROM {table}, regexp_split_to_table(search_text, '[^[:alnum:]]+') AS word
    WHERE length(word) BETWEEN 3 AND 60
    ON CONFLICT DO NOTHING
"""
_IN_SIGHT = 0.3  # of 1: share of common trigrams from which on letters are compared at all
# The threshold is said, as in the search for duplicates: what a transaction asked before leaves its own behind.
_SPELLED_LIKE = """
    SELECT set_config('pg_trgm.similarity_threshold', %s, true);
    SELECT asked.word, known.word
    FROM unnest(%s::text[]) AS asked (word) JOIN registers_knownword AS known ON known.word %% asked.word
    WHERE known.register = ANY(%s)
"""

Held = TypeVar("Held", bound=Model)


def remember(slug: str, text: str) -> None:
    """Add the words of a record's public text. A word that later stands nowhere does no harm: it finds nothing."""
    _WORDS.move({(slug, word): 1 for word in _WORD.findall(text.lower())})


def _added(rows: Rows) -> Iterator[Order]:
    yield _REMEMBER, [*map(list, zip(*(word for word, _times in rows), strict=True))]


_WORDS = Kind(0, _added)


def forget(slug: str, model: type[Record], text: str) -> None:
    """Remove the words of a text that was erased, but those that stand in another record."""
    for word in set(_WORD.findall(text.lower())):
        if not holding(model.objects.all(), word).exists():
            KnownWord.objects.filter(register=slug, word=word).delete()


def remember_all(slug: str, model: type[Record]) -> None:
    """Add the words of every record, for rows that were loaded in bulk (benchmark)."""
    with connection.cursor() as cursor:
        cursor.execute(_REMEMBER_ALL.format(table=connection.ops.quote_name(model._meta.db_table)), [slug])


def holding(queryset: QuerySet[Held], text: str, column: str = "search_text") -> QuerySet[Held]:
    """Rows whose `column`, a text in lower case, holds every word of `text`, in any place."""
    for word in text.lower().split():
        queryset = queryset.filter(**{f"{column}__contains": word})
    return queryset


def spellings(slugs: Collection[str], words: Collection[str]) -> dict[str, list[str]]:
    """What each word may be meant for among those known of some registers, the likest first; a known one is itself.

    A word that is like none is not in the answer. One query.
    """
    if not words:
        return {}
    with connection.cursor() as cursor:
        cursor.execute(_SPELLED_LIKE, [str(_IN_SIGHT), list(words), list(slugs)])
        candidates = defaultdict(set)
        for asked, known in cursor.fetchall():
            candidates[asked].add((_likeness(asked, known), known))
    return {word: likest for word, some in candidates.items() if (likest := _likest(word, some))}


def _likeness(asked: str, known: str) -> float:
    return SequenceMatcher(None, asked, known).ratio()


def _likest(word: str, candidates: set[tuple[float, str]]) -> list[str]:
    if (1.0, word) in candidates:
        return [word]
    return [known for likeness, known in sorted(candidates, reverse=True) if likeness >= _ALIKE][:MOST_ALIKE]
