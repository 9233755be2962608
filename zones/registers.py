"""The registers of this app, and what it adds to the pages of makers and of downstream chains."""

from disperin.registers.lists import additions
from disperin.registers.record import directory
from industries.models import ChainStep, Establishment
from zones.forms import MilestoneForm, PartnershipForm, ZoneForm, ZoneIssueForm
from zones.models import partnerships_of_makers, partnerships_of_steps

directory.register("zones", ZoneForm)
directory.register("milestones", MilestoneForm)
directory.register("issues", ZoneIssueForm)
directory.register("partnerships", PartnershipForm)

additions.add(Establishment, "zones/_maker_partnerships.html", partnerships_of_makers)
additions.add(ChainStep, "zones/_step_partnerships.html", partnerships_of_steps)
