"""Where a report stands in SIINas, and by which steps on which days it came there. Noted by people, through verbs."""

import datetime
from typing import Self

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from disperin.reports import rules
from disperin.reports.models.report import QuarterlyReport


class Filing(models.Model):
    """Where a report stands now: the last of its steps that was not taken back, and the day it was sent first."""

    report = models.OneToOneField(QuarterlyReport, models.PROTECT, related_name="filing")
    state = models.CharField(_("state in SIINas"), max_length=14, choices=rules.State)
    since = models.DateField(_("since"))
    sent_first_on = models.DateField(_("sent first on"), null=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="what_siinas_received_was_sent_on_a_day",
                condition=Q(state="konsep") | Q(sent_first_on__isnull=False),
            )
        ]
        indexes = [models.Index(fields=["state", "report"], name="filing_by_state")]

    def __str__(self) -> str:
        return f"{self.report_id}: {self.state}"


class FilingStepQuerySet(models.QuerySet):
    def standing(self, report: QuarterlyReport) -> Self:
        """The steps of a report that were not taken back; the newest last."""
        return self.filter(report=report, taken_back_at=None)

    def standing_at(self, moment: datetime.datetime) -> Self:
        """Those that were noted, and not taken back, by a moment; the newest first."""
        kept = Q(taken_back_at=None) | Q(taken_back_at__gte=moment)
        return self.filter(kept, noted_at__lt=moment).order_by("-id")


class FilingStep(models.Model):
    """One step: its day as SIINas tells it, who noted it here and when; one noted by mistake is taken back."""

    report = models.ForeignKey(QuarterlyReport, models.PROTECT, related_name="filing_steps")
    state = models.CharField(_("state in SIINas"), max_length=14, choices=rules.State)
    on = models.DateField(_("day"))
    reason = models.CharField(_("reason of the return"), max_length=500, blank=True)
    noted_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    noted_at = models.DateTimeField(auto_now_add=True)
    taken_back_at = models.DateTimeField(null=True)

    objects = FilingStepQuerySet.as_manager()

    class Meta:
        ordering = ["id"]
        indexes = [models.Index(F("report"), F("id"), name="filing_steps_of_report")]

    def __str__(self) -> str:
        return f"{self.get_state_display()}, {self.on}"
