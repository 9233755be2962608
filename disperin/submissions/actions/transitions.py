"""What every verb begins and ends with: lock, ask why not, move, remember."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any, TypeVar

from django.db.models import F
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from disperin.accounts.models import User
from disperin.desk.refusals import NotNow, Refused, Stale
from disperin.history.models import Deed, record_many
from disperin.notices.actions import mark_done
from disperin.registers.models import Record
from disperin.registers.record import storing
from disperin.registers.values.terms import Path
from disperin.submissions.actions.notifying import meant_for_oneself, tell_inquiries
from disperin.submissions.models import Kind, Submission, SubmissionRound, count_decided
from disperin.submissions.models.submission import SubmissionQuerySet
from disperin.submissions.workflow import MOVES, Status, Step, why_not

CHUNK = 500  # submissions in one transaction: few enough to hold in memory, and to try again


Kept = TypeVar("Kept")


def locked(submission: Submission) -> Submission:
    """The submission as it is now, held until the end of the transaction."""
    return _held("proposed_by").get(pk=submission.pk)


def locked_many(keys: Sequence[int]) -> list[Submission]:
    """The submissions of these keys as they are now, held until the end of the transaction; always in one order."""
    return list(_held("proposed_by", "claimed_by", "meant_for", "regency").filter(pk__in=keys).order_by("pk"))


def in_chunks(keys: list[Kept], size: int = CHUNK) -> list[list[Kept]]:
    """The keys in groups of at most `size`."""
    return [keys[at : at + size] for at in range(0, len(keys), size)]


def _held(*beside: str) -> SubmissionQuerySet:
    return Submission.objects.select_for_update(of=["self"]).select_related(*beside)


def held_by(user: User, *, but: Submission) -> list[Submission]:
    """What this person is reviewing besides, held until the end of the transaction; what somebody writes to is left."""
    live = Submission.objects.filter(status=Status.SUBMITTED, claimed_by=user, claimed_until__gt=timezone.now())
    mine = live.exclude(pk=but.pk).select_for_update(skip_locked=True).order_by("pk").values_list("pk", flat=True)
    keys = list(mine)
    return list(Submission.objects.filter(pk__in=keys).order_by("pk")) if keys else []  # the wide rows of none


def refuse_unless_open(step: Step, submission: Submission, user: User) -> None:
    """Raises Refused (never this person's) or NotNow (not in this state) with the reason in words."""
    if reason := why_not(step, submission, user):
        raise (Refused if reason.forbidden else NotNow)(reason)


def refuse_other_round(submission: Submission, round: int) -> None:
    """A decision names the round that was read; another one is not decided unread."""
    if submission.round != round:
        values = {"read": round, "now": submission.round}
        raise NotNow(_("You read round %(read)s, but this submission is in round %(now)s. Read it again.") % values)


def refuse_other_revision(submission: Submission, revision: int | None) -> None:
    """An edit names the revision it began from, so that nobody overwrites unread."""
    if revision is not None and submission.revision != revision:
        raise Stale(_("This submission was changed meanwhile, by another window or another person."))


def why_not_confirm(submission: Submission, record: Record | None) -> str:
    """Why a confirmation says nothing of the record as it is now, in words; "" if it does, or is none."""
    if submission.kind != Kind.CONFIRM or (record is not None and record.version == submission.base_version):
        return ""
    return _("The record was changed since it was confirmed. Reject this; what stands now can be confirmed anew.")


def move(
    submission: Submission,
    step: Step,
    *,
    by: User | None,
    remembered: bool = True,
    deeds: Sequence[Deed] = (),
    **detail: Any,
) -> Submission:
    """Take the step: state, revision, history. The caller has asked why not, and saves nothing but through here.

    `deeds` came before it in this verb, and the history remembers them with it.
    """
    submission.status = MOVES[step].end or submission.status
    submission.revision += 1
    awaiting = [submission.meant_for] if MOVES[step].end and submission.meant_for else []
    submission.meant_for = None if MOVES[step].end else submission.meant_for
    submission.save()
    if MOVES[step].end:
        _end_notices([submission], awaiting)
    if remembered:
        record_many([*deeds, (step, submission, detail)], by=by)
    return submission


def move_many(
    submissions: Sequence[Submission], step: Step, *, by: User, changed: Sequence[str] = (), **detail: Any
) -> None:
    """As `move`, of many; `changed` names the other fields that the caller has set. A few queries for all of them."""
    for submission in submissions:
        submission.status = MOVES[step].end or submission.status
        submission.revision += 1
    awaiting = (
        {submission.meant_for for submission in submissions if submission.meant_for} if MOVES[step].end else set()
    )
    for submission in submissions if awaiting else ():
        submission.meant_for = None
    storing.write_fields(submissions, ["status", "revision", *(["meant_for"] if awaiting else []), *changed])
    if MOVES[step].end:
        _end_notices(submissions, awaiting)
    record_many([(step, submission, {**detail, "round": submission.round}) for submission in submissions], by=by)


def _end_notices(submissions: Sequence[Submission], awaiting: Iterable[User]) -> None:
    """What was told of these is done; and for whom the last of those that were meant for them is."""
    mark_done(*(reverse("submissions:detail", args=[submission.number]) for submission in submissions))
    for person in awaiting:
        if not Submission.objects.filter(meant_for=person).exists():
            mark_done(meant_for_oneself(), of=person)


def decide_many(
    submissions: Sequence[Submission], step: Step, *, by: User, note: str = "", changed: Sequence[str] = ()
) -> None:
    """As `decide`, of many with one note. A few queries for all of them."""
    now = timezone.now()
    for submission in submissions:
        submission.decided_by, submission.decided_at, submission.note, submission.reasons = by, now, note, {}
        submission.claimed_by = submission.claimed_at = submission.claimed_until = None
    decision = ("decided_by", "decided_at", "note", "reasons", "claimed_by", "claimed_at", "claimed_until")
    move_many(submissions, step, by=by, changed=(*decision, *changed), paths=[])
    rounds = SubmissionRound.objects.filter(submission__in=submissions, round=F("submission__round"), outcome="")
    rounds.update(outcome=MOVES[step].end, note=note, reasons={}, decided_by=by, decided_at=now)
    count_decided(submissions)
    if step != Step.RETURN:
        tell_inquiries(submissions, by=by)


def decide(
    submission: Submission,
    step: Step,
    *,
    by: User,
    note: str = "",
    reasons: Mapping[Path, str] | None = None,
    deeds: Sequence[Deed] = (),
) -> Submission:
    """A decision also ends the claim, and is written into the round it was made on; `deeds` came before it."""
    submission.decided_by, submission.decided_at = by, timezone.now()
    submission.note, submission.reasons = note, reasons or {}
    submission.claimed_by = submission.claimed_at = submission.claimed_until = None
    move(submission, step, by=by, deeds=deeds, round=submission.round, paths=sorted(submission.reasons))
    answered = submission.rounds.filter(round=submission.round, outcome="").update(
        outcome=submission.status,
        note=note,
        reasons=submission.reasons,
        decided_by=by,
        decided_at=submission.decided_at,
    )
    count_decided([submission] if answered else [])  # what was returned and is rejected was counted already
    if step != Step.RETURN:
        tell_inquiries([submission], by=by)
    return submission
