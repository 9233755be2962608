"""The handbook as a Django app."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class HandbookConfig(AppConfig):
    name = "disperin.handbook"
    verbose_name = _("handbook")
