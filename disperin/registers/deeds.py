"""What is done beside changing records, as the history says it; apps that lay down reference data say it so too."""

from django.utils.translation import gettext_lazy as _

from disperin.history import deeds

deeds.name(
    {
        "reveal": (_("Masked value shown"), "eye", "warning"),
        "keep_reference": (_("Reference data changed"), "gear", "warning"),
        "remove_reference": (_("Reference data removed"), "gear", "warning"),
    }
)
