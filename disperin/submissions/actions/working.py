"""What takes longer than a page may: a batch is judged, verified or returned by a job, which says how far it is."""

import datetime
from functools import partial

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import override
from django_tasks import task

from disperin.submissions.actions.moving import refuse_unfit_texts
from disperin.submissions.actions.sampling import (
    draw_sample,
    refuse_bulk,
    refuse_unless_waiting,
    return_batch,
    standing_sample,
    verify_batch,
)
from disperin.submissions.errors import NotNow, Refused
from disperin.submissions.models import Batch, Work

GIVEN_UP_AFTER = datetime.timedelta(minutes=15)  # a job that ended without a word may be begun again


@transaction.atomic
def begin_work(batch, work, *, by, note=""):
    """Let a job do this Work on the batch; gives the batch. `note` goes with the decision: a return must have one.

    Raises Refused, NotNow (also while another job is at it) and ValidationError as the verbs that the job will call.
    """
    batch = Batch.objects.select_for_update(of=["self"]).get(pk=batch.pk)
    refuse_unless_waiting(batch, by)
    if is_at_work(batch):
        raise NotNow(_("Somebody is working on this batch just now. Wait until it is done."))
    refuse_unfit_texts({"note": note})
    if work == Work.DRAW and standing_sample(batch, by):
        return batch
    if work == Work.VERIFY:
        refuse_bulk(batch, by)
    if work == Work.RETURN and not note.strip():
        raise ValidationError({"note": ValidationError(_("Say why."), "required")})
    batch.work, batch.work_note, batch.worked_by, batch.work_began_at = work, note.strip(), by, timezone.now()
    batch.save(update_fields=["work", "work_note", "worked_by", "work_began_at"])
    transaction.on_commit(partial(carry_out.enqueue, batch.pk))
    return batch


def is_at_work(batch):
    """Is a job working on the batch?"""
    return bool(batch.work) and batch.work_began_at > timezone.now() - GIVEN_UP_AFTER


@task()
def carry_out(batch_id):
    """Do the work that was begun on a batch. What became impossible meanwhile is left; the batch's page says why."""
    batch = Batch.objects.select_related("worked_by").get(pk=batch_id)
    by, note = batch.worked_by, batch.work_note
    deeds = {
        Work.DRAW: lambda: draw_sample(batch, by=by),
        Work.VERIFY: lambda: verify_batch(batch, by=by, note=note),
        Work.RETURN: lambda: return_batch(batch, by=by, reason=note),
    }
    try:
        if batch.work:
            with override(by.language):
                deeds[batch.work]()
    except (NotNow, Refused):
        pass
    finally:
        Batch.objects.filter(pk=batch_id).update(work="", work_note="")
