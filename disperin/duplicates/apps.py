"""Duplicates as a Django app: without tables, with verbs of its own."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class DuplicatesConfig(AppConfig):
    name = "disperin.duplicates"
    verbose_name = _("duplicates")
