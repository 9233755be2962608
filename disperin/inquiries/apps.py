"""Inquiries as a Django app."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class InquiriesConfig(AppConfig):
    name = "disperin.inquiries"
    verbose_name = _("inquiries")
