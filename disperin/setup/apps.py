"""Set-up as a Django app, for its management commands."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class SetupConfig(AppConfig):
    name = "disperin.setup"
    verbose_name = _("set-up")
