"""What is done with letters, as the history says it."""

from django.utils.translation import gettext_lazy as _

from disperin.history import deeds

deeds.name(
    {
        "write_letter": (_("Letter written"), "send", "info"),
        "revise_letter": (_("Letter changed"), "pencil", ""),
        "withdraw_letter": (_("Letter withdrawn"), "x-circle", "warning"),
        "note_received": (_("Data received"), "check-circle-fill", "success"),
    }
)
