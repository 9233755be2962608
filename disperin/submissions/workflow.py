"""The path of a submission: which step leads where, whose step it is, and why it may not be taken. No database here."""

import datetime
from dataclasses import dataclass
from typing import Protocol

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from disperin.accounts.models import User
from disperin.desk.refusals import Refusal
from disperin.regions.reach import InRegency, reaches
from disperin.ui.formats import clock


class Status(models.TextChoices):
    DRAFT = "draft", gettext_lazy("Draft")
    SUBMITTED = "submitted", gettext_lazy("Submitted")
    RETURNED = "returned", gettext_lazy("Returned")
    VERIFIED = "verified", gettext_lazy("Verified")
    REJECTED = "rejected", gettext_lazy("Rejected")
    WITHDRAWN = "withdrawn", gettext_lazy("Withdrawn")


UNDER_REVIEW = ("reviewing", gettext_lazy("Under review"))  # shown while a claim is live; no status of its own
UNCLAIMED = ("unclaimed", gettext_lazy("Waiting for review"))  # submitted, and held by nobody just now
WAITING = (Status.SUBMITTED, Status.RETURNED)  # at most one of these per record
OPEN = (Status.DRAFT, *WAITING)
CLAIM_LASTS = datetime.timedelta(minutes=15)


class Step(models.TextChoices):
    REVISE = "revise", gettext_lazy("Edit")
    SUBMIT = "submit", gettext_lazy("Submit")
    WITHDRAW = "withdraw", gettext_lazy("Withdraw")
    CLAIM = "claim", gettext_lazy("Take for review")
    RELEASE = "release", gettext_lazy("Give back to the queue")
    VERIFY = "verify", gettext_lazy("Verify")
    RETURN = "return", gettext_lazy("Return with reasons")
    REJECT = "reject", gettext_lazy("Reject")


class Side(models.TextChoices):
    PROPOSING = "proposing", gettext_lazy("the proposer, or a colleague of the same regency")
    DECIDING = "deciding", gettext_lazy("a provincial verifier, never on their own proposal")


@dataclass(frozen=True)
class Move:
    """From which states a step may be taken, to which state it leads (None: it stays), and by which side."""

    start: tuple
    end: Status | None
    side: Side


MOVES = {
    Step.REVISE: Move((Status.DRAFT, Status.RETURNED), None, Side.PROPOSING),
    Step.SUBMIT: Move((Status.DRAFT, Status.RETURNED), Status.SUBMITTED, Side.PROPOSING),
    Step.WITHDRAW: Move((Status.DRAFT, Status.SUBMITTED, Status.RETURNED), Status.WITHDRAWN, Side.PROPOSING),
    Step.CLAIM: Move((Status.SUBMITTED,), None, Side.DECIDING),
    Step.RELEASE: Move((Status.SUBMITTED,), None, Side.DECIDING),
    Step.VERIFY: Move((Status.SUBMITTED,), Status.VERIFIED, Side.DECIDING),
    Step.RETURN: Move((Status.SUBMITTED,), Status.RETURNED, Side.DECIDING),
    Step.REJECT: Move((Status.SUBMITTED, Status.RETURNED), Status.REJECTED, Side.DECIDING),
}


class Proposal(InRegency, Protocol):
    """A submission, as far as its path depends on it."""

    @property
    def status(self) -> str: ...

    @property
    def proposed_by(self) -> User: ...

    @property
    def proposed_by_id(self) -> int: ...

    @property
    def submitted_by_id(self) -> int | None: ...

    @property
    def claimed_by(self) -> User | None: ...

    @property
    def claimed_by_id(self) -> int | None: ...

    @property
    def claimed_at(self) -> datetime.datetime | None: ...

    @property
    def claimed_until(self) -> datetime.datetime | None: ...


def why_not(step: Step, submission: Proposal, user: User) -> Refusal:
    """The one question about a step: pages draw buttons by it, the API lists steps by it, verbs refuse by it."""
    move = MOVES[step]
    return _not_yours(move, submission, user) or _not_now(step, move, submission) or _claimed(step, submission, user)


def open_steps(submission: Proposal, user: User) -> list[Step]:
    """The steps that this user may take now, in the order of the table."""
    return [step for step in MOVES if not why_not(step, submission, user)]


def claim_is_live(submission: Proposal) -> bool:
    """Is somebody reviewing it right now? A claim ends by itself when its time is over."""
    return bool(submission.claimed_by_id and submission.claimed_until and submission.claimed_until > timezone.now())


def _not_yours(move: Move, submission: Proposal, user: User) -> Refusal:
    if not user.is_authenticated or not reaches(user, submission):
        return Refusal(_("This lies outside your reach."), forbidden=True)
    if move.side == Side.PROPOSING:
        return not_proposing(user, submission.regency_id, submission.proposed_by)
    if move.side == Side.DECIDING:
        if not user.can_decide:
            return Refusal(_("Only a provincial verifier may do this."), forbidden=True)
        if user.pk in (submission.proposed_by_id, submission.submitted_by_id):
            return Refusal(_("Nobody decides on their own proposal. A second verifier must do it."), forbidden=True)
    return Refusal()


def not_proposing(user: User, regency: str | None, proposer: User) -> Refusal:
    """Why this user is not on the side of who proposed something in a regency (its code); empty if they are."""
    colleague = user.regency_id is not None and user.regency_id == regency and not proposer.sees_all
    may = user.can_propose and (proposer.pk == user.pk or colleague)
    return Refusal("" if may else _("Only the proposing side may do this."), forbidden=True)


def _not_now(step: Step, move: Move, submission: Proposal) -> Refusal:
    if submission.status not in move.start:
        values = {"status": Status(submission.status).label, "step": Step(step).label}
        return Refusal(_("“%(step)s” is not possible: this submission is “%(status)s”.") % values)
    return Refusal()


def _claimed(step: Step, submission: Proposal, user: User) -> Refusal:
    if MOVES[step].side == Side.DECIDING and claim_is_live(submission) and submission.claimed_by_id != user.pk:
        values = {"who": submission.claimed_by, "since": clock(submission.claimed_at)}
        return Refusal(_("%(who)s has been reviewing this submission since %(since)s.") % values)
    if step == Step.RELEASE and not claim_is_live(submission):
        return Refusal(_("Nobody holds this submission."))
    return Refusal()


def allowed_changes() -> list[tuple[str, str]]:
    """Every (from, to) of the table, for the trigger that guards the column in the database."""
    return sorted({(str(start), str(move.end)) for move in MOVES.values() if move.end for start in move.start})


def as_mermaid() -> str:
    """The table as a Mermaid state diagram."""
    lines = [f"    {start} --> {move.end or start}: {step}" for step, move in MOVES.items() for start in move.start]
    ends = [f"    {status} --> [*]" for status in Status if status not in OPEN]
    return "\n".join(["stateDiagram-v2", "    [*] --> draft", *lines, *ends])
