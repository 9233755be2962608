"""What becomes of a request whose sender is no longer signed in, where a mere redirect would lose something."""

from collections.abc import Callable
from http import HTTPStatus
from urllib.parse import urlsplit

from django.conf import settings
from django.contrib.auth import REDIRECT_FIELD_NAME
from django.http import HttpRequest, HttpResponse, QueryDict
from django.http.response import HttpResponseBase
from django.shortcuts import render, resolve_url
from django.urls import reverse
from django.utils.cache import add_never_cache_headers

from disperin.accounts.requests import UserRequest
from disperin.ui.resending import kept_of


class SignedOutMiddleware:
    """Answers 401 instead of leading to the sign-in page: to scripts, which would take that page for success, and to a
    form that was sent, with a page that keeps what was typed. Stands after the middleware that knows htmx.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: UserRequest) -> HttpResponseBase:
        response = self.get_response(request)
        if not _asks_to_sign_in(response) or request.user.is_authenticated:  # who is, may not; no session is over
            return response
        if request.htmx:
            response = HttpResponse(status=HTTPStatus.UNAUTHORIZED)
        elif request.method == "POST" and (kept := kept_of(request)):
            response = render(request, "signed_out.html", {"kept": kept}, status=HTTPStatus.UNAUTHORIZED)
        add_never_cache_headers(response)
        return response


def _asks_to_sign_in(response: HttpResponseBase) -> bool:
    """A redirect to a sign-in page, ours or the administration's, that is to come back afterwards.

    A step of signing in or out itself is none.
    """
    address = urlsplit(response.get("Location", ""))
    return (
        response.status_code == HTTPStatus.FOUND
        and REDIRECT_FIELD_NAME in QueryDict(address.query)
        and address.path in {resolve_url(settings.LOGIN_URL), reverse("admin:login")}
    )
