"""What search engines need not read."""

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.views.decorators.http import require_safe

CLOSED = ("masuk", "usulan", "unduh", "tenggat", "ringkasan")  # to search engines


@require_safe
def robots(request: HttpRequest) -> HttpResponse:
    """`/robots.txt`: search engines may read lists and records, which the sitemap names; files and desks need not."""
    closed = ("/admin/", *(f"{en}/{name}/" for en in ("", "/en") for name in CLOSED))
    lines = ["User-agent: *", *(f"Disallow: {path}" for path in closed)]
    lines += ["", f"Sitemap: {request.build_absolute_uri(reverse('sitemap'))}"]
    return HttpResponse("\n".join([*lines, ""]), content_type="text/plain; charset=utf-8")
