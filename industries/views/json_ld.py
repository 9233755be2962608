"""What search engines read of makers, products and clusters: schema.org in JSON-LD. Public fields only."""

from typing import Any

from django.http import HttpRequest
from django.urls import reverse
from django.utils.safestring import SafeString

from disperin.registers.models import Record
from disperin.ui.json_ld import coordinates, linked_block, postal_address
from industries import rules
from industries.models import Cluster, Establishment, Product


def maker_data(
    request: HttpRequest, maker: Establishment, products: list[Product], photo: dict[str, str] | None
) -> SafeString:
    """The maker as a business: its place, what it makes, and a contact where the owner has agreed."""
    said = {**_named(request, "LocalBusiness", maker), "address": _address(maker)}
    if photo:
        said["image"] = request.build_absolute_uri(photo["large"])
    if story := maker.story_id or maker.story_en:
        said["description"] = story
    if maker.founded_year:
        said["foundingDate"] = str(maker.founded_year)
    if maker.public_point == rules.PublicPoint.EXACT:
        said["geo"] = coordinates(maker.public_latitude, maker.public_longitude)
    contact = maker.public_contact or {}
    said |= {word: contact[name] for word, name in (("telephone", "phone"), ("email", "email")) if name in contact}
    if links := [*filter(None, [contact.get("website")]), *contact.get("marketplaces", ())]:
        said["sameAs"] = links
    if products:
        said["makesOffer"] = [
            {"@type": "Offer", "itemOffered": {"@type": "Product", "name": product.name}} for product in products
        ]
    return linked_block(said)


def cluster_data(request: HttpRequest, cluster: Cluster) -> SafeString:
    """The cluster as an organisation of its place."""
    said = {**_named(request, "Organization", cluster), "address": _address(cluster)}
    return linked_block(said | {"knowsAbout": cluster.commodity.name})


def product_said(request: HttpRequest, product: Product) -> dict[str, Any]:
    """A product with its maker and where that works, for whoever says more of it."""
    maker = product.establishment
    page = reverse("industries:product-detail", args=[product.number])
    said = {
        "@type": "Product",
        "name": product.name,
        "sku": product.number,
        "url": request.build_absolute_uri(page),
        "manufacturer": {**_named(request, "Organization", maker), "address": _address(maker)},
    }
    if product.brand:
        said["brand"] = {"@type": "Brand", "name": product.brand}
    if description := product.description_id or product.description_en:
        said["description"] = description
    return said


def _named(request: HttpRequest, kind: str, record: Record) -> dict[str, Any]:
    page = reverse(f"industries:{record._meta.model_name}-detail", args=[record.number])
    return {"@type": kind, "name": str(record), "identifier": record.number, "url": request.build_absolute_uri(page)}


def _address(record: Establishment | Cluster) -> dict[str, str]:
    return postal_address(record.regency.name, record.village.name)
