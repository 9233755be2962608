"""The open data, the boundaries that maps draw, and what search engines may read."""

import hashlib
from collections.abc import Callable
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.urls import reverse
from django.utils.cache import get_conditional_response
from django.views.decorators.http import require_safe
from django.views.generic import TemplateView

from disperin.registers.lists.addresses import list_address
from disperin.registers.lists.caching import Kept
from disperin.registers.record import directory

A_DAY = 60 * 60 * 24
CLOSED = ("masuk", "usulan", "unduh", "tenggat", "ringkasan")  # to search engines


class OpenData(Kept, TemplateView):
    """`/data-terbuka/`: the files of every public register, and the way to the API."""

    reads = ("reference",)
    template_name = "front/open_data.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Each register with the address of its list."""
        listed = [(register, list_address(register)) for register in directory.public_registers()]
        return super().get_context_data(open_registers=listed, **kwargs)


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


@require_safe
def robots(request: HttpRequest) -> HttpResponse:
    """`/robots.txt`: search engines may read lists and records, which the sitemap names; files and desks need not."""
    closed = ("/admin/", *(f"{en}/{name}/" for en in ("", "/en") for name in CLOSED))
    lines = ["User-agent: *", *(f"Disallow: {path}" for path in closed)]
    lines += ["", f"Sitemap: {request.build_absolute_uri(reverse('sitemap'))}"]
    return HttpResponse("\n".join([*lines, ""]), content_type="text/plain; charset=utf-8")
