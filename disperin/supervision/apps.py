"""Supervision as a Django app."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class SupervisionConfig(AppConfig):
    name = "disperin.supervision"
    verbose_name = _("supervision")
