"""The indexes that searches for a part of a text, for a like one, and for words share."""

from django.contrib.postgres.indexes import GinIndex, OpClass
from django.contrib.postgres.search import SearchVector
from django.db.models import Func

PENDING = 256  # kB


def search_index(text: str | Func, *, name: str) -> GinIndex:
    """A trigram index of `text`, a field or an expression.

    What is new first waits in a list that each search reads as well, and is written many rows at a time. A short list
    costs a search a quarter of a millisecond. Without one, rows went into these indexes eight times slower; with one
    of PostgreSQL's own length (4 MB) a look-up after a batch took 190 ms (docs/speed.md).
    """
    return GinIndex(OpClass(text, name="gin_trgm_ops"), name=name, fastupdate=True, gin_pending_list_limit=PENDING)


def word_index(column: str, *, name: str) -> GinIndex:
    """An index of the words of a text, as `registers/lists/whole_words.py` asks for them."""
    return GinIndex(SearchVector(column, config="simple"), name=name, gin_pending_list_limit=PENDING)
