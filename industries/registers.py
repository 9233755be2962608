"""The registers of this app."""

from collections.abc import Sequence

from disperin.registers.lists import additions
from disperin.registers.record import directory
from industries import actions
from industries.forms import ClusterForm, EstablishmentForm, GreenForm, HalalForm
from industries.models import Establishment, quality_panel


def _keep_up(establishments: Sequence[Establishment]) -> None:
    actions.keep_up_establishments(establishments)
    actions.keep_up_quality(establishments)


directory.register("establishments", EstablishmentForm, keep_up=_keep_up)
directory.register("clusters", ClusterForm)
directory.register("halal", HalalForm, keep_up=actions.keep_up_certifications)
directory.register("green", GreenForm)
additions.add_to_drafts(Establishment, "industries/_quality.html", quality_panel)
