"""The door: what is kept for visitors is given before sessions, accounts and views are even thought of.

An answer is kept as it left the house, with all its headers and compressed, and given again while nothing has changed
of what it was made of. The log of requests and the figures of operation tell of it as of any other.
"""

from collections.abc import Callable
from dataclasses import dataclass

from django.contrib.auth.models import AnonymousUser
from django.core.cache import caches
from django.core.exceptions import SuspiciousOperation
from django.db import DatabaseError, connection
from django.http import HttpRequest, HttpResponse, HttpResponseNotModified
from django.middleware.gzip import re_accepts_gzip
from django.urls import ResolverMatch
from django.utils.http import parse_etags
from django_prometheus.middleware import PrometheusAfterMiddleware

from disperin.front.request_log import RequestLogMiddleware
from disperin.registers.api.languages import is_api, language_accepted
from disperin.registers.api.throttling import AddressThrottle
from disperin.registers.lists.caching import KEPT_FOR, LARGEST, is_anonymous, key_of_request, revisions_shown
from disperin.registers.record.revisions import revisions_of

_OF_THE_BODY = {"Allow", "Content-Type", "Content-Disposition", "Content-Encoding", "Content-Length", "Link"}


@dataclass(frozen=True)
class Answer:
    """What was answered, and the revisions that it shows; `view` is what the figures call it."""

    view: str
    revisions: dict[str, int]
    headers: dict[str, str]
    content: bytes


class Door:
    """Middleware before all others but the one that counts every request.

    Whoever has a session, a token or a message waiting passes by, and so does all that is no plain read.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response
        self.log = RequestLogMiddleware(get_response)
        self.figures = PrometheusAfterMiddleware(get_response)

    def __call__(self, request: HttpRequest) -> HttpResponse:
        key = _key(request)
        answer = key and caches["pages"].get(key)
        if answer and _holds(answer) and _may_ask(request):
            return self._given(request, answer)
        response = self.get_response(request)
        if key:
            _keep(key, request, response)
        return response

    def _given(self, request: HttpRequest, answer: Answer) -> HttpResponse:
        """The answer once more; told of as if a view had answered."""
        request.user = AnonymousUser()
        request.resolver_match = ResolverMatch(self.get_response, (), {}, answer.view)
        self.log.prepare(request)
        self.figures.process_request(request)
        self.figures.process_view(request, self.get_response)
        response: HttpResponse = self.figures.process_response(request, _response(request, answer))
        self.log.handle_response(request, response)
        return response


def _key(request: HttpRequest) -> str | None:
    """Under what the answer to this request is kept; None if the request is not answered here."""
    if not is_anonymous(request):
        return None
    language = language_accepted(request) if is_api(request) else ""  # of pages, the path says it
    try:
        return key_of_request(request, language, is_compressed=_is_compressed_for(request))
    except SuspiciousOperation:  # such as a host that is not ours: refused further in
        return None


def _is_compressed_for(request: HttpRequest) -> bool:
    return bool(re_accepts_gzip.search(request.META.get("HTTP_ACCEPT_ENCODING", "")))


def _holds(answer: Answer) -> bool:
    """Is all as it was when this was answered? The database is asked each time: a star is revoked at once."""
    # whether the database is there this question shows as well as one that asks for just that
    connection.health_check_done = True  # type: ignore[attr-defined]  # the stubs leave it out
    try:
        return revisions_of(answer.revisions) == answer.revisions
    except DatabaseError:
        connection.close()  # tried anew further in, where a failure is told as of every page
        return False


def _may_ask(request: HttpRequest) -> bool:
    """Whether a call of the API fits the limit; one that does not is refused further in."""
    return not is_api(request) or AddressThrottle().allow_request(request, None)


def _response(request: HttpRequest, answer: Answer) -> HttpResponse:
    if answer.headers["ETag"] in parse_etags(request.headers.get("If-None-Match", "")):
        headers = {name: value for name, value in answer.headers.items() if name not in _OF_THE_BODY}
        return HttpResponseNotModified(headers=headers | {"Content-Length": "0"})
    return HttpResponse(answer.content, headers=answer.headers)


def _keep(key: str, request: HttpRequest, response: HttpResponse) -> None:
    """Keep what the view says may be given again, unless something on its way out made it one visitor's own."""
    revisions = revisions_shown(response)
    if revisions is None or response.status_code != 200 or response.cookies or len(response.content) > LARGEST:
        return
    view = request.resolver_match.view_name if request.resolver_match else ""
    caches["pages"].set(key, Answer(view, revisions, dict(response.items()), response.content), KEPT_FOR)
