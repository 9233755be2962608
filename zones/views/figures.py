"""Figures of a zone as pages show them: what it says, of which day, by whom, and whether that is too long ago."""

import datetime
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field, replace

from django.db.models import Prefetch
from django.utils.translation import gettext as _

from disperin.registers.record import past
from disperin.ui.entered import Entered, told
from disperin.ui.formats import day, number
from zones import rules
from zones.models import Tenant, Utility, Zone, ZoneArea, ZoneDocument

DISTANT = (rules.UtilityKind.PORT, rules.UtilityKind.AIRPORT, rules.UtilityKind.ROAD)


@dataclass(frozen=True)
class Figure:
    """One figure; `age` is fresh, stale or undated. What does not change by the day (`lasting`) does not age.

    `note_number` is that of its source among the notes, 0 where it has none or where nobody numbers them.
    """

    label: str
    text: str
    note: str = ""
    source: str = ""
    as_of: datetime.date | None = None
    lasting: bool = False
    note_number: int = 0

    @property
    def age(self) -> str:
        """Whether it may still be relied on today."""
        return "fresh" if self.lasting else rules.age_of(self.as_of, past.today())


@dataclass
class Note:
    """A source, once for all figures that are from it, and the days that these are of."""

    number: int
    source: Entered
    days: list[datetime.date] = field(default_factory=list)


class Notes:
    """The sources of a page or paper, numbered in the order in which they are first named."""

    def __init__(self) -> None:
        self._of: dict[str, Note] = {}

    def __iter__(self) -> Iterator[Note]:
        return iter(self._of.values())

    def number(self, source: str, as_of: datetime.date | None = None) -> int:
        """The number of a source, which may say something of a day; 0 for none."""
        if not source:
            return 0
        note = self._of.setdefault(source, Note(len(self._of) + 1, Entered(source)))
        if as_of and as_of not in note.days:
            note.days.append(as_of)
        return note.number

    def numbered(self, figure: Figure) -> Figure:
        """The figure with the number of its source."""
        return replace(figure, note_number=self.number(figure.source, figure.as_of))


def open_rows(*parts: str) -> list[Prefetch]:
    """Prefetches of the open rows of these parts, each in one query."""
    sorts = {
        "areas": ZoneArea.objects.all(),
        "utilities": Utility.objects.all(),
        "tenants": Tenant.objects.select_related("establishment", "kbli"),
        "documents": ZoneDocument.objects.select_related("file"),
    }
    return [Prefetch(name, sorts[name].filter(closed_on=None), f"open_{name}") for name in parts]


def stage_of(zone: Zone) -> Figure:
    """How far a zone is, and since when."""
    since = _("since %(day)s") % {"day": day(zone.stage_on)} if zone.stage_on else ""
    text = ", ".join(filter(None, (zone.get_stage_display(), since)))
    return Figure(_("Stage"), text, told(zone, "stage_note"), zone.stage_source, lasting=True)


def project_of(zone: Zone) -> Figure:
    """Whether it is a national strategic project; one that the office has not confirmed says so, beside its basis."""
    basis = told(zone, "project_basis")
    text = zone.get_project_stage_display() or (_("Not confirmed") if basis else "")
    return Figure(_("National strategic project"), text, basis, lasting=True)


def manager_of(zone: Zone) -> Figure:
    """Who manages it; where nobody is named, a source may still say why."""
    text = zone.manager or (_("See the source") if zone.manager_source else "")
    return Figure(_("Manager"), text, source=zone.manager_source, lasting=True)


def accreditation_of(zone: Zone) -> Figure:
    return Figure(_("Accreditation (Permenperin 26/2025)"), zone.get_accreditation_display(), lasting=True)


def areas_of(zone: Zone) -> list[Figure]:
    """Every area of a zone, side by side."""
    return [
        Figure(
            area.get_basis_display(), f"{number(area.hectares)} ha", told(area, "note"), area.source, area.source_date
        )
        for area in zone.open_areas
    ]


def utilities_of(zone: Zone) -> dict[str, list[Figure]]:
    """`{kind: [Figure]}`, in the order of the kinds; a figure without a name of its own has no label."""
    by_kind = defaultdict(list)
    for utility in zone.open_utilities:
        by_kind[utility.kind].append(
            Figure(Entered(utility.name), _said(utility), told(utility, "note"), utility.source, utility.as_of)
        )
    return {kind: by_kind[kind] for kind in rules.UtilityKind if kind in by_kind}


def distances_of(zone: Zone) -> list[tuple[str, float]]:
    """How far ports, airports and the places at the end of roads are, as entered: `[(what is said of it, km)]`."""
    return [
        (f"{utility.name or utility.get_kind_display()}: {number(utility.distance_km)} km", float(utility.distance_km))
        for utility in zone.open_utilities
        if utility.kind in DISTANT and utility.distance_km is not None
    ]


def tenants_by_class(zone: Zone) -> list[tuple[Entered | str, list[Tenant]]]:
    """Tenants by their class of KBLI: `[(title or "", [Tenant])]`, those without a class last."""
    by_class = defaultdict(list)
    for tenant in zone.open_tenants:
        title = str(tenant.kbli) if tenant.kbli else f"{tenant.other_code} {tenant.other_title}".strip()
        by_class[title, tenant.kbli.title_language if tenant.kbli else "id"].append(tenant)
    sorted_by_class = sorted(by_class.items(), key=lambda pair: (not pair[0][0], pair[0]))
    return [(Entered(title, language or "id"), some) for (title, language), some in sorted_by_class]


def _said(utility: Utility) -> str:
    """State, capacity and distance in words; "" where none is known."""
    unit = utility.get_unit_display()
    parts = [utility.get_status_display()]
    if utility.capacity is not None:
        parts.append(_("capacity %(amount)s %(unit)s") % {"amount": number(utility.capacity), "unit": unit})
    if utility.free_capacity is not None:
        parts.append(_("%(amount)s %(unit)s free") % {"amount": number(utility.free_capacity), "unit": unit})
    if utility.distance_km is not None:
        parts.append(_("%(distance)s km away") % {"distance": number(utility.distance_km)})
    return ", ".join(filter(None, parts))
