"""What search engines read of a star: schema.org in JSON-LD, a data block that no browser runs."""

import json

from django.urls import reverse
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _

from ovop import rules

_ESCAPED = {ord(">"): "\\u003E", ord("<"): "\\u003C", ord("&"): "\\u0026"}  # so that no text can end the block


def linked_data(request, award) -> SafeString:
    """The product, its maker and, while it stands, its star as a `<script type="application/ld+json">`. Public only."""
    product, maker = award.product, award.establishment
    url = request.build_absolute_uri(reverse("ovop:award-detail", args=[award.number]))
    said = {
        "@context": "https://schema.org",
        "@type": "Product",
        "name": product.name,
        "url": url,
        "image": request.build_absolute_uri(reverse("ovop:award-share", args=[award.number])),
        "manufacturer": {
            "@type": "Organization",
            "name": maker.name,
            "url": request.build_absolute_uri(reverse("industries:establishment-detail", args=[maker.number])),
            "address": {
                "@type": "PostalAddress",
                "addressLocality": maker.village.name,
                "addressRegion": award.regency.name,
                "addressCountry": "ID",
            },
        },
    }
    if product.brand:
        said["brand"] = {"@type": "Brand", "name": product.brand}
    if description := product.description_id or product.description_en:
        said["description"] = description
    if award.closed_on is None and award.shown_state in rules.STANDING:
        said["award"] = _("OVOP: %(grade)s, %(year)s") % {"grade": award.grade, "year": str(award.round.year)}
    block = json.dumps(said, ensure_ascii=False).translate(_ESCAPED)
    return mark_safe(f'<script type="application/ld+json">{block}</script>')  # noqa: S308 -- escaped just above
