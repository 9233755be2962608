"""What is done with files, as the history says it."""

from django.utils.translation import gettext_lazy as _

from disperin.history import deeds

deeds.name(
    {
        "upload": (_("File sent"), "paperclip", ""),
        "remove_unreferenced": (_("Unused file removed"), "x-circle", ""),
    }
)
