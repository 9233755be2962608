"""What search engines read of a product: schema.org, public values only."""

from typing import Any

from django.http import HttpRequest
from django.urls import reverse

from industries.models import Product


def product_said(request: HttpRequest, product: Product) -> dict[str, Any]:
    """A product with its maker and where that works, in the words of schema.org."""
    maker = product.establishment
    said = {
        "@type": "Product",
        "name": product.name,
        "sku": product.number,
        "url": request.build_absolute_uri(reverse("industries:product-detail", args=[product.number])),
        "manufacturer": {
            "@type": "Organization",
            "name": maker.name,
            "url": request.build_absolute_uri(reverse("industries:establishment-detail", args=[maker.number])),
            "address": {
                "@type": "PostalAddress",
                "addressLocality": maker.village.name,
                "addressRegion": maker.regency.name,
                "addressCountry": "ID",
            },
        },
    }
    if product.brand:
        said["brand"] = {"@type": "Brand", "name": product.brand}
    if description := product.description_id or product.description_en:
        said["description"] = description
    return said
