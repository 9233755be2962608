"""The registers of this app, and what it adds to the pages of the makers."""

from django.utils.translation import gettext_lazy as _

from disperin.registers.lists import additions
from disperin.registers.record import directory
from industries.models import Cluster, Product
from ovop.forms import AwardForm, NominationForm
from ovop.models import clusters_told, standing_awards

directory.register(
    "awards",
    AwardForm,
    about=_("The stars of one product in one round, by decree."),
)
directory.register(
    "nominations",
    NominationForm,
    about=_("A product proposed for the stars of a round, with its papers."),
)

additions.add(Product, "ovop/_product_stars.html", standing_awards)
additions.add(Product, "ovop/_product_readiness.html", inside=True)
additions.add(Cluster, "ovop/_cluster_readiness.html", clusters_told, inside=True)
