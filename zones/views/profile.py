"""The profile of a zone as a PDF of two pages, for an investor to take along."""

import datetime
from collections.abc import Sequence
from decimal import Decimal
from typing import Any

from django.conf import settings
from django.contrib.auth.models import AnonymousUser
from django.http import HttpResponse
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.text import Truncator, capfirst
from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _

from disperin.maps.locations import distances_picture
from disperin.maps.pictures import province_picture, zone_picture
from disperin.papers.profile import Drawing, Fact, Marked, Section, Source, Words, ZoneProfile, profile_pdf
from disperin.papers.sample import sample_mark
from disperin.regions.models import District
from disperin.registers.api.drawing import drawn
from disperin.registers.lists.views import RecordDetail
from disperin.registers.record import past
from disperin.ui.entered import Entered, language_of
from disperin.ui.formats import computed, day, number, telephone
from disperin.ui.sources import first_address, without_addresses
from industries.models import Commodity
from zones import rules
from zones.models import Zone, plans_of
from zones.models.parts import Plot
from zones.rules import progress

from .facts import Facts, facts_of, location_of, missing_of, opening_of, tiles_of
from .figures import Figure, Notes, distances_of, open_rows, tenants_by_class
from .zones import ZoneShapes

# So much fits on two pages; what is left out is counted, and the address of the whole is named.
SUMMARY, LINE, NOTE = 700, 120, 220  # characters
AREAS, OF_A_KIND, PERMITS, CLASSES, NAMES, FOCUS, SOURCES, WAYS = 6, 2, 8, 6, 3, 12, 14, 5

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
    queryset = (
        Zone.objects.in_lists()
        .select_related("regency")
        .prefetch_related(*open_rows("areas", "utilities", "tenants", "documents"))
    )

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return {}

    def render_to_response(self, context: dict[str, Any], **options: Any) -> HttpResponse:
        zone = self.object
        named = {"Content-Disposition": f'inline; filename="{zone.slug}-{get_language()}.pdf"'}
        return drawn(self.request, lambda: profile_pdf(profile_of(zone)), "application/pdf", headers=named)


class ZonePicture(ZoneShapes):
    """`/kawasan/<slug>/petak.svg`: the same as a drawing, for whoever has no script; else where its regency lies."""

    def render_to_response(self, context: dict[str, Any], **options: Any) -> HttpResponse:
        zone = self.object
        plots = zone.plots.filter(closed_on=None, outline__isnull=False).only("state", "outline")
        drawn = [(plot.outline, COLOURS[rules.PlotState(plot.state)]) for plot in plots]
        is_known = drawn or zone.outline
        svg = zone_picture(zone.outline, drawn)[0] if is_known else province_picture(zone.regency_id, None)
        return HttpResponse(svg, content_type="image/svg+xml")


def profile_of(zone: Zone) -> ZoneProfile:
    """What stands in the profile of a zone whose open rows are there; three queries more."""
    plots, facts = list(zone.plots.filter(closed_on=None).only("hectares", "state", "outline")), facts_of(zone)
    page = settings.PUBLIC_ORIGIN + reverse("zones:zone-detail", args=[zone.slug])
    asked = urlencode({"register": "zones", "record": zone.number})
    today, states = past.today(), _by_state(plots)
    districts = [*District.objects.filter(pk__in=zone.districts).values_list("name", flat=True)]
    missing = missing_of(zone, facts, has_plots=bool(plots))
    first = [_section(_("Areas"), [_fact(figure) for figure in facts.areas], AREAS, page), _plots(facts, states)]
    first.append(_section(_("Stage and status"), [_fact(figure) for figure in facts.standing]))
    second = [
        _utilities(facts, _("Access and distances"), ACCESS, page),
        _utilities(facts, _("Utilities and free capacity"), SERVED, page),
        _permits(facts, page),
        _purpose(zone),
        _tenants(zone, facts, page),
        *([] if past.day() else [_progress(zone, today)]),  # it is read from versions, and has a time of its own
    ]
    left = len(list(facts.notes)) - SOURCES
    return ZoneProfile(
        title=_("Profile of %(name)s") % {"name": zone.name},
        kicker=_("Profile for investors").upper(),
        name=zone.name,
        lead=_short(" · ".join(filter(None, (zone.get_kind_display(), *districts, zone.regency.name))), LINE),
        opening=opening_of(zone, districts, states),
        summary=_words(_short(zone.summary, SUMMARY)),
        tiles=[Fact(tile.label, tile.text, tile.note, tile.age == "stale") for tile in tiles_of(zone, facts)],
        place=_place(zone),
        drawings=_drawings(zone, facts, plots),
        first=[section for section in first if section.facts],
        second=[section for section in second if section.facts],
        sources_title=_("Sources"),
        sources=_sources(facts.notes),
        more_sources=_more(left, page),
        missing=_("Not known yet: %(what)s.") % {"what": ", ".join(missing)} if missing else "",
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
        mark=sample_mark(),
    )


def _words(text: str) -> str | Marked:
    """A text for the paper: marked where it is in another language."""
    language = language_of(text)
    return str(text) if language == get_language() or not text else {"text": str(text), "lang": language}


def _short(text: str, most: int) -> str:
    """A text on one line of so many characters at most, in its own language."""
    cut = Truncator(" ".join(text.split())).chars(most, truncate="…")
    return Entered(cut, text.language) if isinstance(text, Entered) else cut


def _without_addresses(text: str) -> str:
    plain = without_addresses(text)
    return Entered(plain, text.language) if isinstance(text, Entered) else plain


def _fact(figure: Figure, label: Words = "") -> Fact:
    """A figure as a line: what it says, of which day, and the number of whose word that is."""
    remarks: list[Words] = [_words(_short(_without_addresses(figure.note), NOTE))] if figure.note else []
    if figure.as_of:
        remarks.append(_("As of %(day)s.") % {"day": day(figure.as_of)})
    elif figure.source and not figure.lasting:
        remarks.append(_("Day not stated."))
    if figure.age == "stale":
        remarks.append(_("Older than 12 months."))
    label = label or _words(_short(figure.label, LINE))
    return Fact(label, _words(_short(figure.text, LINE)), remarks, figure.age == "stale", figure.note_number)


def _more(left: int, page: str) -> str:
    """How many are left out, and where these stand."""
    return _("and %(count)d more: %(page)s") % {"count": left, "page": page} if left > 0 else ""


def _section(title: str, facts: Sequence[Fact], most: int = 0, page: str = "") -> Section:
    """The first facts under a title, and where the others stand."""
    shown = facts[:most] if most else facts
    return Section(title, shown, _more(len(facts) - len(shown), page))


def _sources(notes: Notes) -> list[Source]:
    """Each source once, by its number on the page, with the days that its figures are of."""
    sources = []
    for note in [*notes][:SOURCES]:
        said = _words(_short(_without_addresses(note.source), NOTE))
        days = [_("As of %(day)s.") % {"day": day(as_of)} for as_of in note.days]
        sources.append(Source(note.number, said, days, first_address(note.source)))
    return sources


def _place(zone: Zone) -> Drawing:
    """Where it lies in the province."""
    return Drawing(
        svg=location_of(zone),
        alt=_("Map of %(province)s: %(name)s lies in %(regency)s.")
        % {"province": settings.PROVINCE, "name": zone.name, "regency": zone.regency.name},
        caption=f"{zone.regency.name}. {zone.get_map_point_display()}.",
    )


def _drawings(zone: Zone, facts: Facts, plots: Sequence[Plot]) -> list[Drawing]:
    """The ground with its plots, and how far it is to what is near, as far as either is known."""
    drawings = []
    drawn = [(plot.outline, COLOURS[rules.PlotState(plot.state)]) for plot in plots if plot.outline]
    if drawn or zone.outline:
        svg, metres = zone_picture(zone.outline, drawn)
        outline = " ".join(map(str, _fact(facts.outline).note))
        scale = _("North is up; the bar is %(length)s m long.") % {"length": number(metres)}
        states = {plot.state for plot in plots if plot.outline}
        alt = _("Outline of %(name)s with %(count)s plots by state.") % {"name": zone.name, "count": number(len(drawn))}
        caption = " ".join(filter(None, (scale, outline)))
        keys = [(colour, str(state.label)) for state, colour in COLOURS.items() if state in states]
        drawings.append(Drawing(svg, alt, caption, keys))
    if ways := [(_short(said, LINE // 2), km) for said, km in distances_of(zone)][:WAYS]:
        in_words = "; ".join(said for said, _km in ways)
        drawings.append(Drawing(distances_picture(ways), in_words, _("How far it is, as stated")))
    return drawings


def _by_state(plots: Sequence[Plot]) -> list[tuple[str, int, Decimal]]:
    """How many plots are in each state, and how many hectares they have."""
    of_state = [(state, [plot.hectares for plot in plots if plot.state == state]) for state in rules.PlotState]
    return [(state.value, len(some), sum(some, Decimal(0))) for state, some in of_state if some]


def _plots(facts: Facts, states: Sequence[tuple[str, int, Decimal]]) -> Section:
    """How many plots are in each state; the figures of one source and day."""
    lines = []
    for state, count, hectares in states:
        text = ngettext("%(count)s plot, %(hectares)s ha", "%(count)s plots, %(hectares)s ha", count)
        amount = text % {"count": number(count), "hectares": computed(hectares)}
        lines.append(Fact(str(rules.PlotState(state).label), amount))
    return _section(_("Plots"), [*lines, _fact(facts.plots)] if lines else [])


def _utilities(facts: Facts, title: str, kinds: Sequence[rules.UtilityKind], page: str) -> Section:
    """What is known of these kinds."""
    lines, left = [], 0
    for kind in kinds:
        some = facts.utilities.get(kind.value, [])
        left += max(0, len(some) - OF_A_KIND)
        for figure in some[:OF_A_KIND]:
            name = capfirst(str(kind.label))
            lines.append(_fact(figure, [f"{name}:", _words(_short(figure.label, LINE))] if figure.label else name))
    return Section(title, lines, _more(left, page))


def _permits(facts: Facts, page: str) -> Section:
    lines = []
    for document, note_number in facts.documents:
        days = [_("Issued on %(day)s.") % {"day": day(document.issued_on)}] if document.issued_on else []
        days += [_("Valid until %(day)s.") % {"day": day(document.valid_until)}] if document.valid_until else []
        text = ", ".join(filter(None, (document.title, document.number)))
        said = _words(Entered(_short(text, LINE))) if text else document.get_kind_display()
        lines.append(Fact(document.get_kind_display() if text else "", said, days, number=note_number))
    return _section(_("Permits and documents"), lines, PERMITS, page)


def _purpose(zone: Zone) -> Section:
    focus = zone.focus[:FOCUS]
    commodities = ", ".join(commodity.name for commodity in Commodity.objects.filter(pk__in=zone.commodities)[:FOCUS])
    lines: list[tuple[str, str]] = [(_("Commodities"), commodities)] if commodities else []
    if focus:
        lines.insert(0, (_("Focus industries"), Entered(", ".join(focus), focus[0].language)))
    return _section(_("What it is for"), [Fact(label, _words(_short(text, 3 * LINE))) for label, text in lines])


def _tenants(zone: Zone, facts: Facts, page: str) -> Section:
    lines, shown = [], 0
    for title, some in tenants_by_class(zone)[:CLASSES]:
        shown += len(some[:NAMES])
        names = _short(", ".join(map(str, some[:NAMES])), LINE)
        lines.append(Fact(_words(_short(title or _("Class of KBLI not known"), LINE)), names))
    if lines:
        lines.append(_fact(facts.tenants))
    return Section(_("Tenants"), lines, _more(len(zone.open_tenants) - shown, page))


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
        Fact(
            _("Finish"), finish, [_("The office's own method (earned schedule), as of %(day)s.") % {"day": day(today)}]
        ),
    ]
    return _section(_("Progress"), facts)


def _contact(zone: Zone) -> Section:
    """Where to ask; of offices and companies, never of a person."""
    lines = (
        (_("Office"), zone.contact_office),
        (_("Telephone"), telephone(zone.contact_phone)),
        (_("E-mail"), zone.contact_email),
        (_("Website"), zone.contact_website),
    )
    return _section(_("Whom to ask"), [Fact(label, text) for label, text in lines if text])
