"""The pages of zones, their milestones and issues."""

from .accreditation import ZoneSelfCheck
from .comparing import ZoneCompare
from .issues import ZoneIssueDetail, ZoneIssueList, ZoneIssueMap
from .milestones import MilestoneDetail, MilestoneList, MilestoneMap
from .zones import ZoneDetail, ZoneList, ZoneMap, ZoneShapes

__all__ = [
    "MilestoneDetail",
    "MilestoneList",
    "MilestoneMap",
    "ZoneCompare",
    "ZoneDetail",
    "ZoneIssueDetail",
    "ZoneIssueList",
    "ZoneIssueMap",
    "ZoneList",
    "ZoneMap",
    "ZoneSelfCheck",
    "ZoneShapes",
]
