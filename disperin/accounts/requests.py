"""A request as pages for people with an account receive it."""

from django.http import HttpRequest
from django_htmx.middleware import HtmxDetails

from disperin.accounts.models import User


class UserRequest(HttpRequest):
    """Whoever asks has signed in: visitors never come so far. A name for types; nothing makes one."""

    user: User
    htmx: HtmxDetails
