"""Attachments as a Django app."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class AttachmentsConfig(AppConfig):
    name = "disperin.attachments"
    verbose_name = _("attachments")
