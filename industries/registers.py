"""The registers of this app."""

from disperin.registers.record import directory
from industries import actions
from industries.forms import ClusterForm, EstablishmentForm, GreenForm, HalalForm

directory.register("establishments", EstablishmentForm, keep_up=actions.keep_up_establishments)
directory.register("clusters", ClusterForm)
directory.register("halal", HalalForm, keep_up=actions.keep_up_certifications)
directory.register("green", GreenForm)
