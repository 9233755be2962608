"""Zones with their parts; their milestones and issues; the self-check of their accreditation."""

from zones.models.accreditation import AccreditationItem, SelfCheckAnswer, accreditation_items, self_checks
from zones.models.parts import Plot, Tenant, Utility, ZoneArea, ZoneDocument
from zones.models.progress import Milestone, ZoneIssue
from zones.models.zone import MapPoint, Zone

__all__ = [
    "AccreditationItem",
    "MapPoint",
    "Milestone",
    "Plot",
    "SelfCheckAnswer",
    "Tenant",
    "Utility",
    "Zone",
    "ZoneArea",
    "ZoneDocument",
    "ZoneIssue",
    "accreditation_items",
    "self_checks",
]
