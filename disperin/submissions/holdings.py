"""What somebody has in hand here: proposals that are not decided, those under their review, and files of proposals."""

from collections.abc import Callable

from django.db.models import Exists, F, OuterRef, Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from disperin.accounts import holdings
from disperin.accounts.models import User
from disperin.submissions.actions.handing_on import (
    hand_on_batches,
    hand_on_claims,
    hand_on_meant,
    hand_on_proposals,
)
from disperin.submissions.models import Batch, Submission
from disperin.submissions.models.batch import BatchQuerySet
from disperin.submissions.models.submission import SubmissionQuerySet
from disperin.submissions.workflow import OPEN, Status


def _of_status(*statuses: Status) -> Callable[[User], SubmissionQuerySet]:
    """Those by themselves: the rows of somebody's batches are one thing with their batch, and go with it.

    What moved out of their reach with its record is in their hands no more: whoever works there goes on with it.
    """

    def of(user: User) -> SubmissionQuerySet:
        own = Submission.objects.within_reach(user).filter(proposed_by=user, status__in=statuses)
        return own.exclude(batch__made_by=user, batch__regency=F("regency")).order_by("-id")

    return of


def _claims(user: User) -> SubmissionQuerySet:
    live = Submission.objects.filter(status=Status.SUBMITTED, claimed_by=user, claimed_until__gt=timezone.now())
    return live.order_by("-id")


def _batches(user: User) -> BatchQuerySet:
    """Those of which something is open, or nothing was handed in yet."""
    is_open = Exists(Submission.objects.filter(batch=OuterRef("pk"), status__in=OPEN))
    has_none = ~Exists(Submission.objects.filter(batch=OuterRef("pk")))
    return Batch.objects.filter(is_open | Q(has_none, submitted_at__isnull=True), made_by=user)


def _url(submission: Submission) -> str:
    return reverse("submissions:detail", args=[submission.number])


for label, statuses in (
    (_("Drafts"), [Status.DRAFT]),
    (_("Returned submissions"), [Status.RETURNED]),
    (_("Submissions that wait for a decision"), [Status.SUBMITTED]),
):
    holdings.add(label, of=_of_status(*statuses), url=_url, hand_on=hand_on_proposals)
holdings.add(_("Submissions under review"), of=_claims, url=_url, hand_on=hand_on_claims)
holdings.add(
    _("Submissions meant for them to review"),
    of=lambda user: Submission.objects.filter(status=Status.SUBMITTED, meant_for=user).order_by("-id"),
    url=_url,
    hand_on=hand_on_meant,
)
holdings.add(
    _("Batches of submissions"),
    of=_batches,
    url=lambda batch: reverse("submissions:batch", args=[batch.number]),
    hand_on=hand_on_batches,
)
