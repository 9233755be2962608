"""The league of the regencies: what it is made of on a day, counts of others, and a mark of each month."""

import datetime

import pghistory
import pgtrigger
from django.core.exceptions import ValidationError
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import Q, Sum
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from disperin.regions.models import Regency
from disperin.regions.reach import HasRegency
from disperin.registers.dated.standards import in_reading_language
from disperin.submissions.models import DecisionCount
from industries.models.quality import HAVING, PARTS, QualityCount
from industries.rules.league import Sums
from industries.rules.quality import A_DAY, months_before

LOOKED_BACK = 12  # months of which the decided proposals are counted


@pghistory.track()
class OutsideCount(HasRegency):
    """How many makers somebody else counted in a regency, on which day, and where that is said."""

    number = models.PositiveIntegerField(
        _("makers counted"), validators=[MinValueValidator(1), MaxValueValidator(10_000_000)]
    )
    counted_on = models.DateField(_("counted on"))
    what_id = models.CharField(_("what was counted (Indonesian)"), max_length=200)
    what_en = models.CharField(_("what was counted (English)"), max_length=200)
    source = models.CharField(_("where it is said"), max_length=200)
    source_url = models.URLField(_("address of the source"), max_length=300, blank=True)
    only_industry = models.BooleanField(
        _("it counts industry alone"),
        default=False,
        help_text=_("Counts of all sectors are no measure of how many makers the register lacks, and are not used."),
    )

    class Meta:
        verbose_name = _("outside count of makers")
        verbose_name_plural = _("outside counts of makers")
        ordering = ["regency", "-counted_on"]
        constraints = [
            models.UniqueConstraint(name="one_outside_count_a_day", fields=["regency", "counted_on"]),
            models.CheckConstraint(
                name="an_outside_count_is_of_industry",
                condition=Q(only_industry=True),
                violation_error_message=_("A count of all sectors is not used. Enter one of industry alone."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.regency_id} {self.counted_on}: {self.number}"

    @property
    def what(self) -> str:
        """What was counted, in the language of the reader."""
        return in_reading_language(self, "what")

    def clean(self) -> None:
        """Nothing was counted on a day to come."""
        if self.counted_on and self.counted_on > timezone.localdate():
            text = _("This day is still to come. Enter the day of which the count is.")
            raise ValidationError({"counted_on": ValidationError(text, "future")})


class QualityMark(HasRegency):
    """How the league stood when a month was marked, one row for each regency. Written once, never again."""

    month = models.DateField(_("month"))  # its first day
    taken_on = models.DateField(_("taken on"))
    records = models.IntegerField()
    score = models.BigIntegerField()
    complete = models.BigIntegerField()
    fresh = models.BigIntegerField()
    plausible = models.BigIntegerField()
    verified = models.BigIntegerField()
    decided = models.IntegerField()
    returned = models.IntegerField()
    days = models.IntegerField()
    outside = models.PositiveIntegerField(null=True)
    # null in marks of before this was counted
    score_of = models.IntegerField(null=True)
    complete_of = models.IntegerField(null=True)
    fresh_of = models.IntegerField(null=True)
    plausible_of = models.IntegerField(null=True)
    verified_of = models.IntegerField(null=True)

    class Meta:
        verbose_name = _("monthly mark of data quality")
        verbose_name_plural = _("monthly marks of data quality")
        constraints = [models.UniqueConstraint(name="one_quality_mark_a_month", fields=["month", "regency"])]
        triggers = [pgtrigger.Protect(name="a_mark_stays", operation=pgtrigger.Update | pgtrigger.Delete)]

    def __str__(self) -> str:
        return f"{self.regency_id} {self.month:%Y-%m}"


def sums_on(day: datetime.date) -> dict[str, Sums]:
    """`{regency: Sums}` of every regency: records as they are kept now, proposals decided in the year before a day.

    The day itself is left out: what is over changes no more. Four queries, whatever there is.
    """
    kept = {count.regency_id: count for count in QualityCount.objects.all()}
    until = day - A_DAY
    decided = DecisionCount.objects.filter(day__gt=months_before(until, LOOKED_BACK), day__lte=until)
    by_regency = decided.order_by().values_list("regency")
    proposals = {code: some for code, *some in by_regency.annotate(Sum("decided"), Sum("returned"), Sum("days"))}
    outside = {code: count.number for code, count in outside_counts(day).items()}
    return {code: _sums(kept.get(code), proposals.get(code), outside.get(code)) for code in _regencies()}


def outside_counts(day: datetime.date) -> dict[str, OutsideCount]:
    """`{regency: the newest count of others up to a day}`, where there is one."""
    counted = OutsideCount.objects.filter(counted_on__lte=day).order_by("counted_on")
    return {count.regency_id: count for count in counted}


def sums_of(mark: QualityMark) -> Sums:
    """What a mark kept."""
    return Sums(*(getattr(mark, name) for name in Sums._fields))


def _regencies() -> list[str]:
    return list(Regency.objects.order_by("pk").values_list("pk", flat=True))


def _sums(kept: QualityCount | None, proposals: list[int] | None, outside: int | None) -> Sums:
    numbers = {name: getattr(kept, name) if kept else 0 for name in ("records", *PARTS, *HAVING)}
    decided, returned, days = proposals or (0, 0, 0)
    return Sums(**numbers, decided=decided, returned=returned, days=days, outside=outside)
