"""The pages of zones, their milestones, issues and partnerships."""

from .accreditation import ZoneSelfCheck
from .comparing import ZoneCompare
from .issues import ZoneIssueDetail, ZoneIssueList
from .milestones import MilestoneDetail, MilestoneList
from .partnerships import PartnershipDetail, PartnershipList
from .portfolio import Portfolio
from .profile import ZonePicture, ZoneProfileFile
from .progress import ZoneProgress
from .projects import ProjectDetail, ProjectList, ProjectProgress
from .zones import ZoneDetail, ZoneList, ZoneShapes

__all__ = [
    "MilestoneDetail",
    "MilestoneList",
    "PartnershipDetail",
    "PartnershipList",
    "Portfolio",
    "ProjectDetail",
    "ProjectList",
    "ProjectProgress",
    "ZoneCompare",
    "ZoneDetail",
    "ZoneIssueDetail",
    "ZoneIssueList",
    "ZoneList",
    "ZonePicture",
    "ZoneProfileFile",
    "ZoneProgress",
    "ZoneSelfCheck",
    "ZoneShapes",
]
