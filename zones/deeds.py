"""What is done beside the registers of zones, as the history says it."""

from django.utils.translation import gettext_lazy as _

from disperin.history import deeds

deeds.name(
    {
        "self_check": (_("Accreditation self-check answered"), "clipboard-check", "info"),
    }
)
