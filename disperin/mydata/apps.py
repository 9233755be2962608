"""The tables of people with an account, as a Django app."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class MyDataConfig(AppConfig):
    name = "disperin.mydata"
    verbose_name = _("my data")
