"""What search engines read of a star: schema.org in JSON-LD."""

from django.http import HttpRequest
from django.urls import reverse
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from disperin.ui.json_ld import linked_block
from ovop import rules
from ovop.models import Award


def linked_data(request: HttpRequest, award: Award) -> SafeString:
    """The product, its maker and, while it stands, its star as a `<script type="application/ld+json">`. Public only."""
    product, maker = award.product, award.establishment
    url = request.build_absolute_uri(reverse("ovop:award-detail", args=[award.number]))
    said = {
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
    return linked_block(said)
