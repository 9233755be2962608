"""Quarter closes as a Django app."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class ClosesConfig(AppConfig):
    name = "disperin.closes"
    verbose_name = _("quarter closes")
