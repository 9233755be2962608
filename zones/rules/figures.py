"""What a figure of a zone needs to be believed: a day, a unit, and nothing that contradicts itself."""

import re
from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from typing import Literal

from django.core.exceptions import ValidationError
from django.utils.text import slugify
from django.utils.translation import gettext_lazy as _

from zones.rules.choices import PlotState, ProjectStage, Unit, UtilityKind, ZoneKind

# Names of pages below the list of zones, which no zone may be called by.
RESERVED_SLUGS = ("banding", "peta", "kemajuan", "portofolio", "isu", "tonggak", "pertanyaan")
LONGEST_SLUG = 80

Age = Literal["fresh", "stale", "undated"]


def age_of(as_of: date | None, today: date) -> Age:
    """Whether a figure of this day is still fresh; after twelve months it is stale (the office's own measure)."""
    if as_of is None:
        return "undated"
    return "stale" if (as_of.year + 1, as_of.month, as_of.day) < (today.year, today.month, today.day) else "fresh"


def slugs_for(name: str) -> Iterator[str]:
    """What may stand in the address of a zone of this name, the best first, without end: `utara`, `utara-2`, …"""
    first = slugify(name.replace("_", " "))[: LONGEST_SLUG - 6].strip("-") or "kawasan"
    if first not in RESERVED_SLUGS and not re.fullmatch(r"[a-z]{2,8}-\d{4}-\d{6,}", first):
        yield first
    count = 2
    while True:
        yield f"{first}-{count}"
        count += 1


def check_project(*, kind: str, project_stage: str, project_basis: str) -> None:
    """A project that is no zone stands in the register because a regulation lists it, and says which.

    Raises ValidationError by field: `no_project`, `basis_missing`.
    """
    if kind != ZoneKind.PROJECT:
        return
    problems = {}
    if project_stage == ProjectStage.NONE:
        text = _("Of this kind are national strategic projects alone. Choose its stage, or leave it empty if unknown.")
        problems["project_stage"] = ValidationError(text, "no_project")
    if not project_basis:
        text = _("Say which regulation makes it a national strategic project.")
        problems["project_basis"] = ValidationError(text, "basis_missing")
    if problems:
        raise ValidationError(problems)


def check_utility(*, capacity: Decimal | None, free_capacity: Decimal | None, unit: str) -> None:
    """A capacity has a unit, and no more of it is free than there is.

    Raises ValidationError by field: `unit_missing`, `more_than_all`.
    """
    if (capacity is not None or free_capacity is not None) and not unit:
        raise ValidationError({"unit": ValidationError(_("Choose the unit of the capacity."), "unit_missing")})
    if capacity is not None and free_capacity is not None and free_capacity > capacity:
        text = _("No more can be free than there is.")
        raise ValidationError({"free_capacity": ValidationError(text, "more_than_all")})


def check_tenant(*, name: str, has_establishment: bool, has_class: bool, other_code: str, other_title: str) -> None:
    """A tenant has a name or is a registered establishment; a code outside section C of KBLI has its title.

    Raises ValidationError by field: `nameless`, `digits`, `title_missing`, `twice`.
    """
    if not name and not has_establishment:
        text = _("Enter the name of the tenant, or the number of its establishment.")
        raise ValidationError({"name": ValidationError(text, "nameless")})
    if other_code and not re.fullmatch(r"[0-9]{5}", other_code):
        raise ValidationError({"other_code": ValidationError(_("A KBLI code has five digits."), "digits")})
    if bool(other_code) != bool(other_title):
        missing = "other_title" if other_code else "other_code"
        text = _("A code outside manufacturing needs both its five digits and its title.")
        raise ValidationError({missing: ValidationError(text, "title_missing")})
    if other_code and has_class:
        text = _("Enter one KBLI class: of manufacturing above, or another one here.")
        raise ValidationError({"other_code": ValidationError(text, "twice")})


def read_class_code(typed: str) -> str:
    """The digits of a KBLI class without the full stops and blanks that people write between them."""
    return re.sub(r"[\s.\-]", "", typed)


def tidy_phone(typed: str) -> str:
    """A telephone of an office in the form in which it is printed; blanks around its hyphens make it no longer."""
    return re.sub(r"\s*[-\u2010-\u2015]\s*", "-", " ".join(typed.split()))


def check_document(*, issued_on: date | None, valid_until: date | None) -> None:
    """A paper ends after it begins. Raises ValidationError by field, `order`."""
    if issued_on and valid_until and valid_until < issued_on:
        text = _("A document cannot end before it is issued.")
        raise ValidationError({"valid_until": ValidationError(text, "order")})


def free_land(plots: list[tuple[str, Decimal]]) -> Decimal | None:
    """Hectares of the free plots, from (state, hectares); None while no plot is known."""
    if not plots:
        return None
    return sum((hectares for state, hectares in plots if state == PlotState.FREE), Decimal(0))


def free_power(utilities: list[tuple[str, str, Decimal | None]]) -> Decimal | None:
    """Megawatts still free, from (kind, unit, free capacity); None while nobody has said. MVA are not converted."""
    said = [
        free
        for kind, unit, free in utilities
        if kind == UtilityKind.POWER and unit == Unit.MEGAWATT and free is not None
    ]
    return sum(said, Decimal(0)) if said else None


def nearest_port(utilities: list[tuple[str, Decimal | None]]) -> Decimal | None:
    """Kilometres to the nearest port, from (kind, distance); None while none is known."""
    return min((away for kind, away in utilities if kind == UtilityKind.PORT and away is not None), default=None)
