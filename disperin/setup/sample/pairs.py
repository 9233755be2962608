"""Makers of the sample that two clerks entered twice: likely duplicates to look at and to merge."""

from disperin.accounts.models import User
from disperin.duplicates import actions as duplicates
from disperin.registers.record import directory
from disperin.submissions import actions
from disperin.submissions.models import Submission
from disperin.submissions.workflow import OPEN
from industries.models import Establishment
from industries.rules import LegalForm

TWICE = 3
SAME = ("legal_form", "branch", "kbli", "regency", "district", "village", "phone", "owner_name", "founded_year")


def create(records: list[Establishment], *, by: User) -> int:
    """Enter a few makers again in other words, then search; gives how many likely pairs there are."""
    register = directory.get("establishments")
    begun = Submission.objects.filter(register=register.slug, status__in=OPEN, record_id__isnull=False)
    free = (
        Establishment.objects.current()
        .filter(pk__in=[record.pk for record in records])
        .exclude(pk__in=begun.values("record_id"))
    )
    # without a NIB, so that nothing but the words and the village tells
    for record in free.filter(nib="", legal_form=LegalForm.SOLE).order_by("pk")[: min(TWICE, len(records) // 10)]:
        held = register.form.recorded(record)
        first, *rest = record.name.split()
        values = {name: held[name] for name in SAME} | {"name": " ".join([*rest, first])}
        product = record.products.filter(closed_on=None).order_by("position").first()
        values["products"] = [{"name": product.name, "category": product.category}] if product else []
        actions.publish(register, values, by=by)
    return duplicates.search_now()
