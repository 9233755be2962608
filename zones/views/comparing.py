"""Up to four zones side by side, line by line, with the source and day of every figure."""

import re
from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import Any

from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.views.generic import TemplateView

from disperin.registers.lists.caching import Kept
from disperin.ui.formats import computed
from disperin.ui.texts import Text
from industries.models import Commodity
from zones import rules
from zones.models import Zone

from .figures import Figure, Notes, areas_of, manager_of, open_rows, project_of, stage_of, utilities_of

MOST_COMPARED = 4
SLUG = re.compile(r"[a-z0-9_-]{1,80}")


class ZoneCompare(Kept, TemplateView):
    """`/kawasan/banding/?kawasan=kawasan-utara&kawasan=kawasan-timur`: the chosen zones, and boxes to choose others."""

    reads = ("zones", "reference")
    template_name = "zones/compare.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        every = list(dict.fromkeys(slug.strip() for slug in self.request.GET.getlist("kawasan") if slug.strip()))
        asked = every[:MOST_COMPARED]
        chosen = [slug for slug in asked if SLUG.fullmatch(slug)]
        matched = Zone.objects.current().filter(slug__in=chosen).select_related("regency")
        zones = sorted(
            matched.prefetch_related(*open_rows("areas", "utilities")), key=lambda zone: chosen.index(zone.slug)
        )
        known, notes = {zone.slug for zone in zones}, Notes()
        return super().get_context_data(
            zones=zones,
            lines=_lines(zones, notes) if zones else [],
            notes=notes,
            unknown=[slug[:80] for slug in asked if slug not in known],
            too_many=len(every) > MOST_COMPARED,
            most=MOST_COMPARED,
            choices=Zone.objects.current().order_by("name", "id").values_list("slug", "name"),
            chosen=known,
            **kwargs,
        )


def _lines(zones: Sequence[Zone], notes: Notes) -> list[tuple[Text, list[tuple[Zone, list[Figure]]]]]:
    """`[(label, [[Figure] per zone])]`; a zone of which nothing is known has an empty list.

    A line of which nothing is known of any zone is left out.
    """
    names = {commodity.pk: commodity.name for commodity in Commodity.objects.all()}
    lines: list[tuple[Text, Callable[[Zone], list[Figure]]]] = [
        (_("Kind of zone"), lambda zone: [_plain(zone.get_kind_display())]),
        (_("Regency/city"), lambda zone: [_plain(zone.regency.name)]),
        (_("Stage"), lambda zone: [stage_of(zone)]),
        (_("National strategic project"), lambda zone: [project_of(zone)]),
        (_("Manager"), lambda zone: [manager_of(zone)]),
        (_("Areas"), areas_of),
        (_("Free land"), _free_land),
        (_("Focus industries"), lambda zone: [_plain(industry) for industry in zone.focus]),
        (_("Commodities"), lambda zone: [_plain(names[key]) for key in zone.commodities if key in names]),
        *(
            (capfirst(kind.label), lambda zone, kind=kind.value: utilities_of(zone).get(kind, []))
            for kind in rules.UtilityKind
        ),
    ]
    rows = [(label, [(zone, _known(of(zone), notes)) for zone in zones]) for label, of in lines]
    return [(label, cells) for label, cells in rows if any(figures for _zone, figures in cells)]


def _plain(text: str) -> Figure:
    return Figure("", text, lasting=True)


def _known(figures: Sequence[Figure], notes: Notes) -> list[Figure]:
    """Those that say something, each with the number of its source. The line says already what stage, project or
    manager are called.
    """
    lasting = [replace(figure, label="") if figure.lasting else figure for figure in figures]
    return [notes.numbered(figure) for figure in lasting if figure.text or figure.note or figure.source]


def _free_land(zone: Zone) -> list[Figure]:
    if zone.free_land_ha is None:
        return []
    return [Figure("", f"{computed(zone.free_land_ha)} ha", "", zone.plots_source, zone.plots_as_of)]
