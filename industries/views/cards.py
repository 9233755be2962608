"""What a card of a maker shows: public columns only, products and photos of a whole page in one more query."""

from collections.abc import Callable, Collection, Sequence
from typing import Any

from django.utils.translation import ngettext

from disperin.attachments.in_rows import photo_columns, photo_url_of
from disperin.ui.addresses import addresses
from industries import rules
from industries.models import Product

PRODUCTS_NAMED = 3
COLUMNS = (
    "number",
    "name",
    "branch",
    "industry_scale",
    "activity",
    "regency__name",
    "district__name",
    "village__name",
    "cluster__name",
    *photo_columns(),
)


def cards(rows: Sequence[dict[str, Any]]) -> list[dict[str, Any]]:
    """Cards for the template, from rows of COLUMNS and the id."""
    products = _products_of([row["id"] for row in rows])
    page, cloth = addresses("industries:establishment-detail"), addresses("front:motif")
    return [_card(row, products.get(row["id"], []), page, cloth) for row in rows]


def _card(
    row: dict[str, Any], products: Sequence[dict[str, Any]], page: Callable[[Any], str], cloth: Callable[[Any], str]
) -> dict[str, Any]:
    photo_url = photo_url_of(row) or next(filter(None, map(photo_url_of, products)), "")
    return {
        "number": row["number"],
        "name": row["name"],
        "url": page(row["number"]),
        "photo_url": photo_url,
        "picture": photo_url or cloth(row["number"]),
        "picture_css": "photo" if photo_url else "photo photo-stand-in",
        "alt": row["name"] if photo_url else "",
        "products": _named(products),
        "place": f"{row['village__name']}, {row['district__name']}",
        "regency": row["regency__name"],
        "cluster": row["cluster__name"] or "",
        "cluster_css": "" if row["cluster__name"] else "d-none",
        "branch": rules.Branch(row["branch"]).label,
        "scale": rules.IndustryScale(row["industry_scale"]).label if row["industry_scale"] != "belum" else "",
        "activity": rules.Activity(row["activity"]).label if row["activity"] != rules.Activity.ACTIVE else "",
    }


def _named(products: Sequence[dict[str, Any]]) -> str:
    text, more = ", ".join(product["name"] for product in products[:PRODUCTS_NAMED]), len(products) - PRODUCTS_NAMED
    if more <= 0:
        return text
    return f"{text} {ngettext('and %(more)s more', 'and %(more)s more', more) % {'more': more}}"


def _products_of(establishments: Collection[int]) -> dict[int, list[dict[str, Any]]]:
    by_maker: dict[int, list[dict[str, Any]]] = {}
    if establishments:
        columns = ("establishment_id", "name", *photo_columns())
        products = Product.objects.filter(establishment__in=establishments, closed_on=None, active=True)
        for product in products.order_by("establishment_id", "position", "id").values(*columns):
            by_maker.setdefault(product["establishment_id"], []).append(product)
    return by_maker
