"""The registers of this app, and what it adds to the pages of makers and of downstream chains."""

from disperin.registers.lists import additions
from disperin.registers.record import directory
from industries.models import ChainStep, Establishment
from zones.forms import MilestoneForm, PartnershipForm, ZoneForm, ZoneIssueForm
from zones.models import Milestone, Partnership, Zone, ZoneIssue, partnerships_of_makers, partnerships_of_steps

directory.register("zones", model=Zone, form=ZoneForm)
directory.register("milestones", model=Milestone, form=MilestoneForm)
directory.register("issues", model=ZoneIssue, form=ZoneIssueForm)
directory.register("partnerships", model=Partnership, form=PartnershipForm)

additions.add(Establishment, "zones/_maker_partnerships.html", partnerships_of_makers)
additions.add(ChainStep, "zones/_step_partnerships.html", partnerships_of_steps)
