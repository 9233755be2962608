"""The overview as a Django app: finds every app's `agenda.py`, as the admin finds `admin.py`."""

from django.apps import AppConfig
from django.utils.module_loading import autodiscover_modules
from django.utils.translation import gettext_lazy as _


class OverviewConfig(AppConfig):
    name = "disperin.overview"
    verbose_name = _("overview")

    def ready(self) -> None:
        autodiscover_modules("agenda")
