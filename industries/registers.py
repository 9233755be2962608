"""The registers of this app."""

from disperin.registers.record import directory
from industries import actions
from industries.forms import ClusterForm, EstablishmentForm, GreenForm, HalalForm

directory.register("establishments", EstablishmentForm, settle=actions.settle_establishments)
directory.register("clusters", ClusterForm)
directory.register("halal", HalalForm, settle=actions.settle_certifications)
directory.register("green", GreenForm)
