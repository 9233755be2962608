"""The register of this app, and what it adds to the pages and tables of makers and clusters."""

from django.utils.translation import gettext_lazy as _

from disperin.assistance.forms import AssistanceForm
from disperin.assistance.models.helped import NEVER_HELPED, help_of_clusters, help_of_makers
from disperin.registers.lists import additions
from disperin.registers.lists.columns import offer_kind
from disperin.registers.record import directory
from industries.models import Cluster, Establishment

directory.register(
    "assistance",
    AssistanceForm,
    about=_("One event or delivery in one regency: who got what, and what became of it."),
)

additions.add(Establishment, "assistance/_help.html", help_of_makers, inside=True)
additions.add(Cluster, "assistance/_help.html", help_of_clusters, inside=True)
offer_kind(Establishment, "never_helped", _("Assistance"), _("Nothing was ever handed over"), NEVER_HELPED)
