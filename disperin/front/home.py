"""The first page: what this is, and the best of it on one screen."""

from typing import Any

from django.urls import reverse
from django.utils import timezone
from django.utils.http import urlencode
from django.views.generic import TemplateView

from disperin.maps import sketch
from disperin.news.views import newest
from disperin.registers.lists.caching import Kept
from disperin.registers.lists.facets import names_of, unchecked_of
from disperin.registers.lists.regency_names import regency_address
from disperin.registers.models import Origin
from disperin.registers.record import reference, rollup
from industries.models import Establishment
from industries.views.cards import COLUMNS, cards
from industries.views.establishments import FACETS
from ovop.views.gallery import starred
from zones.views.zones import zones_by_name

STARS, MAKERS, ZONES, NEWS = 8, 8, 6, 3  # shown at most
COMMODITIES = 10


class Home(Kept, TemplateView):
    """`/`: starred products and makers with their photographs, the map of the regencies, the zones."""

    reads = ("establishments", "awards", "clusters", "zones", "news", "reference")
    template_name = "front/home.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        makers = rollup.counts_of("establishments")
        facets = [facet for facet in FACETS if facet.name in ("regency", "commodities")]
        names = names_of(facets, {})
        regencies = _regencies(names["regency"], makers.get("regency", {}))
        commodities = _commodities(names["commodities"], makers.get("commodities", {}))
        stars = starred(timezone.localdate(), STARS + 1)
        return super().get_context_data(
            star_of_the_day=stars[0] if stars else None,
            stars=stars,
            maker_count=makers.get(rollup.ALL[0], {}).get(rollup.ALL[1], 0),
            unchecked_makers=unchecked_of(makers),
            regency_count=sum(1 for regency in regencies if regency["count"]),
            regencies=regencies,
            frame=" ".join(map(str, sketch.frame())),
            commodities=sorted(commodities, key=lambda commodity: (-commodity["count"], commodity["label"]))[
                :COMMODITIES
            ],
            makers=_makers(),
            zones=zones_by_name(ZONES),
            news=newest(timezone.localdate(), NEWS),
            **kwargs,
        )


def _makers() -> list[dict[str, Any]]:
    """Cards of the newest makers, those with a photograph before all others."""
    newest = Establishment.objects.current().exclude(origin=Origin.OLDER_SYSTEM).order_by("-verified_at", "-id")
    rows = [
        *reference.rows(newest.filter(photo__isnull=False)[:MAKERS], ("id", *COLUMNS)),
        *reference.rows(newest.filter(photo__isnull=True)[:MAKERS], ("id", *COLUMNS)),
    ]
    return cards(rows[:MAKERS])


def _regencies(names: dict[str, str], counts: dict[str, int]) -> list[dict[str, Any]]:
    """Every regency with its page, its place on the map, and how many makers it has."""
    drawn = {name.code: name for name in sketch.names()}
    return [
        {
            "code": code,
            "label": label,
            "count": counts.get(code, 0),
            "url": regency_address(code),
            "drawn": drawn.get(code),
        }
        for code, label in names.items()
    ]


def _commodities(names: dict[str, str], counts: dict[str, int]) -> list[dict[str, Any]]:
    """What is made by anybody, with the list of its makers and how many they are."""
    page = reverse("industries:establishment-list")
    return [
        {"label": label, "count": counts[key], "url": f"{page}?{urlencode({'commodity': key})}"}
        for key, label in names.items()
        if counts.get(key)
    ]
