"""Quarterly reports as a Django app."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class ReportsConfig(AppConfig):
    name = "disperin.reports"
    verbose_name = _("quarterly reports")
