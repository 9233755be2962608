"""News of the office as a Django app."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class NewsConfig(AppConfig):
    name = "disperin.news"
    verbose_name = _("news of the office")
