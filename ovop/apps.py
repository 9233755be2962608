"""The stars as a Django app; a key that cannot be read is said when the portal starts, not when a label is printed."""

from typing import Any

from django.apps import AppConfig
from django.conf import settings
from django.core import checks
from django.core.checks import CheckMessage
from django.utils.translation import gettext_lazy as _

from ovop.rules.tokens import WrongKeys, keyring


class OvopConfig(AppConfig):
    name = "ovop"
    verbose_name = _("OVOP stars")

    def ready(self) -> None:
        """Makes the check of the keys known."""
        checks.register(signing_keys_can_be_read, checks.Tags.security)


def signing_keys_can_be_read(app_configs: Any, **options: Any) -> list[CheckMessage]:
    """An error where OVOP_SIGNING_KEYS or OVOP_RETIRED_KEYS hold no keys; none at all is fine until one is printed."""
    try:
        keyring(settings.OVOP_SIGNING_KEYS, settings.OVOP_RETIRED_KEYS)
    except WrongKeys as wrong:
        return [checks.Error(f"The keys of the OVOP labels: {wrong}", id="ovop.E001")]
    return []
