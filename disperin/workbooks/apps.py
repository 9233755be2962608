"""The app of files in and out."""

from django.apps import AppConfig


class WorkbooksConfig(AppConfig):
    name = "disperin.workbooks"
    verbose_name = "workbooks"
