"""Regions as a Django app."""

from importlib import import_module

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class RegionsConfig(AppConfig):
    name = "disperin.regions"
    verbose_name = _("regions")

    def ready(self) -> None:
        """Once the models are there, their database can be asked whose it is."""
        import_module("disperin.regions.guard")
