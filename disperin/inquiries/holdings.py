"""What somebody has in hand here: the inquiries that they took."""

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from disperin.accounts import holdings
from disperin.inquiries import actions
from disperin.inquiries.models import Inquiry

holdings.add(
    _("Inquiries being handled"),
    of=lambda user: Inquiry.objects.open().filter(handled_by=user),
    url=lambda inquiry: reverse("inquiries:detail", args=[inquiry.number]),
    hand_on=actions.hand_on_inquiries,
)
