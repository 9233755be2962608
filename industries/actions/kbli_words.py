"""Learns from verified products what people call the goods of a class of KBLI."""

from collections.abc import Iterator

from django.db import transaction
from django.db.models import Count
from django.db.models.functions import Lower

from disperin.registers.record import revisions
from disperin.registers.record.models import Origin
from industries.models import KbliWord, Product
from industries.models.kbli_word import LONGEST, key_of

LEAST_MAKERS = 2  # who say the same: one may err, and a name that only one maker uses may be a person's
MOST_LEARNT = 5_000  # names, the commonest first: each worker keeps them in memory


@transaction.atomic
def learn_kbli_words() -> int:
    """Take the names that several makers give to products of the same class; gives how many names were new or went.

    Only verified records count. A name that the office keeps itself stays as it is, switched off or not.
    """
    kept = {*KbliWord.objects.filter(source=KbliWord.Source.KEPT).values_list("pk", flat=True)}
    words = {key: row for key, row in _said_by_makers() if key not in kept}
    learnt = KbliWord.objects.filter(source=KbliWord.Source.PRODUCTS)
    before = dict(learnt.values_list("pk", "makers"))
    changed = [row for key, row in words.items() if before.get(key) != row.makers]
    KbliWord.objects.bulk_create(
        changed, batch_size=1000, update_conflicts=True, unique_fields=["key"], update_fields=["makers"]
    )
    gone, _by_model = learnt.filter(in_use=True).exclude(pk__in=words).delete()
    if changed or gone:
        revisions.raise_revision(revisions.REFERENCE, less=False)
    return len(words.keys() - before.keys()) + gone


def _said_by_makers() -> Iterator[tuple[str, KbliWord]]:
    """`(key, KbliWord)` of what the makers of the register say, in one query."""
    said = (
        Product.objects.made()
        .filter(establishment__hidden=False, establishment__origin=Origin.VERIFIED, kbli__isnull=False)
        .annotate(phrase=Lower("name"))
        .values("phrase", "kbli")
        .annotate(makers=Count("establishment", distinct=True))
        .filter(makers__gte=LEAST_MAKERS)
        .order_by("-makers", "phrase", "kbli")
        .values_list("phrase", "kbli", "makers")[:MOST_LEARNT]
    )
    for phrase, kbli, makers in said:
        if len(phrase) > LONGEST:  # small letters can be more than capitals
            continue
        key = key_of(kbli, phrase)
        yield key, KbliWord(key=key, phrase=phrase, kbli_id=kbli, source=KbliWord.Source.PRODUCTS, makers=makers)
