"""The verb on units: each is kept, with who did it."""

from django.db import transaction

from disperin.accounts.models import User
from disperin.history.models import record as write_history
from disperin.units.models import Unit


@transaction.atomic
def keep_unit(unit: Unit, *, by: User) -> Unit:
    """Store a unit that an administrator entered or ended; gives it back."""
    unit.save()
    write_history("keep_unit", unit, by=by)
    return unit
