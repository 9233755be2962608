"""Zones with their parts; their milestones and issues."""

from zones.models.parts import Plot, Tenant, Utility, ZoneArea, ZoneDocument
from zones.models.progress import Milestone, ZoneIssue
from zones.models.zone import MapPoint, Zone

__all__ = ["MapPoint", "Milestone", "Plot", "Tenant", "Utility", "Zone", "ZoneArea", "ZoneDocument", "ZoneIssue"]
