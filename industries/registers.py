"""The registers of this app."""

from collections.abc import Sequence
from typing import Any

from disperin.accounts.models import User
from disperin.registers.lists import additions
from disperin.registers.record import directory
from disperin.registers.record.directory import Register
from industries import actions
from industries.forms import ClusterForm, EstablishmentForm, GreenForm, HalalForm
from industries.models import Establishment, quality_panel


def _keep_up(establishments: Sequence[Establishment]) -> None:
    actions.keep_up_establishments(establishments)
    actions.keep_up_quality(establishments)


def _move_along(register: Register, records: Sequence[Any], by: User) -> None:
    if register.model is Establishment:
        actions.move_halal_tasks(records, by=by)


directory.register("establishments", EstablishmentForm, keep_up=_keep_up)
directory.register("clusters", ClusterForm)
directory.register("halal", HalalForm, keep_up=actions.keep_up_certifications)
directory.register("green", GreenForm)
directory.move_along(_move_along)
additions.add_to_drafts(Establishment, "industries/_quality.html", quality_panel)
