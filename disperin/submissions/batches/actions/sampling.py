"""Bulk verification of a batch: its clean rows, after a random sample of them was read."""

import datetime
import math
import secrets

from django.db import transaction
from django.db.models import Count, Exists, OuterRef
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from disperin.accounts.models import User
from disperin.desk.refusals import NotNow, Refused
from disperin.history.models import record as write_history
from disperin.regions.reach import reaches
from disperin.registers.pairing.search import names_at_hand
from disperin.submissions.actions.notifying import tell_many
from disperin.submissions.actions.transitions import in_chunks
from disperin.submissions.batches.actions.deciding import doubtful, send_back_many, verify_many
from disperin.submissions.batches.actions.proposing import Left, Outcome
from disperin.submissions.models import Batch, BatchSample, Doubt, SampledSubmission, Submission
from disperin.submissions.models.submission import SubmissionQuerySet
from disperin.submissions.workflow import MOVES, Status, Step

_DEEDS = {Step.VERIFY: "verify_batch", Step.RETURN: "return_batch"}  # in the history of the batch
SHARE, LEAST, MOST = 0.10, 5, 50  # of the clean submissions: a tenth, but at least 5 and at most 50


def sample_size(clean: int) -> int:
    """How many of so many clean submissions are to be read."""
    return min(clean, max(LEAST, min(MOST, math.ceil(clean * SHARE))))


def draw_sample(batch: Batch, *, by: User) -> BatchSample:
    """Judge what waits in the batch and draw the clean submissions that `by` must open; gives the BatchSample.

    While everything that waits was handed in before an earlier drawing of the same person, that one stands. Raises
    Refused for whoever may not decide, NotNow when nothing waits that this person may decide.
    """
    refuse_unless_waiting(batch, by)
    if standing := standing_sample(batch, by):
        return standing
    waiting = list(_waiting(batch, by).order_by("pk").values_list("pk", flat=True))
    begun = timezone.now()
    doubts: dict[int, Left] = {}
    with names_at_hand(batch.target.model, batch.regency_id, len(waiting)):
        for keys in in_chunks(waiting):
            some = list(Submission.objects.filter(pk__in=keys).order_by("pk"))
            doubts |= {doubt.what.pk: doubt for doubt in doubtful(some)}
    clean = [key for key in waiting if key not in doubts]
    drawn = secrets.SystemRandom().sample(clean, sample_size(len(clean)))
    with transaction.atomic():
        batch = Batch.objects.select_for_update(of=["self"]).get(pk=batch.pk)
        if standing := standing_sample(batch, by):  # drawn by another window meanwhile
            return standing
        sample = BatchSample.objects.create(batch=batch, drawn_by=by, drawn_at=begun, clean_count=len(clean))
        SampledSubmission.objects.bulk_create(SampledSubmission(sample=sample, submission_id=key) for key in drawn)
        Doubt.objects.bulk_create(
            Doubt(sample=sample, submission_id=key, code=doubt.code, text=doubt.text) for key, doubt in doubts.items()
        )
        write_history("draw_sample", batch, by=by, number=len(drawn), clean=len(clean), doubtful=len(doubts))
    return sample


def standing_sample(batch: Batch, user: User) -> BatchSample | None:
    """The latest sample of this person that still stands for everything that waits in the batch, or None."""
    sample = BatchSample.objects.filter(batch=batch, drawn_by=user).first()
    if sample is None or _waiting(batch, user).filter(submitted_at__gt=sample.drawn_at).exists():
        return None
    return sample


def note_opened(submission: Submission, *, by: User) -> None:
    """Remember that this person has all of a sampled submission before them: to review it, or only to read it."""
    if submission.batch_id:
        drawn = SampledSubmission.objects.filter(sample__drawn_by=by, submission=submission, opened_at=None)
        drawn.update(opened_at=timezone.now())


def next_unread(submission: Submission, *, by: User) -> Submission | None:
    """The next submission of the sample to which this one belongs that this person has not opened; None for none."""
    sample = standing_sample(submission.batch, by) if submission.batch and by.can_decide else None
    if sample is None or not sample.drawn.filter(submission=submission).exists():
        return None
    unread = sample.drawn.filter(opened_at=None, submission__status=Status.SUBMITTED).exclude(submission=submission)
    after = unread.filter(submission__gt=submission.pk).first() or unread.first()
    return after.submission if after else None


def clean_of(sample: BatchSample) -> SubmissionQuerySet:
    """The submissions that the sample stands for: still waiting, handed in before, and not doubtful."""
    waiting = _waiting(sample.batch, sample.drawn_by).filter(submitted_at__lte=sample.drawn_at)
    return waiting.filter(~Exists(Doubt.objects.filter(sample=sample, submission=OuterRef("pk"))))


def refuse_bulk(batch: Batch, by: User) -> BatchSample:
    """The sample under which this person may verify the clean rows of the batch now.

    Raises Refused for whoever may not decide; NotNow while there is no sample, while some of it is unread, or when
    nothing clean is left.
    """
    refuse_unless_waiting(batch, by)
    sample = standing_sample(batch, by)
    if sample is None:
        raise NotNow(_("Draw the sample first: you read some of the rows before you verify all."))
    unread = sample.drawn.filter(opened_at=None, submission__status=Status.SUBMITTED).count()
    if unread:
        text = ngettext(
            "%(number)d submission of the sample has not been opened yet.",
            "%(number)d submissions of the sample have not been opened yet.",
            unread,
        )
        raise NotNow(text % {"number": unread})
    if not clean_of(sample).exists():
        raise NotNow(_("No clean submission of this batch is waiting any more."))
    return sample


def why_not_bulk(batch: Batch, user: User) -> tuple[str, bool]:
    """`(why this person may not verify the batch now, or "", whether they never may)`."""
    try:
        refuse_bulk(batch, user)
    except (NotNow, Refused) as refused:
        return str(refused), isinstance(refused, Refused)
    return "", False


def verify_batch(batch: Batch, *, by: User, note: str = "", begun_at: datetime.datetime | None = None) -> Outcome:
    """Verify what is clean in the batch, its sample having been read; gives an Outcome. Raises as `refuse_bulk`.

    Warnings were asked when the sample was drawn; errors and conflicts are asked once more. A run that was cut off is
    gone on with under the time at which it had begun: what it did is told together with the rest.
    """
    since = begun_at or timezone.now()
    try:
        sample = refuse_bulk(batch, by)
    except NotNow:
        if not _decided(batch, Step.VERIFY, by, since).exists():
            raise
        return _end_work(batch, Step.VERIFY, Outcome(), by=by, since=since)
    outcome = verify_many(clean_of(sample), by=by, note=note, warned=True, telling=False)
    doubts = [
        Doubt(sample=sample, submission=leftover.what, code=_code(leftover.code), text=leftover.text)
        for leftover in outcome.left
    ]
    Doubt.objects.bulk_create(doubts, ignore_conflicts=True)
    return _end_work(batch, Step.VERIFY, outcome, by=by, since=since)


def return_batch(batch: Batch, *, by: User, reason: str, begun_at: datetime.datetime | None = None) -> Outcome:
    """Return everything that waits in the batch for one reason; gives an Outcome. Raises Refused, NotNow.

    A run that was cut off is gone on with as in `verify_batch`.
    """
    since = begun_at or timezone.now()
    try:
        refuse_unless_waiting(batch, by)
    except NotNow:
        if not _decided(batch, Step.RETURN, by, since).exists():
            raise
    outcome = send_back_many(_waiting(batch, by), by=by, reason=reason, telling=False)
    return _end_work(batch, Step.RETURN, outcome, by=by, since=since)


def end_broken_work(batch: Batch, step: Step, *, by: User, since: datetime.datetime) -> None:
    """Tell of what was decided since then by a job that stopped: it stays so, and nobody goes on with the rest."""
    if _decided(batch, step, by, since).exists():
        _end_work(batch, step, Outcome(), by=by, since=since)


@transaction.atomic
def _end_work(batch: Batch, step: Step, outcome: Outcome, *, by: User, since: datetime.datetime) -> Outcome:
    """Tell proposers and history what was decided since then, and end the work: all of it, or nothing yet."""
    numbers = dict(_decided(batch, step, by, since).order_by().values_list("proposed_by").annotate(Count("pk")))
    for proposer in User.objects.filter(pk__in=numbers).order_by("pk"):
        tell_many(proposer, step, numbers[proposer.pk], batch=batch.pk, by=by)
    write_history(_DEEDS[step], batch, by=by, number=sum(numbers.values()), left=len(outcome.left))
    Batch.objects.filter(pk=batch.pk).update(work="", work_note="")
    return outcome


def _decided(batch: Batch, step: Step, by: User, since: datetime.datetime) -> SubmissionQuerySet:
    return batch.submissions.filter(status=MOVES[step].end, decided_by=by, decided_at__gte=since)


def _waiting(batch: Batch, user: User) -> SubmissionQuerySet:
    """What waits in the batch for somebody other than its proposer."""
    return batch.submissions.to_decide_by(user)


def _code(code: str) -> str:
    return code if code in Doubt.Code.values else Doubt.Code.NOT_NOW


def refuse_unless_waiting(batch: Batch, by: User) -> None:
    """Raises Refused for whoever may not decide on the batch, NotNow when nothing waits for them in it."""
    if not reaches(by, batch):
        raise Refused(_("This lies outside your reach."))
    if not by.can_decide:
        raise Refused(_("Only a provincial verifier may do this."))
    if not _waiting(batch, by).exists():
        raise NotNow(_("Nothing waits in this batch that you may decide."))
