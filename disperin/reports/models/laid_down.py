"""What the office lays down: who has to report, by when, and which KBLI are shipyards. No row is shipped."""

import datetime

import pghistory
from django.core.exceptions import ValidationError
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from disperin.registers.dated.quarters import Quarter
from disperin.registers.dated.standards import DatedRow, ends_after_it_begins, refuse_overlap
from disperin.reports import rules
from disperin.reports.models.report import FIRST_YEAR, LAST_YEAR
from industries.models import KbliClass
from industries.rules import IndustryScale

LATEST_DUE = datetime.timedelta(days=366)  # after the quarter: whatever lies beyond is a mistyped year


@pghistory.track()
class ReportingDeadline(models.Model):
    """From when to when the report of one quarter is sent. That of quarter IV is due in the next year."""

    year = models.PositiveSmallIntegerField(
        _("year"), validators=[MinValueValidator(FIRST_YEAR), MaxValueValidator(LAST_YEAR)]
    )
    quarter = models.CharField(_("quarter"), max_length=3, choices=rules.Period)
    opens_on = models.DateField(_("opens on"))
    due_on = models.DateField(
        _("due on"), help_text=_("The last day that is in time. That of quarter IV lies in the next year.")
    )
    source = models.CharField(_("who set it, and where"), max_length=200)

    class Meta:
        verbose_name = _("deadline of quarterly reports")
        verbose_name_plural = _("deadlines of quarterly reports")
        ordering = ["-year", "-quarter"]
        constraints = [
            models.UniqueConstraint(
                name="one_deadline_per_quarter",
                fields=["year", "quarter"],
                violation_error_message=_("This quarter has its deadline already. Change that one."),
            ),
            models.CheckConstraint(name="reports_are_due_after_they_open", condition=Q(due_on__gte=F("opens_on"))),
        ]
        indexes = [models.Index(fields=["due_on", "id"], name="deadline_by_day")]

    def __str__(self) -> str:
        return self.period.title

    @property
    def period(self) -> Quarter:
        """The quarter whose report is due."""
        return rules.quarter_of(self.year, self.quarter)

    def clean(self) -> None:
        """It opens once the quarter has begun, and is due after it has ended, within a year."""
        if None in (self.year, self.opens_on, self.due_on) or not self.quarter:
            return
        problems: dict[str, ValidationError] = {}
        if self.opens_on < self.period.first_day:
            problems["opens_on"] = ValidationError(_("This day lies before the quarter begins."), "before_its_day")
        if self.due_on < self.opens_on:
            problems["due_on"] = ValidationError(_("It cannot be due before it opens."), "before_its_day")
        elif self.due_on <= self.period.last_day:
            text = _("The quarter has not ended on this day. Quarter IV is due in the next year.")
            problems["due_on"] = ValidationError(text, "before_its_day")
        elif self.due_on > self.period.last_day + LATEST_DUE:
            text = _("This day lies more than a year after the quarter. Is its year right?")
            problems["due_on"] = ValidationError(text, "too_late")
        if problems:
            raise ValidationError(problems)


class Reminder(models.Model):
    """That those who have to report were reminded so many days after the due day (before it: less than 0)."""

    deadline = models.ForeignKey(ReportingDeadline, models.PROTECT, related_name="reminders")
    days = models.SmallIntegerField()
    given_on = models.DateField()

    class Meta:
        constraints = [
            models.UniqueConstraint(name="each_reminder_is_given_once", fields=["deadline", "days"]),
        ]

    def __str__(self) -> str:
        return f"{self.deadline_id}: {self.days:+d}"


@pghistory.track()
class ReportingDuty(DatedRow):
    """That makers of a scale have to report each quarter."""

    COUNTED = ("scale",)

    scale = models.CharField(
        _("scale of the industry"),
        max_length=10,
        choices=[choice for choice in IndustryScale.choices if choice[0] != IndustryScale.UNKNOWN],
    )
    source = models.CharField(_("where it is said"), max_length=200)

    class Meta:
        verbose_name = _("duty to report each quarter")
        verbose_name_plural = _("duties to report each quarter")
        ordering = ["scale", "key"]
        constraints = [ends_after_it_begins("a_duty_to_report_ends_after_it_begins")]

    def __str__(self) -> str:
        return str(self.get_scale_display())

    def clean(self) -> None:
        """One row at a time for each scale."""
        refuse_overlap(self, "scale")


@pghistory.track()
class ShipyardClass(DatedRow):
    """A KBLI whose makers fill in the form of shipyards."""

    COUNTED = ("kbli",)

    kbli = models.ForeignKey(KbliClass, models.PROTECT, verbose_name=_("KBLI"), related_name="+")
    source = models.CharField(_("where it is said"), max_length=200)

    class Meta:
        verbose_name = _("KBLI of shipyards")
        verbose_name_plural = _("KBLI of shipyards")
        ordering = ["key"]
        constraints = [ends_after_it_begins("a_kbli_of_shipyards_ends_after_it_begins")]

    def __str__(self) -> str:
        return str(self.kbli)

    def clean(self) -> None:
        """One row at a time for each KBLI."""
        refuse_overlap(self, "kbli")
