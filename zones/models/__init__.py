"""Zones with their parts; their milestones and issues; partnerships; the self-check of their accreditation."""

from zones.models.accreditation import AccreditationItem, SelfCheckAnswer, accreditation_items, self_checks
from zones.models.issues import ZoneIssue
from zones.models.milestones import Milestone
from zones.models.partnership import Partnership, partnerships_of_makers, partnerships_of_steps
from zones.models.parts import Plot, Tenant, Utility, ZoneArea, ZoneDocument
from zones.models.plans import plans_of
from zones.models.zone import MapPoint, Zone

__all__ = [
    "AccreditationItem",
    "MapPoint",
    "Milestone",
    "Partnership",
    "Plot",
    "SelfCheckAnswer",
    "Tenant",
    "Utility",
    "Zone",
    "ZoneArea",
    "ZoneDocument",
    "ZoneIssue",
    "accreditation_items",
    "partnerships_of_makers",
    "partnerships_of_steps",
    "plans_of",
    "self_checks",
]
