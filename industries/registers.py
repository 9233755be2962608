"""The registers of this app."""

from disperin.registers.record import directory
from industries import actions
from industries.forms import ClusterForm, EstablishmentForm, GreenForm, HalalForm
from industries.models import Cluster, Establishment, GreenCertification, HalalCertification

directory.register("establishments", model=Establishment, form=EstablishmentForm, settle=actions.settle_establishments)
directory.register("clusters", model=Cluster, form=ClusterForm)
directory.register("halal", model=HalalCertification, form=HalalForm, settle=actions.settle_certifications)
directory.register("green", model=GreenCertification, form=GreenForm)
