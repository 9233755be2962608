"""The number beside "Notices" in the rail of the workbench."""

from collections.abc import Callable

from django.contrib.auth.models import AnonymousUser
from django.http import HttpRequest

from disperin.accounts.models import User
from disperin.notices.models import Notice

COUNTED = 100  # the rail says "99+" beyond


def unread(request: HttpRequest) -> dict[str, Callable[[], int]]:
    """`unread_count`: notices not opened yet. A callable, so that public pages never ask the database."""
    return {"unread_count": lambda: _count(request.user) if hasattr(request, "user") else 0}


def _count(user: User | AnonymousUser) -> int:
    return Notice.objects.of(user).unread().order_by()[:COUNTED].count() if user.is_authenticated else 0
