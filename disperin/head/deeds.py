"""What is done on the head's pages, as the history says it."""

from django.utils.translation import gettext_lazy as _

from disperin.history import deeds

deeds.name(
    {
        "lay_down_alert": (_("Alert of the head laid down"), "bell", "warning"),
        "choose_monday_mail": (_("Mail of Mondays chosen"), "envelope", ""),
    }
)
