"""Keeps the halal spans of products and their counts true: called with each record stored, in its transaction."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from io import StringIO

from django.db import connection, transaction

from disperin.registers.record import directory
from disperin.registers.record.moved_last import Kind, Order, Rows
from industries import rules
from industries.actions.halal_makers import count_halal_makers, makers_moved, move_makers
from industries.models import Establishment, HalalCertification, HalalCover, HalalSpan, Product
from industries.models.halal_maker import Span
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


def keep_up_establishments(establishments: Iterable[Establishment], *, are_new: bool = False) -> None:
    """After establishments were stored: their products may be other ones, of another category, scale or place.

    `are_new`: they were made in this transaction, so that nobody has certified or counted anything of them.
    """
    makers = {establishment.pk for establishment in establishments}
    products = Product.objects.filter(establishment__in=makers)
    if are_new:
        if spans := _spans_of(products, {}):
            _replace({}, spans)
            move_makers([], spans)
    else:
        _keep_up(makers, products, are_all=True)


def keep_up_certifications(certifications: Iterable[HalalCertification], *, are_new: bool = False) -> None:
    """After certifications were stored: the products that they cover, or covered, may be covered otherwise.

    That a certification is new changes nothing: its products may have others.
    """
    products = Product.objects.filter(halal_covers__certification__in=certifications).distinct()
    _keep_up(products.order_by().values_list("establishment", flat=True), products, are_all=False)


def makers_of_establishments(establishments: Iterable[Establishment]) -> set[int]:
    """The makers (primary keys) whose spans may change with these."""
    return {establishment.pk for establishment in establishments}


def makers_of_certifications(certifications: Iterable[HalalCertification]) -> set[int]:
    """As `makers_of_establishments`: the makers of what these cover, or covered."""
    products = Product.objects.filter(halal_covers__certification__in=certifications)
    return set(products.values_list("establishment", flat=True))


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
            spans = _spans_of(Product.objects.filter(pk__in=keys), _certificates_of(keys))
            rows = "".join("\t".join(_NULL if value is None else str(value) for value in span) + "\n" for span in spans)
            cursor.copy_expert(_COPY, StringIO(rows))
            counts += _counted(spans)
            last, number = keys[-1], number + len(keys)
    _PRODUCTS.move(counts)
    count_halal_makers()
    return number


@transaction.atomic(savepoint=False)
def _keep_up(makers: Iterable[int], products: ProductQuerySet, *, are_all: bool) -> None:
    """Verbs that concern one maker (a primary key) come here one after the other: the later sees what was stored.

    `are_all`: these are all the products of the makers.
    """
    makers = set(makers)
    directory.in_turn(makers)
    if keys := list(products.values_list("pk", flat=True)):
        _store(keys, makers, are_all=are_all)


def _store(keys: Sequence[int], makers: Iterable[int], *, are_all: bool) -> None:
    """Let the spans of products of these keys, of these makers, be what they should be, and the counts with them."""
    stored = {tuple(row[1:]): row[0] for row in HalalSpan.objects.filter(product__in=keys).values_list("pk", *_FACTS)}
    wanted = _spans_of(Product.objects.filter(pk__in=keys), _certificates_of(keys))
    if stored.keys() == set(wanted):
        return
    if are_all:
        _replace(stored, wanted)
        move_makers(stored, wanted)
    else:
        with makers_moved(makers):
            _replace(stored, wanted)


def _replace(stored: Mapping[Span, int], wanted: Sequence[Span]) -> None:
    """Let spans that are stored (with their keys) make way for those that are wanted; the counts move with them."""
    kept = set(wanted)
    gone = [facts for facts in stored if facts not in kept]
    new = [facts for facts in wanted if facts not in stored]
    if gone:
        HalalSpan.objects.filter(pk__in=[stored[facts] for facts in gone]).delete()
    HalalSpan.objects.bulk_create(HalalSpan(**dict(zip(_FACTS, facts, strict=True))) for facts in new)
    moved = _counted(new)
    moved.subtract(_counted(gone))
    _PRODUCTS.move(moved)


def _certificates_of(keys: Sequence[int]) -> dict[int, list[HalalCertification]]:
    """The standing certifications that cover these products, by the product's key."""
    certificates = defaultdict(list)
    for cover in HalalCover.objects.standing().filter(product__in=keys).select_related("certification"):
        certificates[cover.product_id].append(cover.certification)
    return certificates


def _spans_of(products: ProductQuerySet, certificates: Mapping[int, Sequence[HalalCertification]]) -> list[Span]:
    """The spans that these products should have by the register; none for those not made."""
    return [
        (*product[:4], rules.halal_class(product), product[4], *span)
        for product in products.made().order_by("pk").values_list(*_OF_PRODUCT, *_OF_CLASS, named=True)
        for span in rules.cover_spans(certificates.get(product.pk, ()))
    ]


def _counted(spans: Iterable[Span]) -> Counter[tuple[str, ...]]:
    """How many of the spans have no end, by what HalalCount counts."""
    return Counter(
        (regency, district, cover, category, scale)
        for _product, _maker, regency, district, category, scale, cover, _since, until in spans
        if until is None
    )


def _shifted(rows: Rows) -> Iterator[Order]:
    for of, number in rows:
        yield _SHIFT, (*of, number)


_PRODUCTS = Kind(1, _shifted)
