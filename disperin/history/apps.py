"""History as a Django app: finds every app's `deeds.py`, as the admin finds `admin.py`."""

from django.apps import AppConfig
from django.utils.module_loading import autodiscover_modules
from django.utils.translation import gettext_lazy as _


class HistoryConfig(AppConfig):
    name = "disperin.history"
    verbose_name = _("history")

    def ready(self) -> None:
        autodiscover_modules("deeds")
