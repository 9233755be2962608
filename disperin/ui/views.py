"""Pages that belong to no subject: the stand-in picture, the gallery of components, and too many requests."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from disperin.ui import gallery
from disperin.ui.motif import draw


@require_safe
def motif(request: HttpRequest, number: str) -> HttpResponse:
    """The stand-in picture of a record; it never changes, so it may be kept for a year."""
    return HttpResponse(
        draw(number[:60]),
        content_type="image/svg+xml",
        headers={"Cache-Control": "public, max-age=31536000, immutable"},
    )


def too_many(request: HttpRequest, seconds: int) -> HttpResponse:
    """429: whoever asks so often is to wait for so long."""
    answer = render(request, "429.html", status=429)
    answer["Retry-After"] = str(seconds)
    return answer


@require_safe
def components(request: HttpRequest) -> HttpResponse:
    """Every component with an example, for those who write pages and for the browser tests."""
    return render(request, "front/components.html", gallery.examples())
