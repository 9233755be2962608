"""Keeps the halal spans of products and their counts true: called with each record stored, in its transaction."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from io import StringIO
from typing import Any

from django.db import connection, transaction

from industries import rules
from industries.actions.halal_makers import count_halal_makers, makers_moved
from industries.models import Establishment, HalalCertification, HalalCover, HalalSpan, Product
from industries.models.standing import ProductQuerySet

AT_ONCE = 5_000  # products that are counted anew at a time
_FACTS = ("product_id", "establishment_id", "regency_id", "district_id", "category", "scale", "cover", "since", "until")
_OF_PRODUCT = (
    "pk", "establishment_id", "establishment__regency_id", "establishment__district_id",
    "establishment__business_scale",
)  # fmt: skip
_OF_CLASS = ("halal_category", "animal_origin", "goes_with_food", "risk_class", "forbidden_material")
_NULL = "\\N"
_COPY = f"COPY industries_halalspan ({', '.join(_FACTS)}) FROM STDIN"
_SHIFT = """
    INSERT INTO industries_halalcount (regency_id, district_id, cover, category, scale, number)
    VALUES (%s, %s, %s, %s, %s, %s)
    ON CONFLICT (regency_id, district_id, cover, category, scale)
    DO UPDATE SET number = industries_halalcount.number + EXCLUDED.number
"""


def keep_up_establishments(establishments: Iterable[Establishment]) -> None:
    """After establishments were stored: their products may be other ones, of another category, scale or place."""
    makers = {establishment.pk for establishment in establishments}
    _keep_up(makers, Product.objects.filter(establishment__in=makers), are_all=True)


def keep_up_certifications(certifications: Iterable[HalalCertification]) -> None:
    """After certifications were stored: the products that they cover, or covered, may be covered otherwise."""
    products = Product.objects.filter(halal_covers__certification__in=certifications).distinct()
    _keep_up(products.order_by().values_list("establishment", flat=True), products, are_all=False)


@transaction.atomic
def recount_halal() -> int:
    """Write all spans and counts anew, for rows that were loaded past the verbs; gives the number of products."""
    products = Product.objects.order_by("pk").values_list("pk", flat=True)
    counts: Counter[tuple[str, ...]] = Counter()
    last, number = 0, 0
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")  # rows that wait for their check cannot be emptied away
        cursor.execute("TRUNCATE industries_halalspan, industries_halalcount")
        while keys := list(products.filter(pk__gt=last)[:AT_ONCE]):
            spans = _spans_of(keys)
            rows = "".join("\t".join(_NULL if value is None else str(value) for value in span) + "\n" for span in spans)
            cursor.copy_expert(_COPY, StringIO(rows))
            counts += _counted(spans)
            last, number = keys[-1], number + len(keys)
    _shift(counts)
    count_halal_makers()
    return number


@transaction.atomic(savepoint=False)
def _keep_up(makers: Iterable[int], products: ProductQuerySet, *, are_all: bool) -> None:
    """Verbs that concern one maker (a primary key) come here one after the other: the later sees what was stored.

    `are_all`: these are all the products of the makers.
    """
    makers = sorted(set(makers))
    with connection.cursor() as cursor:
        # not the maker's row: who changes that holds it already, and may wait for a number that we have drawn
        cursor.execute(
            "SELECT pg_advisory_xact_lock(hashtextextended('halal spans', maker)) FROM unnest(%s::bigint[]) AS maker",
            [makers],
        )
    if keys := list(products.values_list("pk", flat=True)):
        _store(keys, makers, are_all=are_all)


def _store(keys: Sequence[int], makers: Sequence[int], *, are_all: bool) -> None:
    """Let the spans of products of these keys, of these makers, be what they should be, and the counts with them."""
    stored = {tuple(row[1:]): row[0] for row in HalalSpan.objects.filter(product__in=keys).values_list("pk", *_FACTS)}
    wanted = dict.fromkeys(_spans_of(keys))
    gone = [facts for facts in stored if facts not in wanted]
    new = [facts for facts in wanted if facts not in stored]
    if not gone and not new:
        return
    with makers_moved(makers, are_new=are_all and not stored):
        HalalSpan.objects.filter(pk__in=[stored[facts] for facts in gone]).delete()
        HalalSpan.objects.bulk_create(HalalSpan(**dict(zip(_FACTS, facts, strict=True))) for facts in new)
    moved = _counted(new)
    moved.subtract(_counted(gone))
    _shift(moved)


def _spans_of(keys: Sequence[int]) -> list[tuple[Any, ...]]:
    """The _FACTS of the spans that products of these keys should have by the register; none for those not made."""
    certificates = defaultdict(list)
    for cover in HalalCover.objects.standing().filter(product__in=keys).select_related("certification"):
        certificates[cover.product_id].append(cover.certification)
    products = Product.objects.made().filter(pk__in=keys).order_by("pk")
    return [
        (*product[:4], rules.halal_class(product), product[4], *span)
        for product in products.values_list(*_OF_PRODUCT, *_OF_CLASS, named=True)
        for span in rules.cover_spans(certificates[product.pk])
    ]


def _counted(spans: Iterable[tuple[Any, ...]]) -> Counter[tuple[str, ...]]:
    """How many of the spans have no end, by what HalalCount counts."""
    return Counter(
        (regency, district, cover, category, scale)
        for _product, _maker, regency, district, category, scale, cover, _since, until in spans
        if until is None
    )


def _shift(moved: Counter[tuple[str, ...]]) -> None:
    """Move the counts, always in the same order, so that two verbs never wait for each other."""
    rows: list[tuple[str | int, ...]] = [(*of, number) for of, number in sorted(moved.items()) if number]
    if rows:
        with connection.cursor() as cursor:
            cursor.executemany(_SHIFT, rows)
