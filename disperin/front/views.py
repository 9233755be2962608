"""Home, the open data, the boundaries that maps draw, and what search engines may read."""

import hashlib
from collections.abc import Callable
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.urls import reverse
from django.utils.cache import get_conditional_response
from django.utils.http import urlencode
from django.views.decorators.http import require_safe
from django.views.generic import TemplateView

from disperin.registers.lists import reference
from disperin.registers.lists.addresses import list_address
from disperin.registers.lists.caching import Kept
from disperin.registers.lists.facets import names_of, unchecked_of
from disperin.registers.models import Origin
from disperin.registers.record import directory, rollup
from industries.models import Establishment
from industries.views.cards import COLUMNS, cards
from industries.views.establishments import FACETS

NEWEST = 8
COMMODITIES = 10
A_DAY = 60 * 60 * 24
CLOSED = ("masuk", "usulan", "unduh", "tenggat", "ringkasan")  # to search engines


class Home(Kept, TemplateView):
    """`/`: what this is, on one screen, and the way to the makers."""

    reads = ("establishments", "clusters", "reference")
    template_name = "front/home.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        makers, clusters = rollup.counts_of("establishments"), rollup.counts_of("clusters")
        facets = [facet for facet in FACETS if facet.name in ("regency", "commodities")]
        names = names_of(facets, {})
        newest = Establishment.objects.current().exclude(origin=Origin.OLDER_SYSTEM).order_by("-verified_at", "-id")
        regencies = _choices("regency", names["regency"], makers.get("regency", {}))
        commodities = _choices("commodity", names["commodities"], makers.get("commodities", {}))
        return super().get_context_data(
            maker_count=_all(makers),
            cluster_count=_all(clusters),
            unchecked_makers=unchecked_of(makers),
            unchecked_clusters=unchecked_of(clusters),
            regency_count=sum(1 for regency in regencies if regency["count"]),
            regencies=regencies,
            commodities=sorted(commodities, key=lambda one: (-one["count"], one["label"]))[:COMMODITIES],
            newest=cards(reference.rows(newest[:NEWEST], ("id", *COLUMNS))),
            **kwargs,
        )


class OpenData(Kept, TemplateView):
    """`/data-terbuka/`: the files of every public register, and the way to the API."""

    reads = ("reference",)
    template_name = "front/open_data.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Each register with the address of its list."""
        open_registers = [one for one in directory.all_registers() if one.model.audience.is_public]
        listed = [(one, list_address(one)) for one in open_registers]
        return super().get_context_data(open_registers=listed, **kwargs)


def _all(counts: dict[str, dict[str, int]]) -> int:
    return counts.get(rollup.ALL[0], {}).get(rollup.ALL[1], 0)


def _choices(parameter: str, names: dict[str, str], counts: dict[str, int]) -> list[dict[str, Any]]:
    page = reverse("industries:establishment-list")
    return [
        {"label": label, "count": counts.get(value, 0), "url": f"{page}?{urlencode({parameter: value})}"}
        for value, label in names.items()
        if parameter == "regency" or counts.get(value)
    ]


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
    """`/robots.txt`: lists and records may be read by search engines; files and the workbench need not."""
    closed = ("/admin/", *(f"{en}/{name}/" for en in ("", "/en") for name in CLOSED))
    lines = ["User-agent: *", *(f"Disallow: {path}" for path in closed)]
    return HttpResponse("\n".join([*lines, ""]), content_type="text/plain; charset=utf-8")
