"""What is done with tasks, as the history says it."""

from django.utils.translation import gettext_lazy as _

from disperin.history import deeds

deeds.name(
    {
        "assign": (_("Assigned to somebody"), "person", "info"),
        "end_task": (_("Task ended"), "check-lg", ""),
    }
)
