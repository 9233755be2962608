"""Units of the office (bidang) and offices of the regencies, each by its own name. Names change; none is shipped."""

import datetime
from typing import Any, Self

import pghistory
from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from disperin.regions.models import Regency
from disperin.registers.dated.standards import DatedRow, at_the_same_time, ends_after_it_begins, stands_on


class UnitQuerySet(models.QuerySet["Unit"]):
    def standing(self, day: datetime.date) -> Self:
        """Those that stand on a day; the first and the last day belong to them."""
        return self.filter(stands_on(day))

    def offered(self, day: datetime.date, *, regency: str | None = None, chosen: object = None) -> Self:
        """What a form offers: those that stand and may answer for a regency, and the one that is chosen already."""
        own = Q(regency=None) | Q(regency=regency) if regency else Q()
        return self.filter(stands_on(day) & own | Q(pk=str(chosen or "")[:40]))

    def that_take_letters(self, day: datetime.date) -> dict[str, "Unit"]:
        """`{regency: the office that letters to it go to}` on a day, as far as the office laid one down."""
        return {unit.regency_id: unit for unit in self.standing(day).filter(takes_letters=True) if unit.regency_id}


@pghistory.track()
class Unit(DatedRow):
    """A unit of the office, or an office of a regency, from which to which day; a new name is a new row."""

    COUNTED = ("name", "regency_id", "place", "takes_letters")

    name = models.CharField(_("name of the unit"), max_length=200)
    regency = models.ForeignKey(
        Regency,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("regency/city"),
        help_text=_("Of an office of a regency; empty for a unit of the office of the province."),
    )
    place = models.CharField(
        _("place"), max_length=120, blank=True, help_text=_("The town that letters to this office go to.")
    )
    takes_letters = models.BooleanField(
        _("letters go to it"),
        default=False,
        help_text=_("Letters that ask its regency for data are addressed to it; one office of a regency at a time."),
    )

    objects = UnitQuerySet.as_manager()

    class Meta:
        verbose_name = _("unit of the office")
        verbose_name_plural = _("units of the office")
        ordering = ["name", "key"]
        constraints = [
            ends_after_it_begins("a_unit_ends_after_it_begins"),
            models.CheckConstraint(
                name="letters_go_to_offices_of_regencies",
                condition=Q(takes_letters=False) | Q(regency__isnull=False),
                violation_error_message=_("Letters go to an office of a regency: say which."),
            ),
        ]
        indexes = [models.Index(fields=["regency", "name", "key"], name="unit_of_regency")]

    def __str__(self) -> str:
        return self.name

    def clean(self) -> None:
        """Of the offices of a regency one takes its letters on any day."""
        if not (self.takes_letters and self.regency_id):
            return
        other: Any = at_the_same_time(self).filter(takes_letters=True, regency=self.regency_id).first()
        if other:
            text = _("On some of these days letters to this regency go to “%(other)s”. End it first.")
            raise ValidationError({"valid_from": ValidationError(text, "overlap", {"other": other})})

    def is_of(self, regency: str | None) -> bool:
        """Can it be responsible for what lies in this regency? Units of the province and its own offices can."""
        return self.regency_id in (None, regency)
