"""Counts words that visitors looked for in vain, so that the office learns what people call things.

Only words are counted, each by itself: no search as a whole, nothing with a digit or sign in it, nothing of who looked.
"""

import datetime
import re
from collections.abc import Iterable

from django.db import connection
from django.db.models import QuerySet
from django.utils import timezone

from disperin.search.models import LONGEST, Unfound

LEAST = 3  # times; what was looked for less often may be one person's matter, and is shown to nobody
MOST_WORDS = 2000  # of a month
MONTHS_KEPT = 12
_WORD = re.compile(r"[^\W\d_]{3,}(?:-[^\W\d_]{2,})*")
_COUNT = """
    INSERT INTO search_unfound (month, word, number)
    SELECT %(month)s, asked.word, 1 FROM unnest(%(words)s::text[]) AS asked (word)
    WHERE (SELECT count(*) FROM search_unfound WHERE month = %(month)s) < %(most)s
        OR asked.word IN (SELECT word FROM search_unfound WHERE month = %(month)s)
    ON CONFLICT (month, word) DO UPDATE SET number = search_unfound.number + 1
"""


def words_worth(texts: Iterable[str]) -> list[str]:
    """The words of these texts that may be counted: letters alone, so that no number or address is ever kept."""
    words = {word for text in texts for word in text.lower().split()}
    return sorted(word for word in words if len(word) <= LONGEST and _WORD.fullmatch(word))


def count(texts: Iterable[str]) -> None:
    """Count words that nothing was found for, this month. Beyond 2,000 words a month only known ones are counted."""
    if words := words_worth(texts):
        month = timezone.localdate().replace(day=1)
        with connection.cursor() as cursor:
            cursor.execute(_COUNT, {"month": month, "words": words, "most": MOST_WORDS})


def often() -> QuerySet[Unfound]:
    """Words that were looked for in vain often enough to be shown, by month, the newest first."""
    return Unfound.objects.filter(number__gte=LEAST).order_by("-month", "-number", "word")


def forget_old() -> int:
    """Remove what is older than a year, and of months that are over the words that hardly anybody looked for."""
    month = timezone.localdate().replace(day=1)
    oldest = month - datetime.timedelta(days=31 * MONTHS_KEPT)
    rare, _by_model = Unfound.objects.filter(month__lt=month, number__lt=LEAST).delete()
    old, _by_model = Unfound.objects.filter(month__lt=oldest).delete()
    return rare + old
