"""Units of the office and the offices of the regencies as a Django app."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class UnitsConfig(AppConfig):
    name = "disperin.units"
    verbose_name = _("units of the office and offices of the regencies")
