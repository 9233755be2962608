"""The answers to what went wrong: what happened, and what to do next, as a page or to programs as a problem.

None of them asks the database for data. Where the request itself may be what is wrong, nothing of it is shown but what
a page of ours says of it.
"""

import sys

from django.conf import settings
from django.core.exceptions import BadRequest, RequestDataTooBig
from django.db import InterfaceError, OperationalError
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.template.loader import render_to_string
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import requires_csrf_token

from disperin.attachments.storage import DISK_FULL, is_disk_full
from disperin.registers.api.languages import API
from disperin.registers.api.problems import CONTENT_TYPE, Problem, said
from disperin.ui.resending import kept_of, was_sent_from_here
from disperin.ui.texts import Text

TRY_AGAIN = 30  # seconds after which the database may be there again


def bad_request(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """400: an address, a host or a form that cannot be read; 413: one that is too large.

    What a page of ours says of it is shown: it names what is wrong. Of nobody else's refusal a word is.
    """
    if isinstance(exception, RequestDataTooBig):
        return _plain(request, "413.html", 413, "too_large", _("The request is larger than is accepted."))
    words = str(exception) if type(exception) is BadRequest else ""
    return _plain(request, "400.html", 400, "parse_error", words or _("The request cannot be read."), words)


@requires_csrf_token
def not_allowed(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """403: seen, but not allowed. The refusal's own words are shown, for they say what to do."""
    message = str(exception) if exception is not None else ""
    return render(request, "403.html", {"exception": message}, status=403)


@requires_csrf_token
def not_found(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """404: nothing here, or nothing that this visitor may know of."""
    return render(request, "404.html", status=404)


def failed(request: HttpRequest) -> HttpResponse:
    """500: our fault; 503 while the database is away, 507 without room on the disk."""
    error = sys.exc_info()[1]
    if isinstance(error, OperationalError | InterfaceError):
        text = _("The database cannot be reached at the moment. Try again in half a minute.")
        answer = _plain(request, "503.html", 503, "unavailable", text)
        answer["Retry-After"] = str(TRY_AGAIN)
        return answer
    if is_disk_full(error):
        return _plain(request, "507.html", 507, "disk_full", DISK_FULL)
    text = _("Something went wrong on our side. It has been recorded; try again in a few minutes.")
    return _plain(request, "500.html", 500, "failed", text)


@never_cache
def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:
    """A form that was sent from an old or foreign page; what was typed into an old page of ours can be sent again.

    The header tells scripts from a refusal of what was asked.
    """
    kept = kept_of(request) if was_sent_from_here(request) else None
    response = render(request, "403_csrf.html", {"kept": kept}, status=403)
    response["Portal-Form"] = "expired"
    return response


def _plain(
    request: HttpRequest, template: str, status: int, code: str, text: Text, own_words: str = ""
) -> HttpResponse:
    """An answer for which neither host, session nor database is asked; `own_words` are of the page that refused."""
    if request.path_info.startswith(API):
        problem = said(Problem(status, code, text))
        return JsonResponse(problem, status=status, content_type=CONTENT_TYPE)
    return HttpResponse(
        render_to_string(template, {"province": settings.PROVINCE, "own_words": own_words}), status=status
    )
