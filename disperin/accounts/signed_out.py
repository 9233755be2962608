"""What becomes of a request whose sender is no longer signed in, where a mere redirect would lose something."""

from collections.abc import Callable
from http import HTTPStatus
from urllib.parse import urlsplit

from django.conf import settings
from django.contrib.auth import REDIRECT_FIELD_NAME
from django.http import HttpRequest, HttpResponse, QueryDict
from django.http.response import HttpResponseBase
from django.shortcuts import render, resolve_url
from django.utils.cache import add_never_cache_headers

from disperin.accounts.requests import UserRequest
from disperin.ui.resending import typed_into


class SignedOutMiddleware:
    """Answers 401 instead of leading to the sign-in page: to scripts, which would take that page for success, and to a
    form that was sent, with a page that keeps what was typed. Stands after the middleware that knows htmx.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: UserRequest) -> HttpResponseBase:
        response = self.get_response(request)
        if not _asks_to_sign_in(response):
            return response
        if request.htmx:
            response = HttpResponse(status=HTTPStatus.UNAUTHORIZED)
        elif request.method == "POST" and (typed := typed_into(request)):
            context = {"typed": typed, "address": request.get_full_path(), "sent_files": bool(request.FILES)}
            response = render(request, "signed_out.html", context, status=HTTPStatus.UNAUTHORIZED)
        add_never_cache_headers(response)
        return response


def _asks_to_sign_in(response: HttpResponseBase) -> bool:
    """A redirect to the sign-in page that is to come back afterwards; a step of signing in or out itself is none."""
    address = urlsplit(response.get("Location", ""))
    return (
        response.status_code == HTTPStatus.FOUND
        and REDIRECT_FIELD_NAME in QueryDict(address.query)
        and address.path == resolve_url(settings.LOGIN_URL)
    )
