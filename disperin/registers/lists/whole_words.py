"""Rows by whole words, several at once: an index of words costs with the rarest of them.

An index of parts of words (trigrams) costs with all of them, so that two common words take long in a large register.
"""

import re
from collections.abc import Collection, Iterable

from django.contrib.postgres.search import SearchQuery, SearchVector, SearchVectorExact

from disperin.registers.lists.understood import Term

WORDS = "simple"  # the configuration of PostgreSQL that takes words as they are
_WORD = re.compile(r"[a-z0-9]+")  # of which PostgreSQL makes one word too, in whatever locale


def holds_words(column: str, terms: Iterable[Term]) -> SearchVectorExact:
    """The condition that a column holds, for each of these terms, all words of one of its texts."""
    said = " & ".join(f"({' | '.join(_all_of(text) for text in term.says)})" for term in terms)
    return SearchVectorExact(SearchVector(column, config=WORDS), SearchQuery(said, config=WORDS, search_type="raw"))


def may_be_whole(terms: Collection[Term]) -> bool:
    """Whether it is worth to look for these as whole words first: several things, of plain letters and digits.

    One thing by itself is quickest found among parts of words: either many rows hold it, or its parts are rare.
    """
    things = [term for term in terms if not term.places]
    words = (word for term in things for text in term.says for word in text.split())
    return len(things) > 1 and all(_WORD.fullmatch(word) for word in words)


def _all_of(text: str) -> str:
    return "(" + " & ".join(f"'{word}'" for word in text.split()) + ")"
