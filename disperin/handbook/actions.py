"""Tick off the steps of a first day."""

from collections.abc import Iterable

from django.db import transaction

from disperin.accounts.models import User
from disperin.handbook.first_day import steps_of
from disperin.handbook.models import Tick


@transaction.atomic
def tick(user: User, done: Iterable[str]) -> None:
    """Remember just these steps as done; keys that are no step of this person are left out."""
    wanted = {step.key for step in steps_of(user)} & {*done}
    Tick.objects.filter(user=user).exclude(step__in=wanted).delete()
    Tick.objects.bulk_create([Tick(user=user, step=key) for key in sorted(wanted)], ignore_conflicts=True)
