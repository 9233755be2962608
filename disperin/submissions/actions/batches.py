"""Verbs on batches: begin one, propose its rows, hand it in, take it back."""

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from disperin.history.models import record as write_history
from disperin.regions.reach import reaches
from disperin.registers import numbers
from disperin.submissions.actions.proposing import draft, submit, withdraw
from disperin.submissions.errors import NotNow, Refused
from disperin.submissions.models import Batch
from disperin.submissions.workflow import OPEN, Status


@transaction.atomic
def begin_batch(register, regency, *, by, name=""):
    """A new, empty batch for a register and a regency; `name` is that of the file. Raises Refused."""
    if not by.can_propose:
        raise Refused(_("Your role reads; it does not propose."))
    batch = Batch(register=register.slug, regency=regency, made_by=by, name=name[:200])
    if not reaches(by, batch):
        raise Refused(_("This lies outside your reach."))
    batch.number = numbers.take(Batch.prefix, batch.regency_id)[0]
    batch.save()
    write_history("begin_batch", batch, by=by)
    return batch


@transaction.atomic
def propose_many(batch, judged, *, by):
    """Keep the new and changed rows among `judged` (`[Judged]`) as drafts of the batch; gives those that it made.

    May be called again with the same rows: each row of the file is kept once.
    """
    batch = Batch.objects.select_for_update(of=["self"]).get(pk=batch.pk)
    rows = [one for one in judged if one.outcome in ("new", "changed")]
    kept = set(
        batch.submissions.filter(batch_row__in=[one.proposed.row for one in rows]).values_list("batch_row", flat=True)
    )
    made = []
    for one in rows:
        if one.proposed.row not in kept:
            submission = draft(batch.target, one.values, by=by, record=one.proposed.record)
            submission.batch, submission.batch_row = batch, one.proposed.row
            submission.acknowledged = bool(one.warnings)
            submission.save(update_fields=["batch", "batch_row", "acknowledged"])
            made.append(submission)
    return made


@transaction.atomic
def submit_batch(batch, *, by, acknowledged=False):
    """Hand every draft of the batch to the province, together; gives how many.

    Raises ValidationError with code "warning" while rows have warnings that were not acknowledged.
    """
    drafts = batch.submissions.filter(status=Status.DRAFT)
    if not acknowledged and drafts.filter(acknowledged=True).exists():
        raise ValidationError({"__all__": ValidationError(_("Some rows have warnings. Acknowledge them."), "warning")})
    handed_in = [submit(one, by=by, acknowledged=True) for one in drafts.order_by("id")]
    batch.submitted_at = timezone.now()
    batch.save(update_fields=["submitted_at"])
    write_history("submit_batch", batch, by=by, number=len(handed_in))
    return len(handed_in)


@transaction.atomic
def withdraw_batch(batch, *, by, note=""):
    """Take back every submission of the batch that is not decided; gives how many. Raises NotNow if none is left."""
    waiting = batch.submissions.filter(status__in=OPEN).order_by("id")
    if not waiting:
        raise NotNow(_("Nothing of this batch is waiting any more."))
    withdrawn = [withdraw(one, by=by, note=note) for one in waiting]
    write_history("withdraw_batch", batch, by=by, number=len(withdrawn))
    return len(withdrawn)
