"""The registers of this app."""

from disperin.registers import directory
from industries.forms import ClusterForm, EstablishmentForm, GreenForm, HalalForm
from industries.models import Cluster, Establishment, GreenCertification, HalalCertification

directory.register("establishments", model=Establishment, form=EstablishmentForm)
directory.register("clusters", model=Cluster, form=ClusterForm)
directory.register("halal", model=HalalCertification, form=HalalForm)
directory.register("green", model=GreenCertification, form=GreenForm)
