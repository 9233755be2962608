"""The old stock: rows that were taken out of an older system of the office, and are brought in unchecked."""

import datetime
from dataclasses import dataclass

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from disperin.ui import formats

LONGEST_NAME = 100


@dataclass(frozen=True)
class Stock:
    """What an older system is called, and the day on which the rows were taken out of it."""

    system: str
    extracted_on: datetime.date | None

    @classmethod
    def named(cls, system: str, extracted_on: datetime.date | None) -> "Stock | None":
        """The Stock of what somebody entered, whole or not; None where they entered nothing."""
        return cls(system, extracted_on) if system or extracted_on else None

    def as_detail(self) -> dict[str, str]:
        """What the history keeps of it, in no language."""
        return {"stock": self.system, "extracted_on": self.day}

    @property
    def day(self) -> str:
        """Its day as the calendar of ISO 8601 writes it; "" where none was entered."""
        return self.extracted_on.isoformat() if self.extracted_on else ""

    def __str__(self) -> str:
        values = {"system": self.system, "day": formats.day(self.extracted_on)}
        return _("“%(system)s”, taken out on %(day)s") % values


class FromStock(models.Model):
    """Whatever may hold rows of an older system: then it says which, and of which day."""

    older_system = models.CharField(gettext_lazy("older system"), max_length=LONGEST_NAME, blank=True)
    extracted_on = models.DateField(gettext_lazy("taken out on"), null=True)

    class Meta:
        abstract = True
        constraints = [
            models.CheckConstraint(
                name="%(class)s_of_an_older_system_says_its_day",
                condition=Q(older_system="", extracted_on__isnull=True)
                | (~Q(older_system="") & Q(extracted_on__isnull=False)),
            )
        ]

    @property
    def stock(self) -> Stock | None:
        """The Stock that it comes from; None for what people of today propose."""
        return Stock(self.older_system, self.extracted_on) if self.older_system else None
