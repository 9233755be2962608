"""Figures of a zone as pages show them: what it says, of which day, by whom, and whether that is too long ago."""

import datetime
from collections import defaultdict
from dataclasses import dataclass

from django.db.models import Prefetch
from django.utils import timezone
from django.utils.translation import gettext as _

from disperin.ui.formats import day, number
from zones import rules
from zones.models import Tenant, Utility, Zone, ZoneArea, ZoneDocument


@dataclass(frozen=True)
class Figure:
    """One figure; `age` is fresh, stale or undated. What does not change by the day (`lasting`) does not age."""

    label: str
    text: str
    note: str = ""
    source: str = ""
    as_of: datetime.date | None = None
    lasting: bool = False

    @property
    def age(self) -> str:
        """Whether it may still be relied on today."""
        return "fresh" if self.lasting else rules.age_of(self.as_of, timezone.localdate())


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
    return Figure("", text, zone.stage_note, zone.stage_source, lasting=True)


def areas_of(zone: Zone) -> list[Figure]:
    """Every area of a zone, side by side."""
    return [
        Figure(one.get_basis_display(), f"{number(one.hectares)} ha", one.note, one.source, one.source_date)
        for one in zone.open_areas
    ]


def utilities_of(zone: Zone) -> dict[str, list[Figure]]:
    """`{kind: [Figure]}`, in the order of the kinds."""
    found = defaultdict(list)
    for one in zone.open_utilities:
        found[one.kind].append(Figure(one.name or one.get_kind_display(), _said(one), one.note, one.source, one.as_of))
    return {kind: found[kind] for kind in rules.UtilityKind if kind in found}


def tenants_by_class(zone: Zone) -> list[tuple[str, str, list[Tenant]]]:
    """Tenants by their class of KBLI: `[(title or "", its language or "", [Tenant])]`, those without a class last."""
    found = defaultdict(list)
    for one in zone.open_tenants:
        title = str(one.kbli) if one.kbli else f"{one.other_code} {one.other_title}".strip()
        found[title, one.kbli.title_language if one.kbli else ""].append(one)
    return [(*key, some) for key, some in sorted(found.items(), key=lambda pair: (not pair[0][0], pair[0]))]


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
