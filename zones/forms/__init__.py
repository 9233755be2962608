"""The forms of the registers of this app, and those of the accreditation."""

from zones.forms.accreditation import AccreditationItemForm, SelfCheckForm
from zones.forms.progress import MilestoneForm, ZoneIssueForm
from zones.forms.zone import ZoneForm

__all__ = ["AccreditationItemForm", "MilestoneForm", "SelfCheckForm", "ZoneForm", "ZoneIssueForm"]
