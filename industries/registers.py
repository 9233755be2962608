"""The registers of this app."""

from disperin.registers import directory
from industries.forms import ClusterForm, EstablishmentForm, HalalForm
from industries.models import Cluster, Establishment, HalalCertification

directory.register("establishments", model=Establishment, form=EstablishmentForm)
directory.register("clusters", model=Cluster, form=ClusterForm)
directory.register("halal", model=HalalCertification, form=HalalForm)
