"""What is done to quarter closes, as the history says it."""

from django.utils.translation import gettext_lazy as _

from disperin.closes.sealing import CLOSED
from disperin.history import deeds

deeds.name(
    {
        CLOSED: (_("Quarter closed"), "shield-lock", "success"),
        "correct_close": (_("Correction written beside a close"), "pencil", "warning"),
    }
)
