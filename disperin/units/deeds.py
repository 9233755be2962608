"""What is done with units, as the history says it."""

from django.utils.translation import gettext_lazy as _

from disperin.history import deeds

deeds.name({"keep_unit": (_("Unit of the office set"), "gear", "warning")})
