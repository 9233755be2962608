"""The registers of this app."""

from disperin.registers import directory
from zones.forms import MilestoneForm, ZoneForm, ZoneIssueForm
from zones.models import Milestone, Zone, ZoneIssue

directory.register("zones", model=Zone, form=ZoneForm)
directory.register("milestones", model=Milestone, form=MilestoneForm)
directory.register("issues", model=ZoneIssue, form=ZoneIssueForm)
