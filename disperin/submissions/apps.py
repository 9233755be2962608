"""Submissions as a Django app."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class SubmissionsConfig(AppConfig):
    name = "disperin.submissions"
    verbose_name = _("submissions")
