"""Letters that ask for data as a Django app."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class LettersConfig(AppConfig):
    name = "disperin.letters"
    verbose_name = _("letters that ask for data")
