"""Within how many working days the office promises to decide: dated rows of administrators; none is shipped."""

import datetime

from django.core.exceptions import ValidationError
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.utils.translation import gettext_lazy as _

from disperin.inquiries.models import Holiday
from disperin.inquiries.rules import last_day_overdue
from disperin.registers.dated.standards import DatedRow, at_the_same_time, ends_after_it_begins
from disperin.registers.dated.validity import in_force

MOST_DAYS = 60
LOOKED_BACK = datetime.timedelta(days=400)  # over holidays; more than so many working days


class ReviewPromise(DatedRow):
    """How long a submission may wait. The promise of a day is asked of all that wait on it, whenever they came."""

    COUNTED = ("working_days",)

    working_days = models.PositiveSmallIntegerField(
        _("working days to a decision"), validators=[MinValueValidator(1), MaxValueValidator(MOST_DAYS)]
    )

    class Meta:
        verbose_name = _("promise of the review")
        verbose_name_plural = _("promises of the review")
        ordering = ["-valid_from", "key"]
        constraints = [ends_after_it_begins("a_promise_of_the_review_ends_after_it_begins")]

    def __str__(self) -> str:
        return f"{self.key}: {self.working_days}"

    def clean(self) -> None:
        """One promise at a time. Raises ValidationError."""
        super().clean()
        if other := at_the_same_time(self).first():
            text = _("“%(key)s” is in force on some of these days. End it first.")
            field = "valid_from" if self._state.adding else "valid_to"  # alone can be changed of what is stored
            raise ValidationError({field: text % {"key": other.pk}})


def waits_too_long_since(today: datetime.date) -> datetime.date | None:
    """Whoever was handed in on this day or before waits longer than was promised; None where nothing is promised."""
    promised = in_force(ReviewPromise.objects.all(), today)
    if not promised:
        return None
    holidays = Holiday.objects.filter(day__gte=today - LOOKED_BACK, day__lt=today)
    return last_day_overdue(today, promised[0].working_days, frozenset(holidays.values_list("day", flat=True)))
