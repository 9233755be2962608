"""The registers of this app, and what it adds to the pages of the makers."""

from disperin.registers.lists import additions
from disperin.registers.record import directory
from industries.models import Cluster, Product
from ovop.forms import AwardForm, NominationForm
from ovop.models import clusters_told, standing_awards

directory.register("awards", AwardForm)
directory.register("nominations", NominationForm)

additions.add(Product, "ovop/_product_stars.html", standing_awards)
additions.add(Product, "ovop/_product_readiness.html", inside=True)
additions.add(Cluster, "ovop/_cluster_readiness.html", clusters_told, inside=True)
