"""What a card of a product shows: public columns only."""

from collections.abc import Sequence
from typing import Any

from django.utils.translation import gettext as _

from disperin.attachments.in_rows import photo_columns, photo_url_of
from disperin.ui.addresses import addresses

COLUMNS = (
    "id", "number", "name", "brand", "forbidden_material", "establishment__name", "establishment__regency__name",
    *photo_columns(), *photo_columns("establishment__photo"),
)  # fmt: skip


def product_cards(rows: Sequence[dict[str, Any]]) -> list[dict[str, Any]]:
    """Cards for the template, from rows of COLUMNS; a product without a picture shows that of its maker."""
    page, cloth = addresses("industries:product-detail"), addresses("front:motif")
    return [_card(row, page(row["number"]), cloth(row["number"])) for row in rows]


def _card(row: dict[str, Any], url: str, cloth: str) -> dict[str, Any]:
    photo_url = photo_url_of(row) or photo_url_of(row, "establishment__photo")
    return {
        "id": row["id"],
        "number": row["number"],
        "name": row["name"],
        "url": url,
        "picture": photo_url or cloth,
        "picture_css": "photo" if photo_url else "photo photo-stand-in",
        "alt": row["name"] if photo_url else "",
        "maker": row["establishment__name"],
        "regency": row["establishment__regency__name"],
        "grade": "",  # filled by who knows the stars
        "not_halal": _("Not halal") if row["forbidden_material"] else "",
    }
