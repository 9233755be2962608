"""What a record is called where its name is kept beside it: in titles, batches and the history."""

from django.conf import settings
from django.utils import translation


def kept_name(record):
    """At most 200 characters in the portal's own language, whoever writes it down: names may hold words such as
    “Sedang diaudit”."""
    with translation.override(settings.LANGUAGE_CODE):
        return str(record)[:200]
