"""The pages of zones, their milestones, issues and partnerships."""

from .accreditation import ZoneSelfCheck
from .comparing import ZoneCompare
from .issues import ZoneIssueDetail, ZoneIssueList, ZoneIssueMap
from .milestones import MilestoneDetail, MilestoneList, MilestoneMap
from .partnerships import PartnershipDetail, PartnershipList, PartnershipMap
from .portfolio import Portfolio
from .profile import ZoneProfileFile
from .progress import ZoneProgress
from .zones import ZoneDetail, ZoneList, ZoneMap, ZoneShapes

__all__ = [
    "MilestoneDetail",
    "MilestoneList",
    "MilestoneMap",
    "PartnershipDetail",
    "PartnershipList",
    "PartnershipMap",
    "Portfolio",
    "ZoneCompare",
    "ZoneDetail",
    "ZoneIssueDetail",
    "ZoneIssueList",
    "ZoneIssueMap",
    "ZoneList",
    "ZoneMap",
    "ZoneProfileFile",
    "ZoneProgress",
    "ZoneSelfCheck",
    "ZoneShapes",
]
