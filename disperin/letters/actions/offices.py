"""What the offices of the regencies are called."""

from django.db import transaction

from disperin.accounts.models import User
from disperin.history.models import record as write_history
from disperin.letters.models import RegencyOffice


@transaction.atomic
def keep_office(office: RegencyOffice, *, by: User) -> RegencyOffice:
    """Store a new or changed name."""
    office.save()
    write_history("keep_reference", office, by=by)
    return office
