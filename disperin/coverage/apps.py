"""Lists of other offices as a Django app: it says how their rows are judged."""

from importlib import import_module

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class CoverageConfig(AppConfig):
    name = "disperin.coverage"
    verbose_name = _("lists of other offices")

    def ready(self) -> None:
        import_module("disperin.coverage.jobs")
