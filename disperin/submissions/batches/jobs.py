"""What takes longer than a page may: a batch is judged, verified or returned by a job, which says how far it is."""

from functools import partial

from django.core.exceptions import ValidationError
from django.db import transaction
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import override
from django_tasks import TaskContext, task

from disperin.accounts.models import User
from disperin.desk.refusals import NotNow, Refused
from disperin.desk.texts import refuse_unfit_texts
from disperin.jobs.locks import alone
from disperin.jobs.tasks import is_ordered, order_later, subjects_of, told_if_given_up
from disperin.notices.actions import tell
from disperin.submissions.batches.actions.sampling import (
    draw_sample,
    end_broken_work,
    refuse_bulk,
    refuse_unless_waiting,
    return_batch,
    standing_sample,
    verify_batch,
)
from disperin.submissions.models import Batch, Work
from disperin.submissions.workflow import Step

_STEPS = {Work.VERIFY: Step.VERIFY, Work.RETURN: Step.RETURN}


@transaction.atomic
def begin_work(batch: Batch, work: Work, *, by: User, note: str = "") -> Batch:
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
    carry_out.enqueue(batch.pk)
    return batch


def is_at_work(batch: Batch) -> bool:
    """Is a job working on the batch, or about to?"""
    return bool(batch.work) and is_ordered(carry_out, batch.pk)


def order_idle() -> int:
    """Order the work of batches that no job is to do; gives how many."""
    idle = Batch.objects.exclude(work="").exclude(pk__in=subjects_of(carry_out))
    return len([carry_out.enqueue(key) for key in idle.values_list("pk", flat=True)])


@task(takes_context=True)
def carry_out(context: TaskContext, batch_id: int) -> None:
    """Do the work that was begun on a batch, or what a worker that died has left of it; one worker at a time.

    What became impossible meanwhile is left; whoever began it is told why, and so they are where it breaks.
    """
    with alone("batch", batch_id) as mine:
        batch = Batch.objects.exclude(work="").select_related("worked_by").filter(pk=batch_id).first()
        if batch and not mine:
            order_later(carry_out, batch_id)
        elif batch and batch.worked_by:
            with override(batch.worked_by.language):
                _carry_out(context, batch, batch.worked_by)


def _carry_out(context: TaskContext, batch: Batch, by: User) -> None:
    note, begun_at = batch.work_note, batch.work_began_at
    deeds = {
        Work.DRAW: lambda: draw_sample(batch, by=by),
        Work.VERIFY: lambda: verify_batch(batch, by=by, note=note, begun_at=begun_at),
        Work.RETURN: lambda: return_batch(batch, by=by, reason=note, begun_at=begun_at),
    }
    with told_if_given_up(context, partial(_end_broken, batch, by)):
        try:
            deeds[Work(batch.work)]()
        except (NotNow, Refused) as why:
            _end_stopped(batch, by, told=str(why))
        else:
            _end(batch, by)


def _end_broken(batch: Batch, by: User) -> None:
    text = _(
        "A fault of the portal stopped it: %(work)s. What was done by then stays, the rest still waits. Try again."
    )
    _end_stopped(batch, by, told=text % {"work": batch.get_work_display()})


def _end_stopped(batch: Batch, by: User, *, told: str) -> None:
    """It stopped half way: those whose rows were decided by then hear of that, too."""
    if step := _STEPS.get(Work(batch.work)):
        end_broken_work(batch, step, by=by, since=batch.work_began_at or timezone.now())
    _end(batch, by, told=told)


@transaction.atomic
def _end(batch: Batch, by: User, *, told: str = "") -> None:
    """The work is over; where something is to be `told` of it, whoever began it hears that."""
    ended = Batch.objects.filter(pk=batch.pk).update(work="", work_note="")
    if ended and told:
        title = _("Work stopped: batch %(number)s") % {"number": batch.number}
        tell(by, title=title, body=told, path=reverse("submissions:batch", args=[batch.number]))
