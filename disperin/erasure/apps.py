"""Erasure as a Django app: without tables, with a verb of its own."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class ErasureConfig(AppConfig):
    name = "disperin.erasure"
    verbose_name = _("erasure")
