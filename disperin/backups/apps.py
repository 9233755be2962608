"""Backups as a Django app, for its management commands."""

from django.apps import AppConfig


class BackupsConfig(AppConfig):
    name = "disperin.backups"
    verbose_name = "backups"
