"""What is done at a person's wish, as the history says it."""

from django.utils.translation import gettext_lazy as _

from disperin.history import deeds

deeds.name(
    {
        "erase": (_("Personal data erased"), "shield-lock", "warning"),
    }
)
