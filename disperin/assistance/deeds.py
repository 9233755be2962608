"""What is laid down about assistance, as the history says it."""

from django.utils.translation import gettext_lazy as _

from disperin.history import deeds

deeds.name({"keep_repeat_span": (_("Span of the same kind of assistance set"), "gear", "warning")})
