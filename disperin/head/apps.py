"""The head's page as a Django app."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class HeadConfig(AppConfig):
    name = "disperin.head"
    verbose_name = _("head of office")
