"""The registers of this app, and what it adds to the pages of makers and of downstream chains."""

from django.utils.translation import gettext_lazy as _

from disperin.registers.lists import additions
from disperin.registers.record import directory
from industries.models import ChainStep, Establishment
from zones.forms import MilestoneForm, PartnershipForm, ZoneForm, ZoneIssueForm
from zones.models import partnerships_of_makers, partnerships_of_steps

directory.register(
    "zones",
    ZoneForm,
    about=_(
        "An industrial zone, planned or at work: areas, plots, utilities, tenants and permits. Or a national strategic "
        "project that is no zone."
    ),
)
directory.register(
    "milestones",
    MilestoneForm,
    about=_("A step in building an industrial zone or a project, with its weight, its plan and how far it is."),
    called=_("Milestones of zones and projects"),
)
directory.register(
    "issues",
    ZoneIssueForm,
    about=_("What stands in the way of an industrial zone or a project. Read inside the office only."),
    called=_("Issues of zones and projects"),
)
directory.register(
    "partnerships",
    PartnershipForm,
    about=_("Who supplies whom with what."),
)

additions.add(Establishment, "zones/_maker_partnerships.html", partnerships_of_makers)
additions.add(ChainStep, "zones/_step_partnerships.html", partnerships_of_steps)
