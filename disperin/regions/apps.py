"""Regions as a Django app."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class RegionsConfig(AppConfig):
    name = "disperin.regions"
    verbose_name = _("regions")
