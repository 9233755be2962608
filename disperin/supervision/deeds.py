"""What is laid down about inspections, as the history says it."""

from django.utils.translation import gettext_lazy as _

from disperin.history import deeds

deeds.name({"keep_escalation": (_("Days until a follow-up rises to the head set"), "gear", "warning")})
