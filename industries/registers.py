"""The registers of this app."""

from collections.abc import Sequence
from typing import Any

from django.utils.translation import gettext_lazy as _

from disperin.accounts.models import User
from disperin.registers.lists import additions
from disperin.registers.record import directory
from disperin.registers.record.directory import Register
from industries import actions
from industries.forms import ClusterForm, EstablishmentForm, GreenForm, HalalForm
from industries.models import Establishment, quality_panel


def _keep_up(establishments: Sequence[Establishment], *, are_new: bool) -> None:
    actions.keep_up_establishments(establishments, are_new=are_new)
    actions.keep_up_quality(establishments)


def _move_along(register: Register, records: Sequence[Any], by: User) -> None:
    if register.model is Establishment:
        actions.move_halal_tasks(records, by=by)


directory.register(
    "establishments",
    EstablishmentForm,
    about=_("One place of production: who runs it, where it is, what it makes, how it is licensed."),
    keep_up=_keep_up,
    kept_of=actions.makers_of_establishments,
)
directory.register(
    "clusters",
    ClusterForm,
    about=_("Small industries of one village that make the like, use the same material or work the same way."),
)
directory.register(
    "halal",
    HalalForm,
    about=_("A halal certificate, or the way to one, with the products it covers."),
    keep_up=actions.keep_up_certifications,
    kept_of=actions.makers_of_certifications,
)
directory.register(
    "green",
    GreenForm,
    about=_("A green-industry certificate (SIH), or the way to one."),
)
directory.move_along(_move_along)
additions.add_to_drafts(Establishment, "industries/_quality.html", quality_panel)
