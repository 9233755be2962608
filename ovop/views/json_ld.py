"""What search engines read of a star: schema.org in JSON-LD."""

from django.http import HttpRequest
from django.urls import reverse
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from disperin.ui.json_ld import linked_block
from industries.views.json_ld import product_said
from ovop import rules
from ovop.models import Award


def linked_data(request: HttpRequest, award: Award) -> SafeString:
    """The product, its maker and, while it stands, its star as a `<script type="application/ld+json">`. Public only."""
    said = product_said(request, award.product) | {
        "url": request.build_absolute_uri(reverse("ovop:award-detail", args=[award.number])),
        "image": request.build_absolute_uri(reverse("ovop:award-share", args=[award.number])),
    }
    if award.closed_on is None and award.shown_state in rules.STANDING:
        said["award"] = _("OVOP: %(grade)s, %(year)s") % {"grade": award.grade, "year": str(award.round.year)}
    return linked_block(said)
