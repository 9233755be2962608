"""The profile of a zone as a PDF of two pages, for an investor to take along."""

import datetime
from collections.abc import Sequence
from typing import Any

from django.conf import settings
from django.contrib.auth.models import AnonymousUser
from django.http import HttpResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.http import urlencode
from django.utils.text import Truncator, capfirst
from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _

from disperin.maps.pictures import province_picture, zone_picture
from disperin.papers.profile import Drawing, Fact, Section, ZoneProfile, profile_pdf
from disperin.regions.models import District
from disperin.registers.lists.views import RecordDetail
from disperin.ui.formats import computed, day, number
from disperin.ui.sources import without_addresses
from industries.models import Commodity
from zones import rules
from zones.models import Zone, plans_of
from zones.models.parts import Plot
from zones.rules import progress

from .figures import Figure, areas_of, open_rows, stage_of, tenants_by_class, utilities_of

# So much fits on two pages; what is left out is counted, and the address of the whole is named.
SUMMARY, LINE, NOTE = 700, 120, 220  # characters
AREAS, OF_A_KIND, PERMITS, CLASSES, NAMES, FOCUS = 6, 2, 8, 6, 3, 12

ACCESS = (rules.UtilityKind.ROAD, rules.UtilityKind.PORT, rules.UtilityKind.AIRPORT)
SERVED = tuple(kind for kind in rules.UtilityKind if kind not in ACCESS)
COLOURS = {  # of plots, as on the map of the page
    rules.PlotState.FREE: "#3f9b7c",
    rules.PlotState.RESERVED: "#e0a93a",
    rules.PlotState.LET: "#6d8fc7",
    rules.PlotState.SOLD: "#a39a8d",
}


class ZoneProfileFile(RecordDetail):
    """`/kawasan/<slug>/profil.pdf`: what is public of a zone, in the language of the address."""

    reads = ("zones", "milestones", "establishments", "reference")
    queryset = Zone.objects.select_related("regency").prefetch_related(
        *open_rows("areas", "utilities", "tenants", "documents")
    )

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return {}

    def render_to_response(self, context: dict[str, Any], **options: Any) -> HttpResponse:
        zone = self.object
        named = {"Content-Disposition": f'inline; filename="{zone.slug}-{get_language()}.pdf"'}
        return HttpResponse(profile_pdf(profile_of(zone)), content_type="application/pdf", headers=named)


def profile_of(zone: Zone) -> ZoneProfile:
    """What stands in the profile of a zone whose open rows are there; three queries more."""
    plots = list(zone.plots.filter(closed_on=None).only("hectares", "state", "outline"))
    page = settings.PUBLIC_ORIGIN + reverse("zones:zone-detail", args=[zone.slug])
    asked = urlencode({"register": "zones", "record": zone.number})
    today = timezone.localdate()
    place = ", ".join([*District.objects.filter(pk__in=zone.districts).values_list("name", flat=True)])
    return ZoneProfile(
        title=_("Profile of %(name)s") % {"name": zone.name},
        kicker=_("Profile for investors").upper(),
        name=zone.name,
        lead=_short(" · ".join(filter(None, (zone.get_kind_display(), place, zone.regency.name))), LINE),
        summary=_short(zone.summary, SUMMARY),
        highlights=_highlights(zone),
        drawings=_drawings(zone, plots),
        first=[_areas(zone, page), _plots(zone, plots), _standing(zone)],
        second=[
            _utilities(zone, _("Access and distances"), ACCESS, page),
            _utilities(zone, _("Utilities and free capacity"), SERVED, page),
            _permits(zone, page),
            _purpose(zone),
            _tenants(zone, page),
            _progress(zone, today),
        ],
        invitation=_("Ask about this zone: the office answers with a tracking number."),
        address=f"{settings.PUBLIC_ORIGIN}{reverse('inquiries:new')}?{asked}",
        contact=_contact(zone),
        footer=_("%(origin)s %(number)s, version %(version)s, as of %(day)s. The current data: %(page)s")
        % {
            "origin": zone.origin_in_words,
            "number": zone.number,
            "version": zone.version,
            "day": day(today),
            "page": page,
        },
        page=_("Page {page} of {pages}"),
        language=get_language(),
        mark=_("SAMPLE – not official data") if settings.DEMO else "",
    )


def _short(text: str, most: int) -> str:
    return Truncator(" ".join(text.split())).chars(most, truncate="…")


def _fact(figure: Figure, label: str = "") -> Fact:
    """A figure as a line: what it says, and whose word of which day that is."""
    text, told = _short(figure.text or _unknown(), LINE), [without_addresses(figure.note)]
    if figure.as_of:
        told.append(_("As of %(day)s.") % {"day": day(figure.as_of)})
    elif figure.source and not figure.lasting:
        told.append(_("Day not stated."))
    if figure.age == "stale":
        told.append(_("Older than 12 months."))
    if figure.source:
        told.append(_("Source: %(source)s") % {"source": without_addresses(figure.source)})
    note = _short(" ".join(filter(None, told)), NOTE)
    return Fact(_short(label or figure.label, LINE), text, note, figure.age == "stale")


def _dated(source: str, as_of: datetime.date | None) -> Fact:
    """Whose word of which day the facts above are."""
    figure = _fact(Figure("", "", source=source, as_of=as_of))
    return Fact("", "", figure.note, figure.is_stale)


def _unknown() -> str:
    return _("No data yet")


def _section(title: str, facts: Sequence[Fact], left: int = 0, page: str = "") -> Section:
    """Facts under a title, how many are left out, and where these stand."""
    more = _("and %(count)d more: %(page)s") % {"count": left, "page": page} if left > 0 else ""
    return Section(title, [one for one in facts if one.text or one.note], _unknown(), more)


def _highlights(zone: Zone) -> list[Fact]:
    see = _("source on page 2")
    told = (
        (_("Free land"), zone.free_land_ha, computed, "ha", _dated("", zone.plots_as_of).note),
        (_("Free power"), zone.free_power_mw, number, "MW", see),
        (_("Nearest port"), zone.port_distance_km, number, "km", see),
    )
    figures = [
        Fact(label, _unknown() if value is None else f"{write(value)} {unit}", "" if value is None else note)
        for label, value, write, unit, note in told
    ]
    return [*figures, Fact(_("Stage"), zone.get_stage_display())]


def _drawings(zone: Zone, plots: Sequence[Plot]) -> list[Drawing]:
    latitude, longitude = zone.map_latitude, zone.map_longitude
    point = None if latitude is None or longitude is None else (float(latitude), float(longitude))
    where = Drawing(
        svg=province_picture(zone.regency_id, point),
        alt=_("Map of %(province)s: %(name)s lies in %(regency)s.")
        % {"province": settings.PROVINCE, "name": zone.name, "regency": zone.regency.name},
        caption=f"{zone.regency.name}. {zone.get_map_point_display()}.",
    )
    drawn = [(plot.outline, COLOURS[rules.PlotState(plot.state)]) for plot in plots if plot.outline]
    if not drawn and not zone.outline:
        return [where]
    svg, metres = zone_picture(zone.outline, drawn)
    outline = _dated(zone.outline_source, zone.outline_as_of).note
    scale = _("North is up; the bar is %(length)s m long.") % {"length": number(metres)}
    states = {plot.state for plot in plots if plot.outline}
    ground = Drawing(
        svg=svg,
        alt=_("Outline of %(name)s with %(count)s plots by state.") % {"name": zone.name, "count": number(len(drawn))},
        caption=" ".join(filter(None, (scale, outline))),
        keys=[(colour, str(state.label)) for state, colour in COLOURS.items() if state in states],
    )
    return [ground, where]


def _areas(zone: Zone, page: str) -> Section:
    facts = [_fact(one) for one in areas_of(zone)]
    return _section(_("Areas"), facts[:AREAS], len(facts) - AREAS, page)


def _plots(zone: Zone, plots: Sequence[Plot]) -> Section:
    """How many plots are in each state; the figures of one source and day."""
    facts = []
    for state in rules.PlotState:
        some = [plot.hectares for plot in plots if plot.state == state]
        if some:
            text = ngettext("%(count)s plot, %(hectares)s ha", "%(count)s plots, %(hectares)s ha", len(some))
            facts.append(Fact(str(state.label), text % {"count": number(len(some)), "hectares": computed(sum(some))}))
    if facts:
        facts.append(_dated(zone.plots_source, zone.plots_as_of))
    return _section(_("Plots"), facts)


def _standing(zone: Zone) -> Section:
    stage = zone.get_project_stage_display()  # where the office gives none, the legal basis says what is known
    project = Figure("", stage or zone.project_basis, zone.project_basis if stage else "", lasting=True)
    manager = Figure("", zone.manager, source=zone.manager_source, lasting=True)
    accreditation = Figure("", zone.get_accreditation_display(), lasting=True)
    facts = [
        _fact(stage_of(zone), _("Stage")),
        _fact(project, _("National strategic project")),
        _fact(accreditation, _("Accreditation (Permenperin 26/2025)")),
        _fact(manager, _("Manager")),
    ]
    return _section(_("Stage and status"), facts)


def _utilities(zone: Zone, title: str, kinds: Sequence[rules.UtilityKind], page: str) -> Section:
    """Every kind is named; of one of which nothing is known it says so."""
    found, facts, left = utilities_of(zone), [], 0
    for kind in kinds:
        some = found.get(kind.value, [Figure("", "", lasting=True)])
        left += max(0, len(some) - OF_A_KIND)
        for one in some[:OF_A_KIND]:
            name = "" if one.label in ("", kind.label) else f": {one.label}"
            facts.append(_fact(one, capfirst(f"{kind.label}{name}")))
    return _section(title, facts, left, page)


def _permits(zone: Zone, page: str) -> Section:
    facts = []
    for one in zone.open_documents[:PERMITS]:
        days = (
            _("Issued on %(day)s.") % {"day": day(one.issued_on)} if one.issued_on else "",
            _("Valid until %(day)s.") % {"day": day(one.valid_until)} if one.valid_until else "",
            _("Source: %(source)s") % {"source": without_addresses(one.source)} if one.source else "",
        )
        text = ", ".join(filter(None, (one.title, one.number))) or one.get_kind_display()
        label = one.get_kind_display() if one.title or one.number else ""
        facts.append(Fact(label, _short(text, LINE), _short(" ".join(filter(None, days)), NOTE)))
    return _section(_("Permits and documents"), facts, len(zone.open_documents) - PERMITS, page)


def _purpose(zone: Zone) -> Section:
    commodities = [one.name for one in Commodity.objects.filter(pk__in=zone.commodities)]
    facts = [
        Fact(label, _short(", ".join(names[:FOCUS]), 3 * LINE))
        for label, names in ((_("Focus industries"), zone.focus_industries), (_("Commodities"), commodities))
        if names
    ]
    return _section(_("What it is for"), facts)


def _tenants(zone: Zone, page: str) -> Section:
    facts, shown = [], 0
    for title, _language, some in tenants_by_class(zone)[:CLASSES]:
        shown += len(some[:NAMES])
        names = _short(", ".join(map(str, some[:NAMES])), LINE)
        facts.append(Fact(_short(title or _("Class of KBLI not known"), LINE), names))
    if facts:
        facts.append(_dated(zone.tenants_source, zone.tenants_as_of))
    return _section(_("Tenants"), facts, len(zone.open_tenants) - shown, page)


def _progress(zone: Zone, today: datetime.date) -> Section:
    plan = plans_of(zone.milestones.current(), AnonymousUser()).get(zone.pk, [])
    standing = progress.standing(plan, today)
    if standing is None:
        return _section(_("Progress"), [])
    shares = {"planned": number(standing.planned), "actual": number(standing.actual)}
    days = {"planned": day(standing.planned_finish)}
    finish = _("by plan %(planned)s") % days
    if standing.forecast_finish:
        finish = _("forecast %(forecast)s, by plan %(planned)s") % (days | {"forecast": day(standing.forecast_finish)})
    facts = [
        Fact(_("Plan and verified progress"), _("plan %(planned)s%%, verified %(actual)s%%") % shares),
        Fact(_("Finish"), finish, _("The office's own method (earned schedule), as of %(day)s.") % {"day": day(today)}),
    ]
    return _section(_("Progress"), facts)


def _contact(zone: Zone) -> Section:
    """Where to ask; of offices and companies, never of a person."""
    told = (
        (_("Office"), zone.contact_office),
        (_("Telephone"), zone.contact_phone),
        (_("E-mail"), zone.contact_email),
        (_("Website"), zone.contact_website),
    )
    return _section(_("Whom to ask"), [Fact(label, text) for label, text in told if text])
