"""The number beside "Submissions" in the rail of the workbench."""

from collections.abc import Callable

from django.contrib.auth.models import AnonymousUser
from django.http import HttpRequest

from disperin.accounts.models import User
from disperin.submissions.models import Submission
from disperin.submissions.workflow import Status

COUNTED = 100  # the rail says "99+" beyond


def waiting(request: HttpRequest) -> dict[str, Callable[[], int]]:
    """`waiting_count`: what this person has to do now. A callable, so that public pages never ask the database."""
    return {"waiting_count": lambda: _count(request.user) if hasattr(request, "user") else 0}


def _count(user: User | AnonymousUser) -> int:
    if not user.is_authenticated:
        return 0
    reachable = Submission.objects.within_reach(user)
    mine = reachable.waiting() if user.sees_all else reachable.filter(status=Status.RETURNED)
    return mine.order_by()[:COUNTED].count()
