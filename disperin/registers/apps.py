"""Registers as a Django app: finds every app's `registers.py`, as the admin finds `admin.py`."""

from django.apps import AppConfig
from django.utils.module_loading import autodiscover_modules
from django.utils.translation import gettext_lazy as _


class RegistersConfig(AppConfig):
    name = "disperin.registers"
    verbose_name = _("registers")

    def ready(self) -> None:
        from disperin.attachments.rights import named_for  # noqa: PLC0415 -- what has models waits for the apps
        from disperin.registers.record.files import is_named_for  # noqa: PLC0415

        autodiscover_modules("registers")
        named_for(is_named_for)
