"""The tables of people with an account, as a Django app: it hears what is stored in any register."""

from importlib import import_module

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class MyDataConfig(AppConfig):
    name = "disperin.mydata"
    verbose_name = _("my data")

    def ready(self) -> None:
        import_module("disperin.mydata.ending_tasks")
