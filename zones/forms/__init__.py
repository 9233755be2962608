"""The forms of the registers: zones with their parts, milestones, issues."""

from zones.forms.progress import MilestoneForm, ZoneIssueForm
from zones.forms.zone import ZoneForm

__all__ = ["MilestoneForm", "ZoneForm", "ZoneIssueForm"]
