"""Planning as a Django app."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class PlanningConfig(AppConfig):
    name = "disperin.planning"
    verbose_name = _("planning")
