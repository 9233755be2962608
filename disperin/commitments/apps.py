"""Forums and commitments as a Django app."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class CommitmentsConfig(AppConfig):
    name = "disperin.commitments"
    verbose_name = _("forums and commitments")
