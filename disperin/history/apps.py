"""History as a Django app."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class HistoryConfig(AppConfig):
    name = "disperin.history"
    verbose_name = _("history")
