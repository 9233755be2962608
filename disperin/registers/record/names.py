"""What a record is called where its name is kept beside it: in titles, batches and the history."""

from django.conf import settings
from django.utils import translation

from disperin.registers.record.models import Record


def kept_name(record: object) -> str:
    """At most 200 characters in the portal's own language, whoever writes it down: names may hold words such as
    “Sedang diaudit”. `record` may be a text; what a record names and is hidden is called by its number."""
    with translation.override(settings.LANGUAGE_CODE):
        return str(record.told_to_all() if isinstance(record, Record) else record)[:200]
