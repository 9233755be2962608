"""The words of each register: a misspelled search is likened to some thousand words, not to a million records."""

import re
from functools import reduce
from operator import or_
from typing import TypeVar

from django.contrib.postgres.search import TrigramSimilarity
from django.db import connection
from django.db.models import Model, Q, QuerySet

from disperin.registers.record.models import KnownWord, Record

SHORTEST = 3  # letters; shorter words have too few trigrams to be alike
MOST_ALIKE = 5
_WORD = re.compile(r"[^\W_]{3,60}")
_REMEMBER_ALL = """
    INSERT INTO registers_knownword (register, word)
    SELECT DISTINCT %s, word FROM {table}, regexp_split_to_table(search_text, '[^[:alnum:]]+') AS word
    WHERE length(word) BETWEEN 3 AND 60
    ON CONFLICT DO NOTHING
"""


Held = TypeVar("Held", bound=Model)


def remember(slug: str, text: str) -> None:
    """Add the words of a record's public text. A word that later stands nowhere does no harm: it finds nothing."""
    words = sorted(set(_WORD.findall(text.lower())))
    KnownWord.objects.bulk_create([KnownWord(register=slug, word=word) for word in words], ignore_conflicts=True)


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


def alike(slug: str, word: str) -> list[str]:
    """The known words that are spelled most like this one, the likest first; at most five."""
    found = KnownWord.objects.filter(register=slug, word__trigram_similar=word)
    likest = found.annotate(likeness=TrigramSimilarity("word", word)).order_by("-likeness", "word")
    return list(likest.values_list("word", flat=True)[:MOST_ALIKE])


def spellings(slug: str, text: str) -> list[list[str]]:
    """For each word of a text the known words that it may be meant for, the likest first; a short one is itself."""
    return [alike(slug, word) if len(word) >= SHORTEST else [word] for word in text.lower().split()]


def holding_any(queryset: QuerySet[Held], words: list[list[str]], column: str = "search_text") -> QuerySet[Held]:
    """Rows whose `column` holds one of each of these `spellings`, in any place; none where a word has none."""
    for some in words:
        found = [Q(**{f"{column}__contains": one}) for one in some]
        queryset = queryset.filter(reduce(or_, found)) if found else queryset.none()
    return queryset
