"""Proposals, claims and batches of somebody who goes are given to a colleague; what was done stays under their name."""

from collections.abc import Sequence
from typing import Any

from django.db.models import F

from disperin.accounts.holdings import DEED
from disperin.accounts.models import User
from disperin.history.models import record_many
from disperin.registers.record.storing import write_fields
from disperin.submissions import own_words
from disperin.submissions.actions.proposing import take_back
from disperin.submissions.actions.transitions import in_chunks, locked_many
from disperin.submissions.models import Batch, Submission
from disperin.submissions.models.batch import BatchQuerySet
from disperin.submissions.models.submission import SubmissionQuerySet
from disperin.submissions.workflow import Status, Step, claim_is_live, why_not

_CLAIM = ["claimed_by", "claimed_at", "claimed_until"]


def hand_on_proposals(submissions: SubmissionQuerySet, *, to: User, by: User, told: dict[str, Any]) -> None:
    """Make these open submissions (a queryset) those of `to`, who then decides on none of them.

    A draft of a record of which `to` has a draft already is withdrawn: a person has one.
    """
    for keys in in_chunks(list(submissions.order_by("pk").values_list("pk", flat=True))):
        held, given = locked_many(keys), []
        own_drafts = _drafts_of(to, held)
        for submission in held:
            other = own_drafts.get((submission.register, submission.record_id))
            if other and submission.status == Status.DRAFT:
                take_back(submission, by=by, note=own_words.kept("has_draft", who=to, number=other))
                continue
            submission.proposed_by = to
            if submission.claimed_by_id == to.pk:
                _release(submission)
            given.append(submission)
        _keep(given, ["proposed_by", *_CLAIM], by=by, told=told)


def hand_on_claims(submissions: SubmissionQuerySet, *, to: User, by: User, told: dict[str, Any]) -> None:
    """Let `to` go on reviewing these submissions (a queryset); those that `to` may not decide on wait for anybody."""
    for keys in in_chunks(list(submissions.order_by("pk").values_list("pk", flat=True))):
        held = [submission for submission in locked_many(keys) if claim_is_live(submission)]
        for submission in held:
            submission.claimed_by = to
            if why_not(Step.VERIFY, submission, to):
                _release(submission)
        _keep(held, _CLAIM, by=by, told=told)


def hand_on_meant(submissions: SubmissionQuerySet, *, to: User, by: User, told: dict[str, Any]) -> None:
    """Mean these submissions (a queryset) for `to`; those that `to` may not decide on wait for anybody."""
    for keys in in_chunks(list(submissions.order_by("pk").values_list("pk", flat=True))):
        held = locked_many(keys)
        for submission in held:
            refusal = why_not(Step.CLAIM, submission, to)
            submission.meant_for = None if refusal and refusal.forbidden else to
        _keep(held, ["meant_for"], by=by, told=told)


def hand_on_batches(batches: BatchQuerySet, *, to: User, by: User, told: dict[str, Any]) -> None:
    """Make these batches (a queryset) those of `to`, with their open rows that lie where the batch lies."""
    held = list(batches.select_for_update(of=["self"]).order_by("pk"))
    rows = Submission.objects.open().filter(
        batch__in=held, proposed_by=F("batch__made_by"), regency=F("batch__regency")
    )
    hand_on_proposals(rows, to=to, by=by, told=told)
    Batch.objects.filter(pk__in=[batch.pk for batch in held]).update(made_by=to)
    record_many([(DEED, batch, told) for batch in held], by=by)


def _drafts_of(user: User, submissions: Sequence[Submission]) -> dict[tuple[str, int | None], str]:
    """`{(register, record): number}` of the drafts that somebody has of the records of these submissions."""
    drafts = Submission.objects.filter(
        status=Status.DRAFT,
        proposed_by=user,
        record_id__in=[submission.record_id for submission in submissions if submission.record_id],
    )
    return {(draft.register, draft.record_id): draft.number for draft in drafts.only("register", "record_id", "number")}


def _release(submission: Submission) -> None:
    submission.claimed_by = submission.claimed_at = submission.claimed_until = None


def _keep(submissions: Sequence[Submission], fields: Sequence[str], *, by: User, told: dict[str, Any]) -> None:
    for submission in submissions:
        submission.revision += 1
    write_fields(submissions, [*fields, "revision"])
    record_many([(DEED, submission, told) for submission in submissions], by=by)
