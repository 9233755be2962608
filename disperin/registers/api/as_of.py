"""Where `?as_of=<day>` is answered: in one place, before any view.

One that knows past days is shown the rows of then; any other is not asked at all, so that nobody ever reads numbers of
today under a past day.
"""

import datetime
import re
from collections.abc import Callable
from functools import lru_cache
from html import escape
from typing import Any

from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.urls import Resolver404, resolve
from django.utils.http import http_date
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from disperin.registers.api.problems import CONTENT_TYPE, invalid, of_django, said
from disperin.registers.lists.as_of import PARAMETER, day_in, knows
from disperin.registers.record import past
from disperin.ui.formats import day as in_words
from disperin.ui.listing import with_query

TODAY = "latest-version"  # the relation of a link that leads back to today (RFC 5829)
_LINK = re.compile(r'<a\b[^>]*?\bhref="(/[^"#]*)(?:#[^"]*)?"[^>]*>')


class AsOfMiddleware:
    """Lets a view that knows past days answer as of the one that is asked for, and refuses it of all others."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        return self.get_response(request)

    def process_view(
        self, request: HttpRequest, view: Callable[..., Any], args: Any, kwargs: Any
    ) -> HttpResponseBase | None:
        if PARAMETER not in request.GET or request.method == "OPTIONS":
            return None
        try:
            asked = day_in(request.GET)
        except ValidationError as refused:
            return _refusal(request, view, refused)
        if asked is None:
            return None
        if not knows(view):
            text = _("This page tells of today only: it does not know how things stood on %(day)s.")
            return _refusal(request, view, ValidationError(text, "unknown_parameter", {"day": in_words(asked)}))
        with past.reading(asked):
            response = view(request, *args, **kwargs)
            if hasattr(response, "render") and not response.is_rendered:
                response = response.render()
        return _marked(response, asked)


def _marked(response: HttpResponseBase, asked: datetime.date) -> HttpResponseBase:
    """An answer that says of which moment it is, is listed by no search engine, and leads on within the same day."""
    response["Memento-Datetime"] = http_date(past.end_of(asked).timestamp() - 1)
    response["X-Robots-Tag"] = "noindex"
    is_page = response.get("Content-Type", "").startswith("text/html")
    if is_page and isinstance(response, HttpResponse) and not response.streaming:
        text = response.content.decode(response.charset)
        response.content = _LINK.sub(lambda link: _with_day(link, asked.isoformat()), text)
        if "Content-Length" in response:
            response["Content-Length"] = str(len(response.content))
    return response


def _with_day(link: re.Match[str], day: str) -> str:
    """A link of a page as of a day: to a page that knows the day, too, it names it."""
    path, _mark, query = link[1].partition("?")
    if f"{PARAMETER}=" in query or TODAY in link[0] or not _knows_at(path, get_language() or ""):
        return link[0]
    start, end = (at - link.start() for at in link.span(1))
    parameter = f"{PARAMETER}={escape(day)}"
    return f"{link[0][:start]}{path}?{f'{query}&amp;' if query else ''}{parameter}{link[0][end:]}"


@lru_cache(maxsize=4096)
def _knows_at(path: str, _language: str) -> bool:
    try:
        return knows(resolve(path).func)
    except Resolver404:
        return False


def _refusal(request: HttpRequest, view: Any, refused: ValidationError) -> HttpResponseBase:
    """400: the sentence at the parameter, for people with the way to today."""
    if hasattr(view, "cls"):  # of the API, which tells refusals in its own way
        problem = said(invalid(of_django(ValidationError({PARAMETER: refused}))))
        return JsonResponse(problem, status=400, content_type=CONTENT_TYPE)
    context = {"why": refused.messages[0], "today_url": with_query(request, **{PARAMETER: None})}
    return render(request, "registers/not_as_of.html", context, status=400)
