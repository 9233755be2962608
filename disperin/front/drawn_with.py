"""What maps and pages draw with: outlines, names and the sketch of the province."""

import hashlib
from collections.abc import Callable

from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.utils.cache import get_conditional_response
from django.views.decorators.http import require_safe

A_DAY = 60 * 60 * 24


def drawn(draw: Callable[[], bytes], kind: str = "application/geo+json") -> Callable[[HttpRequest], HttpResponseBase]:
    """A view of what maps draw with, below `/peta/`: shapes and names that change with a release at most."""

    @require_safe
    def view(request: HttpRequest) -> HttpResponseBase:
        body = draw()
        etag = f'"{hashlib.sha256(body).hexdigest()[:24]}"'
        headers = {"ETag": etag, "Cache-Control": f"public, max-age={A_DAY}"}
        response = HttpResponse(body, content_type=kind, headers=headers)
        return get_conditional_response(request, etag=etag, response=response) or response

    return view
