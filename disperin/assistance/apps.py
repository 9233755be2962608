"""Assistance as a Django app."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class AssistanceConfig(AppConfig):
    name = "disperin.assistance"
    verbose_name = _("assistance")
