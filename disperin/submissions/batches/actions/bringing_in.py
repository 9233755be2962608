"""Rows of an older system enter a register as they are, through the same gate: said to be unchecked until verified."""

from collections import Counter
from collections.abc import Sequence
from typing import cast

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from disperin.accounts.models import User
from disperin.desk.refusals import NotNow, Refused
from disperin.history.models import record as write_history
from disperin.history.models import record_many
from disperin.registers.gate.in_bulk import Judged
from disperin.registers.models import Origin
from disperin.registers.record import numbers
from disperin.registers.record.names import kept_name
from disperin.submissions.actions.applying import apply_many
from disperin.submissions.actions.gathering import hold_lenders
from disperin.submissions.actions.notifying import tell_brought_in
from disperin.submissions.actions.publishing import direct_submission
from disperin.submissions.batches.actions.deciding import bound_to_records
from disperin.submissions.batches.actions.proposing import held_to_fill, submit_batch
from disperin.submissions.models import Batch, Kind, Submission
from disperin.submissions.workflow import Status


@transaction.atomic
def bring_in(batch: Batch, judged: Sequence[Judged], *, by: User) -> int:
    """Make a record, not checked yet, of each new row among `judged` (`[Judged]`, a chunk); gives how many.

    May be called again with the same rows: each is brought in once. Whatever is there already is left untouched. Raises
    Refused for anybody but an administrator, NotNow when a row contradicts what was stored a moment ago: nothing of the
    chunk is stored then.
    """
    rows = {entry.proposed.row: entry for entry in judged if entry.outcome == "new"}
    hold_lenders(batch.target, [({}, entry.values) for entry in rows.values()])  # who moves one then holds batches
    batch = held_to_fill(batch, by)
    if not by.can_publish or not batch.stock:
        raise Refused(_("Only an administrator may bring in rows of an older system."))
    there = set(batch.submissions.filter(batch_row__in=rows).values_list("batch_row", flat=True))
    rows = {row: entry for row, entry in rows.items() if row not in there}
    if not rows:
        return 0
    made = [_of_row(batch, entry, by) for entry in rows.values()]
    numbers.give(Submission.prefix, made)
    pairs, left = bound_to_records(made, {}, warned=True)
    if left:
        raise NotNow(left[0].text)
    apply_many(pairs, by=by, origin=Origin.OLDER_SYSTEM)
    for form, submission in pairs:
        record = form.instance
        submission.record_id, submission.record_number, submission.title = record.pk, record.number, kept_name(record)
    Submission.objects.bulk_create(made)
    Batch.objects.keep_apart(made)
    record_many(
        [("bring_in", submission, {"record": submission.record_number, "batch": batch.number}) for submission in made],
        by=by,
    )
    return len(made)


@transaction.atomic
def end_bringing_in(batch: Batch, *, by: User) -> None:
    """Close a batch of an older system once all its rows are there: what it proposes of other records is handed in."""
    batch = held_to_fill(batch, by)
    brought = batch.submissions.filter(status=Status.VERIFIED, direct=True)
    by_regency = Counter(brought.values_list("regency", flat=True))
    if batch.submissions.filter(status=Status.DRAFT).exists():
        submit_batch(batch, by=by, acknowledged=True)
    Batch.objects.filter(pk=batch.pk).update(submitted_at=timezone.now())
    write_history("bring_in", batch, by=by, number=by_regency.total())
    for regency, number in sorted(by_regency.items()):
        tell_brought_in(batch, regency, number)


def _of_row(batch: Batch, judged: Judged, by: User) -> Submission:
    """A submission, marked as direct, of what one row says."""
    submission = direct_submission(batch.target, Kind.CREATE, by=by)
    submission.base, submission.values = judged.base, judged.values
    submission.regency_id = cast(str, judged.regency_id)
    submission.fields_changed = [change.path for change in judged.changed][:500]
    submission.acknowledged = bool(judged.warnings)
    submission.batch, submission.batch_row = batch, judged.proposed.row
    return submission
