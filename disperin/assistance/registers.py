"""The register of this app, and what it adds to the pages of makers and clusters."""

from disperin.assistance.forms import AssistanceForm
from disperin.assistance.models.helped import help_of_clusters, help_of_makers
from disperin.registers.lists import additions
from disperin.registers.record import directory
from industries.models import Cluster, Establishment

directory.register("assistance", AssistanceForm)

additions.add(Establishment, "assistance/_help.html", help_of_makers, inside=True)
additions.add(Cluster, "assistance/_help.html", help_of_clusters, inside=True)
