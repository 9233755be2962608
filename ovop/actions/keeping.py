"""Rows that administrators enter: schemes, groups, rounds, and what readiness and assessors go by."""

from typing import TypeVar

from django.db import transaction
from django.db.models import Model

from disperin.accounts.models import User
from disperin.history.models import record as write_history
from disperin.registers.record import revisions
from ovop import rules
from ovop.models import Grade, Scheme

Kept = TypeVar("Kept", bound=Model)


@transaction.atomic
def keep(row: Kept, *, by: User) -> Kept:
    """Store a row that an administrator entered (a scheme with its grades); gives it back."""
    row.save()
    if isinstance(row, Scheme):
        wanted = {rules.grade_of(row.pk, stars): stars for stars in range(1, row.max_stars + 1)}
        Grade.objects.filter(scheme=row).exclude(pk__in=wanted).delete()
        for key, stars in wanted.items():
            Grade.objects.get_or_create(pk=key, defaults={"scheme": row, "stars": stars})
    write_history("keep_reference", row, by=by)
    revisions.raise_revision(revisions.REFERENCE)
    return row
