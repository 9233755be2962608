"""The forms of the registers of this app, and those of the accreditation."""

from zones.forms.accreditation import AccreditationItemForm, SelfCheckForm
from zones.forms.partnership import PartnershipForm
from zones.forms.progress import MilestoneForm, ZoneIssueForm
from zones.forms.zone import ZoneForm

__all__ = ["AccreditationItemForm", "MilestoneForm", "PartnershipForm", "SelfCheckForm", "ZoneForm", "ZoneIssueForm"]
