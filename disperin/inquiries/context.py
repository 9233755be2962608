"""The number beside "Inquiries" in the rail of the workbench."""

from collections.abc import Callable

from django.contrib.auth.models import AnonymousUser
from django.http import HttpRequest

from disperin.accounts.models import User
from disperin.inquiries.models import Inquiry
from disperin.inquiries.workflow import State

COUNTED = 100  # the rail says "99+" beyond


def unanswered(request: HttpRequest) -> dict[str, Callable[[], int]]:
    """`inquiry_count`: what nobody has taken yet. A callable, so that public pages never ask the database."""
    return {"inquiry_count": lambda: _count(request.user) if hasattr(request, "user") else 0}


def _count(user: User | AnonymousUser) -> int:
    waiting = Inquiry.objects.within_reach(user).open().filter(state=State.RECEIVED)
    return waiting.order_by()[:COUNTED].count()
