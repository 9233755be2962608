"""What is done beside changing records: a masked value is shown, which the history remembers; old counts go."""

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from disperin.accounts.models import User
from disperin.history.models import record as write_history
from disperin.regions.reach import reaches
from disperin.registers.record.models import Record, RequestCount


@transaction.atomic
def reveal(record: Record, field: str, *, by: User) -> str:
    """The value of a masked field as it is stored, for somebody whose reach includes the record.

    The history keeps who looked at which field, never the value. Raises PermissionDenied for everybody else, and
    ValidationError at "field" for a field that is not masked.
    """
    if not reaches(by, record):
        raise PermissionDenied(_("This record lies outside your reach."))
    if field not in record.audience.masked:
        params = {"field": str(field)[:80], "fields": ", ".join(record.audience.masked) or "–"}
        raise ValidationError(
            {"field": ValidationError(_("“%(field)s” is no masked field. Masked are: %(fields)s."), "unknown", params)}
        )
    write_history("reveal", record, by=by, field=field)
    return getattr(record, field)


def forget_ended_windows() -> int:
    """Delete the counts of requests to the API whose window of time is over; gives how many."""
    return RequestCount.objects.filter(ends_at__lt=timezone.now()).delete()[0]
