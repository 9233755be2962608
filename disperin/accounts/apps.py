"""Accounts as a Django app."""

from django.apps import AppConfig
from django.core.checks import Tags, register
from django.utils.module_loading import autodiscover_modules
from django.utils.translation import gettext_lazy as _

from disperin.accounts.checks import check_second_factor


class AccountsConfig(AppConfig):
    name = "disperin.accounts"
    verbose_name = _("accounts")

    def ready(self) -> None:
        register(check_second_factor, Tags.security, deploy=True)
        autodiscover_modules("holdings")
