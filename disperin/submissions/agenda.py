"""What waits here: proposals to be mended, to be gone on with, and to be decided; and what was decided lately."""

import datetime
from collections.abc import Callable

from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from disperin.accounts.models import User
from disperin.desk import agenda
from disperin.desk.agenda import News, Waiting
from disperin.submissions.filters import Part, waiting_since
from disperin.submissions.models import Submission, waits_too_long_since
from disperin.submissions.workflow import UNCLAIMED, Status


def _inbox(**asked: object) -> str:
    return agenda.address("submissions:inbox", **asked)


def _to_do(user: User) -> agenda.Found:
    """What this person has to do now: the queue for the province, what came back for a regency."""
    reachable = Submission.objects.within_reach(user)
    return (
        reachable.unclaimed() | reachable.claimed_now().filter(claimed_by=user)
        if user.sees_all
        else reachable.filter(status=Status.RETURNED)
    )


def _own(user: User, status: Status) -> agenda.Found:
    """Those of a state that are this person's to go on with: a regency's, or of the province one's own."""
    submissions = Submission.objects.within_reach(user).filter(status=status)
    return submissions.filter(proposed_by=user) if user.sees_all and user.can_propose else submissions


def _own_url(status: Status) -> Callable[[User], str]:
    def url(user: User) -> str:
        mine = {"mine": Part.PROPOSED.value} if user.sees_all and user.can_propose else {}
        return _inbox(status=status.value, **mine)

    return url


def _drafts(user: User) -> agenda.Found | None:
    return _own(user, Status.DRAFT) if user.can_propose else None


def _queue(user: User) -> agenda.Found | None:
    return Submission.objects.within_reach(user).unclaimed() if user.sees_all else None


def _too_long(user: User) -> agenda.Found | None:
    """What waits longer than the office has promised, by the same condition as its list."""
    since = waits_too_long_since(timezone.localdate()) if user.sees_all else None
    return None if since is None else waiting_since(Submission.objects.within_reach(user), since)


def _too_long_url(_user: User) -> str:
    since = waits_too_long_since(timezone.localdate())
    return _inbox(waiting_since=since.isoformat() if since else "", order="submitted_at")


def _held(user: User) -> agenda.Found | None:
    if not user.can_decide:
        return None
    return Submission.objects.within_reach(user).claimed_now().filter(claimed_by=user)


def _meant(user: User) -> agenda.Found | None:
    return Submission.objects.within_reach(user).waiting().filter(meant_for=user) if user.can_decide else None


agenda.add_badge("submissions:inbox", _to_do)
agenda.add(
    Waiting(
        "review-late",
        _("Submissions that wait longer than promised"),
        of_one=_("Submission that waits longer than promised"),
        of=_too_long,
        url=_too_long_url,
        action=_("Check"),
        since="submitted_at",
        icon="hourglass-split",
        is_late=True,
        who="meant_for__full_name",
        desk=_("Verifiers of the province"),
    ),
    Waiting(
        "meant",
        _("Meant for me to review"),
        of=_meant,
        url=lambda _user: _inbox(mine=Part.MEANT.value),
        action=_("Review"),
        since="submitted_at",
        icon="person",
    ),
    Waiting(
        "held",
        _("Held by me"),
        of=_held,
        url=lambda _user: _inbox(mine=Part.HELD.value),
        action=_("Go on"),
        since="claimed_at",
        icon="eye",
    ),
    Waiting(
        "returned",
        _("Returned to be mended"),
        of=lambda user: _own(user, Status.RETURNED),
        url=_own_url(Status.RETURNED),
        action=_("Mend"),
        since="decided_at",
        who="proposed_by__full_name",
        icon="arrow-return-left",
    ),
    Waiting(
        "queue",
        _("Waiting for review"),
        of=_queue,
        url=lambda _user: _inbox(status=UNCLAIMED[0], order="submitted_at"),
        action=_("Check"),
        since="submitted_at",
        icon="hourglass-split",
        who="meant_for__full_name",
        desk=_("Verifiers of the province"),
    ),
    Waiting(
        "drafts",
        _("Drafts"),
        of_one=_("Draft"),
        of=_drafts,
        url=_own_url(Status.DRAFT),
        action=_("Go on"),
        since="revised_at",
        icon="pencil",
    ),
)


def _decided(status: Status) -> Callable[[User, datetime.datetime], agenda.Found]:
    return lambda user, since: Submission.objects.within_reach(user).filter(status=status, decided_at__gt=since)


def _decided_url(status: Status) -> Callable[[User, datetime.datetime], str]:
    return lambda _user, since: _inbox(status=status.value, decided_after=since.isoformat(), order="-decided_at")


def _submitted(user: User, since: datetime.datetime) -> agenda.Found | None:
    if not user.sees_all:
        return None
    return Submission.objects.within_reach(user).unclaimed().filter(submitted_at__gt=since)


def _submitted_url(_user: User, since: datetime.datetime) -> str:
    return _inbox(status=UNCLAIMED[0], submitted_after=since.isoformat(), order="-submitted_at")


agenda.add(
    News("submitted", _("Submitted, waiting for review"), of=_submitted, url=_submitted_url, icon="send"),
    *(
        News(status.value, label, of=_decided(status), url=_decided_url(status), icon=icon)
        for status, label, icon in (
            (Status.VERIFIED, _("Verified and published"), "check-circle-fill"),
            (Status.RETURNED, _("Returned"), "arrow-return-left"),
            (Status.REJECTED, _("Rejected"), "x-circle"),
        )
    ),
)
