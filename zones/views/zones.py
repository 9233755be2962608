"""Zones: list and map, one page each with its outlines."""

from collections import defaultdict
from typing import Any

from django.db.models import Count, F, QuerySet, Sum
from django.db.models.functions import Lower
from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.safestring import mark_safe
from django.utils.translation import gettext_lazy as _

from disperin.maps.locations import distances_picture
from disperin.maps.outlines import feature_collection
from disperin.maps.shapes import for_map
from disperin.regions.models import District
from disperin.registers.lists import as_of, listing
from disperin.registers.lists.facets import Facet, regencies
from disperin.registers.lists.views import RecordDetail, RecordList
from disperin.registers.record import past, reference
from disperin.submissions.views.record_page import RecordPage
from disperin.ui.formats import number
from disperin.ui.listing import kept_parameters, with_query
from industries.models import Commodity
from industries.views.commodities import commodities
from zones import rules
from zones.filters import PlotFilter, ZoneFilter
from zones.models import Partnership, Plot, Zone, ZoneArea, accreditation_items, self_checks

from .facts import capacities_of, facts_of, location_of, missing_of, opening_of, tiles_of
from .figures import distances_of, open_rows, tenants_by_class
from .json_ld import linked_data
from .suppliers import WITHIN, chains_of, makers_around

PLOTS_SHOWN = 50  # rows of the table at a time; the map shows all
AREAS_NAMED = 2  # on a card
PARTNERSHIPS_SHOWN = 10


class ZoneList(RecordList):
    """`/kawasan/`: the zones."""

    filterset_class = ZoneFilter
    template_name = "zones/zone_list.html"
    facets = (
        Facet("regency", _("Regency/city"), "regency", regencies),
        Facet("kind", _("Kind of zone"), "kind"),
        Facet("stage", _("Stage"), "stage"),
        Facet("commodities", _("Commodity"), "commodity", commodities, by_count=True),
    )
    columns = (
        "number", "name", "slug", "kind", "stage", "regency__name", "also_known_as", "focus_industries",
        "free_land_ha", "free_power_mw", "port_distance_km", "verified_at",
        "regency_id", "map_latitude", "map_longitude",
    )  # fmt: skip

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        context = super().get_context_data(**kwargs)
        fields = [self.asked.form[name] for name in ZoneFilter.drawn]
        kept = kept_parameters(self.request, *ZoneFilter.drawn)
        return context | {"figure_fields": fields, "kept_by_figures": kept}

    def cards(self, rows: list[dict[str, Any]]) -> list[dict[str, Any]]:
        return _cards(rows)


def zones_by_name(most: int) -> list[dict[str, Any]]:
    """Cards of the first zones."""
    return _cards(
        reference.rows(Zone.objects.current().order_by(Lower("name"), "id")[:most], ("id", *ZoneList.columns))
    )


class ZoneDetail(RecordPage):
    """`/kawasan/<slug>/`: one zone, for somebody who looks for a place to build. The number leads here too."""

    reads = ("zones", "milestones", "partnerships", "establishments", "reference")
    template_name = "zones/zone_detail.html"
    queryset = Zone.objects.select_related("regency", "photo").prefetch_related(
        *open_rows("areas", "utilities", "tenants", "documents")
    )

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        if self.object.stands_apart:
            return {}
        zone, facts = self.object, facts_of(self.object)
        plots = zone.plots.filter(closed_on=None)
        free_only = self.request.GET.get("kaveling") == rules.PlotState.FREE
        page, states = self._page(plots.filter(state=rules.PlotState.FREE) if free_only else plots), _by_state(plots)
        districts = list(District.objects.filter(pk__in=zone.districts).values_list("name", flat=True))
        context = super().get_context_data(
            facts=facts,
            opening=opening_of(zone, districts, [(row["state"], row["count"], row["hectares"]) for row in states]),
            tiles=tiles_of(zone, facts),
            missing=missing_of(zone, facts, has_plots=bool(states)),
            place=mark_safe(location_of(zone)),  # noqa: S308 - ours, its words escaped
            distances=mark_safe(distances_picture(distances_of(zone))),  # noqa: S308 - ours, its words escaped
            utilities=[(rules.UtilityKind(kind).label, some) for kind, some in facts.utilities.items()],
            capacities=capacities_of(zone),
            tenants=tenants_by_class(zone),
            plots=[_row(zone, row) for row in page.rows],
            plot_states=states,
            plots_open=bool(free_only or page.previous),
            free_only=free_only,
            free_url=with_query(self.request, kaveling=rules.PlotState.FREE.value, cursor=None),
            every_url=with_query(self.request, kaveling=None, cursor=None),
            previous_url=page.previous and with_query(self.request, cursor=page.previous),
            next_url=page.next and with_query(self.request, cursor=page.next),
            districts=districts,
            commodities=[commodity.name for commodity in Commodity.objects.filter(pk__in=zone.commodities)],
            partnerships=_partnerships(zone),
            makers=makers_around(zone),
            makers_within=WITHIN,
            chains=chains_of(zone),
            milestone_count=zone.milestones.current().count(),
            linked_data=linked_data(self.request, zone),
            **kwargs,
        )
        return context | self._inside_context() if self.inside else context

    def render_to_response(self, context: dict[str, Any], **options: Any) -> HttpResponse:
        """The page; what is no zone is shown elsewhere, and may become one."""
        if not self.object.stands_apart:
            return super().render_to_response(context, **options)
        elsewhere = redirect(as_of.kept(reverse("zones:project-detail", args=[self.object.slug])))
        elsewhere["Cache-Control"] = "no-cache"
        return elsewhere

    def _page(self, plots: QuerySet[Plot]) -> listing.Page:
        columns, order = ("code", "hectares", "state", "terms"), PlotFilter.orders[0]
        try:
            return listing.page_of(plots, columns, order, self.request.GET.get("cursor", ""), PLOTS_SHOWN)
        except listing.BadCursor:
            return listing.page_of(plots, columns, order, size=PLOTS_SHOWN)

    def _inside_context(self) -> dict[str, Any]:
        zone = self.object
        return {
            "issues": zone.issues.current().exclude(state=rules.IssueState.SETTLED).order_by("opened_on", "id"),
            "self_check": self_checks(accreditation_items(past.today()), [zone])[zone.pk],
        }


class ZoneShapes(RecordDetail):
    """`/kawasan/<slug>/petak.json`: outline and plots as one light FeatureCollection for the map."""

    reads = ("zones", "reference")
    queryset = Zone.objects.in_lists()

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return {}

    def render_to_response(self, context: dict[str, Any], **options: Any) -> HttpResponse:
        zone = self.object
        plots = zone.plots.filter(closed_on=None, outline__isnull=False)
        features = [_feature(plot.outline, str(plot.key), **_words(zone, plot)) for plot in plots]
        if zone.outline:
            features.insert(0, _feature(zone.outline, zone.slug, name=zone.name))
        return HttpResponse(feature_collection(features), content_type="application/geo+json")


def _feature(shape: dict[str, Any], identifier: str, **properties: Any) -> dict[str, Any]:
    return {"type": "Feature", "id": identifier, "properties": properties, "geometry": for_map(shape)}


def _words(zone: Zone, plot: Plot) -> dict[str, str]:
    note = f"{number(plot.hectares)} ha, {plot.get_state_display()}"
    words = {"name": plot.code, "note": note, "state": plot.state}
    return words if plot.state == rules.PlotState.SOLD else words | {"ask": ask_about(zone, plot.code)}


def ask_about(zone: Zone, code: str = "") -> str:
    """Where one asks about a zone, or about one of its plots."""
    asked = {"register": "zones", "record": zone.number} | ({"kaveling": code} if code else {})
    return f"{reverse('inquiries:new')}?{urlencode(asked)}"


def _row(zone: Zone, row: dict[str, Any]) -> dict[str, Any]:
    """A plot in the table; whoever wants one that is not sold can ask for it."""
    asked = "" if row["state"] == rules.PlotState.SOLD else ask_about(zone, row["code"])
    return row | {"state": rules.PlotState(row["state"]).label, "ask_url": asked}


def _by_state(plots: QuerySet[Plot]) -> list[dict[str, Any]]:
    """How many plots are in each state, and how many hectares they have: for the legend and without JavaScript."""
    counted = plots.order_by().values("state").annotate(count=Count("id"), hectares=Sum("hectares"))
    rows = {row["state"]: row for row in counted}
    return [rows[state.value] | {"label": state.label} for state in rules.PlotState if state.value in rows]


def _partnerships(zone: Zone) -> QuerySet[Partnership]:
    """The newest running partnerships of its tenants."""
    running = Partnership.objects.current().of_zone(zone).running(past.today()).with_sides()
    return running.order_by("-verified_at", "-id")[:PARTNERSHIPS_SHOWN]


def _cards(rows: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """Cards for the template; the areas of all of them in one query."""
    areas = defaultdict(list)
    if rows:
        zone_areas = ZoneArea.objects.filter(zone__in=[row["id"] for row in rows], closed_on=None)
        for area in zone_areas.order_by(F("zone"), "position", "id"):
            areas[area.zone_id].append(area)
    return [
        {
            **row,
            "url": reverse("zones:zone-detail", args=[row["slug"]]),
            "kind": rules.ZoneKind(row["kind"]).label,
            "stage": rules.ZoneStage(row["stage"]).label,
            "regency": row["regency__name"],
            "areas": areas[row["id"]][:AREAS_NAMED],
            "more_areas": max(0, len(areas[row["id"]]) - AREAS_NAMED),
        }
        for row in rows
    ]
