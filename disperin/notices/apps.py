"""Notices as a Django app."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class NoticesConfig(AppConfig):
    name = "disperin.notices"
    verbose_name = _("notices")
