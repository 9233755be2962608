"""What is known of a zone, for its page and its paper alike: figures with the notes they refer to, and what is not."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal

from django.utils.text import get_text_list
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from disperin.maps.locations import location_picture
from disperin.ui.formats import computed, day, number
from zones import rules
from zones.models import MapPoint, Utility, Zone, ZoneDocument

from .figures import (
    Figure,
    Notes,
    accreditation_of,
    areas_of,
    manager_of,
    project_of,
    stage_of,
    utilities_of,
)

MOST_TILES = 4


@dataclass(frozen=True)
class Facts:
    """The figures of a zone, each with the number of its source among the notes."""

    notes: Notes
    areas: Sequence[Figure]
    plots: Figure  # source and day of all plots, of the outline, of all tenants
    outline: Figure
    tenants: Figure
    utilities: dict[str, list[Figure]]
    stage: Figure
    project: Figure
    accreditation: Figure
    manager: Figure
    documents: Sequence[tuple[ZoneDocument, int]]

    @property
    def has_notes(self) -> bool:
        """Whether any source is named."""
        return any(True for _note in self.notes)

    @property
    def standing(self) -> list[Figure]:
        """How far it is and what it is in law, as far as that is known."""
        known = (self.stage, self.project, self.accreditation, self.manager)
        return [figure for figure in known if figure.text or figure.note]


def facts_of(zone: Zone) -> Facts:
    """The facts of a zone whose open rows are there; no query."""
    notes = Notes()
    areas = [notes.numbered(figure) for figure in areas_of(zone)]
    plots, outline = (notes.numbered(_dated(zone, name)) for name in ("plots", "outline"))
    utilities = {kind: [notes.numbered(figure) for figure in some] for kind, some in utilities_of(zone).items()}
    return Facts(
        notes=notes,
        areas=areas,
        plots=plots,
        outline=outline,
        utilities=utilities,
        stage=notes.numbered(stage_of(zone)),
        project=notes.numbered(project_of(zone)),
        accreditation=accreditation_of(zone),
        manager=notes.numbered(manager_of(zone)),
        tenants=notes.numbered(_dated(zone, "tenants")),
        documents=[(document, notes.number(document.source)) for document in zone.open_documents],
    )


def _dated(zone: Zone, name: str) -> Figure:
    """Source and day of what a zone says as a whole."""
    return Figure("", "", source=getattr(zone, f"{name}_source"), as_of=getattr(zone, f"{name}_as_of"))


def opening_of(zone: Zone, districts: Sequence[str], plots: Sequence[tuple[str, int, Decimal]]) -> str:
    """One sentence of what is known: where it lies, how far it is, who manages it, what is free.

    `plots` are (state, how many, hectares of them).
    """
    place = ", ".join([*districts, zone.regency.name])
    clauses = [_("lies in %(place)s") % {"place": place}]
    stage = _lower(zone.get_stage_display())
    if zone.stage_on:
        clauses.append(
            _("has been at the stage “%(stage)s” since %(day)s") % {"stage": stage, "day": day(zone.stage_on)}
        )
    else:
        clauses.append(_("is at the stage “%(stage)s”") % {"stage": stage})
    if zone.manager:
        clauses.append(_("is managed by %(manager)s") % {"manager": zone.manager})
    for state, count, hectares in plots:
        if state == rules.PlotState.FREE:
            text = ngettext("has %(count)s free plot of %(ha)s ha", "has %(count)s free plots of %(ha)s ha", count)
            clauses.append(text % {"count": number(count), "ha": computed(hectares)})
    return f"{zone.name} {get_text_list(clauses, _('and'))}."


def tiles_of(zone: Zone, facts: Facts) -> list[Figure]:
    """The four figures worth most to an investor, of those that are there."""
    return [replace(figure, note=_age(figure)) for figure in _figures(zone, facts)][:MOST_TILES]


def _figures(zone: Zone, facts: Facts) -> Iterator[Figure]:
    if zone.free_land_ha is not None:
        yield replace(facts.plots, label=_("Free land"), text=f"{computed(zone.free_land_ha)} ha")
    if zone.free_power_mw is not None:
        stated = [
            utility
            for utility in zone.open_utilities
            if utility.kind == rules.UtilityKind.POWER and utility.free_capacity
        ]
        yield replace(
            _oldest(stated), label=_("Free power"), text=f"{number(zone.free_power_mw)} {rules.Unit.MEGAWATT.label}"
        )
    yield from _nearest(zone, rules.UtilityKind.PORT, _("Nearest port"))
    yield from map(_area, facts.areas[:1])
    yield from _nearest(zone, rules.UtilityKind.AIRPORT, _("Nearest airport"))
    yield from _nearest(zone, rules.UtilityKind.ROAD, _("By road to %(place)s"))
    if zone.open_tenants:
        yield replace(facts.tenants, label=_("Tenants"), text=number(len(zone.open_tenants)))
    yield from map(_area, facts.areas[1:])


def _nearest(zone: Zone, kind: rules.UtilityKind, label: str) -> Iterator[Figure]:
    """How far the nearest of a kind is. A road leads somewhere: one of which nobody said where tells nothing."""
    away = [
        (utility.distance_km, utility)
        for utility in zone.open_utilities
        if utility.kind == kind and utility.distance_km is not None and (utility.name or "%(place)s" not in label)
    ]
    if away:
        distance, near = min(away, key=lambda pair: pair[0])
        yield Figure(label % {"place": near.name}, f"{number(distance)} km", as_of=near.as_of)


def _area(figure: Figure) -> Figure:
    return replace(figure, label=_("Area: %(basis)s") % {"basis": _lower(figure.label)})


def _oldest(utilities: Sequence[Utility]) -> Figure:
    """The day of which all of these may be relied on: none while one of them has none."""
    days = [utility.as_of for utility in utilities if utility.as_of]
    return Figure("", "", as_of=min(days, default=None) if len(days) == len(utilities) else None)


def _age(figure: Figure) -> str:
    """Of which day a figure is, and whether that is long ago."""
    if not figure.as_of:
        return _("Day not stated.")
    text = _("As of %(day)s.") % {"day": day(figure.as_of)}
    return f"{text} {_('Older than 12 months.')}" if figure.age == "stale" else text


def missing_of(zone: Zone, facts: Facts, *, has_plots: bool) -> list[str]:
    """What an investor would ask for and is not there, in words."""
    asked = (
        (_("Areas"), facts.areas),
        (_("Plots"), has_plots),
        *((kind.label, kind in facts.utilities) for kind in rules.UtilityKind),
        (_("National strategic project"), facts.project.text),
        (_("Accreditation (Permenperin 26/2025)"), facts.accreditation.text),
        (_("Manager"), facts.manager.text),
        (_("Focus industries"), zone.focus),
        (_("Tenants"), zone.open_tenants),
        (_("Permits and documents"), zone.open_documents),
        (_("Office to ask"), zone.contact_office or zone.contact_phone or zone.contact_email or zone.contact_website),
    )
    return [_lower(label) for label, is_there in asked if not is_there]


@dataclass(frozen=True)
class Capacity:
    """What is still free of a utility, of how much, and of which day that is."""

    of: Utility
    dated: Figure


def capacities_of(zone: Zone) -> list[Capacity]:
    """Free capacity as entered, one line for each source."""
    return [
        Capacity(utility, Figure("", "", as_of=utility.as_of))
        for utility in zone.open_utilities
        if utility.free_capacity is not None
    ]


def _lower(label: object) -> str:
    """A label within a sentence: its first letter small, unless it begins with an abbreviation."""
    text = str(label)
    return text if text[1:2].isupper() else text[:1].lower() + text[1:]


def location_of(zone: Zone) -> str:
    """Where it lies in the province, as SVG: with a pin, or a ring where only its district is known."""
    latitude, longitude = zone.map_latitude, zone.map_longitude
    point = None if latitude is None or longitude is None else (float(latitude), float(longitude))
    return location_picture(zone.regency_id, point, is_exact=zone.map_point != MapPoint.DISTRICT)
