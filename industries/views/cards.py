"""What a card of a maker shows: public columns only, products and photos of a whole page in one more query."""

from django.urls import reverse

from disperin.attachments.models import Attachment
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
    "photo_id",
    "photo__content_hash",
    "photo__content_type",
    "photo__published_at",
    "verified_at",
)  # fmt: skip
_PHOTO = ("content_hash", "content_type", "published_at")
WIDTH = 480  # pixels; photos are kept at 480, 960 and 2048


def cards(rows):
    """Cards for the template, from rows of COLUMNS and the id."""
    products = _products_of([row["id"] for row in rows])
    return [_card(row, products.get(row["id"], [])) for row in rows]


def photo_of(row, prefix="photo"):
    """The published picture in a row of columns as an Attachment without its row, or None."""
    if not row[f"{prefix}_id"]:
        return None
    photo = Attachment(id=row[f"{prefix}_id"], **{name: row[f"{prefix}__{name}"] for name in _PHOTO})
    return photo if photo.photo_url(WIDTH) else None


def _card(row, products):
    photo = photo_of(row) or next(filter(None, map(photo_of, products)), None)
    return {
        "number": row["number"],
        "name": row["name"],
        "url": reverse("industries:establishment-detail", args=[row["number"]]),
        "products": [product["name"] for product in products[:PRODUCTS_NAMED]],
        "more_products": max(0, len(products) - PRODUCTS_NAMED),
        "place": (row["village__name"], row["district__name"]),
        "regency": row["regency__name"],
        "branch": rules.Branch(row["branch"]).label,
        "scale": rules.IndustryScale(row["industry_scale"]).label if row["industry_scale"] != "belum" else "",
        "cluster": row["cluster__name"],
        "activity": rules.Activity(row["activity"]).label if row["activity"] != rules.Activity.ACTIVE else "",
        "photo_url": photo.photo_url(WIDTH) if photo else "",
        "verified_at": row["verified_at"],
    }


def _products_of(establishments):
    found = {}
    if establishments:
        columns = ("establishment_id", "name", "photo_id", *(f"photo__{name}" for name in _PHOTO))
        products = Product.objects.filter(establishment__in=establishments, closed_on=None, active=True)
        for product in products.order_by("establishment_id", "position", "id").values(*columns):
            found.setdefault(product["establishment_id"], []).append(product)
    return found
