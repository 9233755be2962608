"""Papers and pictures drawn for whoever asks: each takes a moment of the processor, so nobody has many made."""

from collections.abc import Callable, Mapping
from typing import cast

from django.http import HttpRequest, HttpResponse
from rest_framework.request import Request

from disperin.registers.api.throttling import VisitorThrottle
from disperin.ui.views import too_many


class DrawingThrottle(VisitorThrottle):
    """Counts drawings."""

    scope = "pictures"

    def ident(self, request: HttpRequest) -> str:
        """The network address, whoever asks."""
        return self.get_ident(cast(Request, request))


def drawn(
    request: HttpRequest, make: Callable[[], bytes], content_type: str, headers: Mapping[str, str] | None = None
) -> HttpResponse:
    """What `make()` draws; 429 for whoever has too much drawn. What was kept as an answer never comes here."""
    throttle = DrawingThrottle()
    if not throttle.allow_request(request, None):
        return too_many(request, throttle.wait())
    return HttpResponse(make(), content_type=content_type, headers=headers)
