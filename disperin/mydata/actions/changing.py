"""The same change of many records: judged by the gate of the register, proposed as batches, verified like any other."""

from collections.abc import Sequence

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from disperin.accounts.models import User
from disperin.desk.refusals import NotNow, Refused
from disperin.registers.gate.in_bulk import Judged, Proposed, judge
from disperin.registers.models import RecordQuerySet
from disperin.registers.record.directory import Register
from disperin.registers.values.terms import Values
from disperin.submissions import own_words
from disperin.submissions.batches import actions as batches
from disperin.submissions.models import Batch

MOST_CHANGED = 200  # records of one change: what a page can wait for, and a person can read back


def judge_change(register: Register, records: RecordQuerySet, values: Values, *, by: User) -> list[Judged]:
    """What would become of each of these records (a queryset), as `by` would propose it; nothing is stored.

    Raises Refused for whoever may not propose, ValidationError for no records or too many.
    """
    if not by.can_propose:
        raise Refused(_("Your role reads; it does not propose."))
    chosen = list(records.select_related("regency").order_by("pk")[: MOST_CHANGED + 1])
    if not chosen:
        raise ValidationError(_("Tick at least one record."), "required")
    if len(chosen) > MOST_CHANGED:
        params = {"most": MOST_CHANGED}
        raise ValidationError(_("At most %(most)s records are changed at one time. Narrow the list."), "many", params)
    judged = judge(register, [Proposed(values, record, row) for row, record in enumerate(chosen, start=1)], by=by)
    batches.tell_waiting(register, judged, by=by)
    return judged


@transaction.atomic
def change_many(
    register: Register, judged: Sequence[Judged], *, field: str, by: User, acknowledged: bool = False
) -> list[Batch]:
    """Propose the new value of a field of the records that were just judged: one batch for each regency; gives them.

    Left are the records that have it already, and those that the gate or a waiting submission refuses. Raises NotNow if
    none is left, ValidationError with code "warning" while warnings were not acknowledged.
    """
    name = own_words.kept("same_change", register=register, field=field)
    made = batches.propose_by_regency(register, judged, name=name, by=by, acknowledged=acknowledged)
    if not made:
        raise NotNow(_("None of these records would be changed."))
    return made
