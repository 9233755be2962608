"""What a device needs to put the portal among its programs: a manifest, and icons in the colours of the province."""

from functools import cache

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.urls import reverse
from django.utils.translation import get_language
from django.views.decorators.http import require_safe

from disperin.papers.typesetting import typeset
from disperin.ui.colours import files

SIZES = (192, 512)  # pixels, as devices ask for them
A_DAY = 60 * 60 * 24
HEADERS = {"Cache-Control": f"public, max-age={A_DAY}"}


@require_safe
def manifest(request: HttpRequest) -> JsonResponse:
    """`/manifest.webmanifest`: name, colours and icons, in the language of the address."""
    province = settings.PROVINCE
    icons = [
        {"src": reverse("front:icon", args=[size]), "sizes": f"{size}x{size}", "type": "image/png", "purpose": purpose}
        for size in SIZES
        for purpose in ("any", "maskable")
    ]
    home, colour = reverse("front:home"), province.colours["light"]["masthead"]
    members = {
        "id": home,
        "name": province.portal,
        "short_name": province.office_short,
        "lang": (get_language() or settings.LANGUAGE_CODE)[:2],
        "start_url": home,
        "scope": home,
        "display": "minimal-ui",
        "theme_color": colour,
        "background_color": colour,
        "icons": icons,
    }
    return JsonResponse(members, content_type="application/manifest+json", headers=HEADERS)


@require_safe
def icon(request: HttpRequest, size: int) -> HttpResponse:
    """`/ikon-<size>.png`: the mark of the portal on its own ground, with room around it for masks."""
    if size not in SIZES:
        raise Http404
    return HttpResponse(_drawn(size), content_type="image/png", headers=HEADERS)


@cache
def _drawn(size: int) -> bytes:
    province = settings.PROVINCE
    shown = {"mark": files(province)["mark.svg"], "ground": province.colours["light"]["masthead"], "size": size}
    return typeset("icon", shown, form="png", pixels_per_inch=72)
