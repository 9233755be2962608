"""A request as pages and the API for people with an account receive it. Names for types: nothing makes one."""

from typing import cast

from django.http import HttpRequest
from django_htmx.middleware import HtmxDetails
from rest_framework.request import Request

from disperin.accounts.models import User


class PageRequest(HttpRequest):
    """Anybody asks for a page."""

    htmx: HtmxDetails


class UserRequest(PageRequest):
    """Whoever asks for a page has signed in: visitors never come so far."""

    user: User


class UserApiRequest(Request):
    """Whoever asks the API has signed in."""

    user: User


def user_of(request: HttpRequest) -> User:
    """Whoever asks, where only people with an account come so far but any request may be given, as in the admin."""
    return cast(User, request.user)
