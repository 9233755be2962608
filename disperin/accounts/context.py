"""Who reads a page, for its templates."""

from functools import cache
from typing import Any

from django.contrib.auth.middleware import get_user
from django.http import HttpRequest
from django.utils.functional import SimpleLazyObject


def reader(request: HttpRequest) -> dict[str, Any]:
    """For every page: `user`, the account itself, looked up when a template first asks.

    Django's own `user` is a stand-in that is asked for each answer twice: a list asks it two thousand times.
    """
    return {"user": cache(lambda: _account(request))}


def _account(request: HttpRequest) -> Any:
    user = getattr(request, "user", None)
    return get_user(request) if type(user) is SimpleLazyObject else user
