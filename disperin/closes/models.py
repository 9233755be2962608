"""A close of a quarter with its figures, its paper and its corrections. The database refuses to change any of them."""

import datetime
import json
from typing import Any, ClassVar, Self

import pgtrigger
from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.functional import cached_property
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from disperin.figures.reported import ALL_REPORTS, REPORTED_MEASURES
from disperin.figures.sums import MEASURES, WHOLE
from disperin.registers.dated.quarters import Quarter
from disperin.ui.texts import Text

# what is not divided into groups, by dimension
WHOLE_GROUPS: dict[str, Text] = {WHOLE: _("All establishments"), ALL_REPORTS: _("Reports of the quarter")}


class ForEver(models.Model):
    """A row that is written once: neither changed nor removed, by whatever door."""

    class Meta:
        abstract = True
        triggers: ClassVar[list[Any]] = [
            pgtrigger.Protect(name="for_ever", operation=pgtrigger.Update | pgtrigger.Delete)
        ]


class CloseQuerySet(models.QuerySet["Close"]):
    def of(self, quarter: Quarter) -> Self:
        """That of a quarter, if it was closed."""
        return self.filter(year=quarter.year, quarter=quarter.number)


class Close(ForEver):
    """The figures of the registers as they stood when a quarter was closed.

    `head` is canonical JSON: what the figures rest on (`disperin/closes/sealing.py` says what stands in it). `seal` is
    the SHA-256 of head and figures; the head holds the seal of the close before, so that closes are a chain.
    """

    year = models.PositiveSmallIntegerField(_("year"))
    quarter = models.PositiveSmallIntegerField(_("quarter"))
    closed_at = models.DateTimeField(_("closed"))
    closed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name=_("closed by")
    )
    note = models.TextField(_("note"), max_length=1000, blank=True)
    head = models.TextField()
    seal = models.CharField("SHA-256", max_length=64, unique=True)

    objects = CloseQuerySet.as_manager()

    class Meta(ForEver.Meta):
        verbose_name = _("quarter close")
        verbose_name_plural = _("quarter closes")
        ordering = ["year", "quarter"]
        constraints = [
            models.UniqueConstraint(name="a_quarter_is_closed_once", fields=["year", "quarter"]),
            models.CheckConstraint(name="a_year_has_four_quarters", condition=Q(quarter__gte=1, quarter__lte=4)),
        ]

    def __str__(self) -> str:
        return self.period.title

    @property
    def period(self) -> Quarter:
        """The quarter."""
        return Quarter(self.year, self.quarter)

    @cached_property
    def told(self) -> dict[str, Any]:
        """What the head says."""
        return json.loads(self.head)

    def label(self, dimension: str, code: str) -> str:
        """What a group was called when the quarter was closed."""
        names = self.told["labels"].get(dimension, {}).get(code)
        return names[1 if get_language() == "en" else 0] if names else code


class CloseFigure(ForEver):
    """One figure of a close: a measure of a group. `shown`: visitors read it. `seal` is of this figure alone."""

    close = models.ForeignKey(Close, models.PROTECT, related_name="figures")
    dimension = models.CharField(max_length=20)
    code = models.CharField(max_length=60, blank=True)
    measure = models.CharField(max_length=20)
    value = models.BigIntegerField()
    given = models.PositiveIntegerField()  # establishments that stated more than nothing
    shown = models.BooleanField()
    seal = models.CharField(max_length=64)

    class Meta(ForEver.Meta):
        verbose_name = _("figure of a close")
        verbose_name_plural = _("figures of closes")
        constraints = [
            models.UniqueConstraint(name="one_figure_per_measure", fields=["close", "dimension", "code", "measure"])
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def name(self) -> str:
        """In messages and files, such as “branch pangan workers_male”."""
        return " ".join(filter(None, (self.dimension, self.code, self.measure)))

    @property
    def in_words(self) -> str:
        """The group and the measure, as pages call them."""
        measure = next(known.label for known in (*MEASURES, *REPORTED_MEASURES) if known.name == self.measure)
        return f"{WHOLE_GROUPS.get(self.dimension) or self.close.label(self.dimension, self.code)}: {measure}"


class ClosePaper(ForEver):
    """The paper of a close as it was set that day: the same bytes for ever."""

    close = models.OneToOneField(Close, models.PROTECT, primary_key=True, related_name="paper")
    pdf = models.BinaryField()
    seal = models.CharField("SHA-256", max_length=64)

    class Meta(ForEver.Meta):
        verbose_name = _("paper of a close")
        verbose_name_plural = _("papers of closes")

    def __str__(self) -> str:
        return str(self.close)


class CloseCorrection(ForEver):
    """That a figure of a close was wrong, what is right, and why. It stands beside the figure, which stays."""

    figure = models.ForeignKey(CloseFigure, models.PROTECT, related_name="corrections")
    right_value = models.BigIntegerField(_("right value"))
    reason = models.TextField(_("reason"), max_length=500)
    at = models.DateTimeField(_("when"), auto_now_add=True)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name=_("who"))

    class Meta(ForEver.Meta):
        verbose_name = _("correction of a close")
        verbose_name_plural = _("corrections of closes")
        ordering = ["id"]

    def __str__(self) -> str:
        return f"{self.figure}: {self.right_value}"

    @property
    def day(self) -> datetime.date:
        """When it was written down."""
        return self.at.date()
