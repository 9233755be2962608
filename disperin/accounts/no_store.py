"""What is answered to somebody signed in stays on no computer: those of the office are shared."""

from collections.abc import Callable

from django.conf import settings
from django.http import HttpRequest
from django.http.response import HttpResponseBase


def not_kept(get_response: Callable[[HttpRequest], HttpResponseBase]) -> Callable[[HttpRequest], HttpResponseBase]:
    """Middleware: no browser and no proxy keeps what has to do with a session or a token, unless the view says so.

    Stands outside of the session's middleware, so that it sees the cookie of a session that begins with this answer.
    """
    session = settings.SESSION_COOKIE_NAME

    def answer(request: HttpRequest) -> HttpResponseBase:
        response = get_response(request)
        is_personal = session in request.COOKIES or session in response.cookies or "Authorization" in request.headers
        if is_personal and "Cache-Control" not in response:
            response["Cache-Control"] = "private, no-store"
        return response

    return answer
