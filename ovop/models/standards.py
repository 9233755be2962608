"""What the office goes by, as dated rows: gates and weights of readiness, criteria of the assessors, the checklist.

A rule that changes is ended (`valid_to`) and followed by a new row, so that earlier days are judged as they were.
"""

from typing import ClassVar

import pghistory
from django.core.exceptions import ValidationError
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.utils.translation import gettext_lazy as _

from disperin.registers.dated.standards import DatedRow, ends_after_it_begins, in_reading_language, refuse_overlap
from ovop import rules
from ovop.models.schemes import CommodityGroup

MOST_LEAST = 1_000_000_000
_WEIGHT = [MinValueValidator(1), MaxValueValidator(1000)]


class FactRow(DatedRow):
    """A fact of the registers, and from which number on it counts as there."""

    MOST_OF: ClassVar[dict[str, int]] = {
        **{str(fact): 1 for fact in rules.Fact if fact not in rules.COUNTED},
        str(rules.Fact.PHOTOS): rules.MOST_PHOTOS,
    }  # the most that is counted of a fact, where that is bounded

    fact = models.CharField(_("what counts"), max_length=20, choices=rules.Fact)
    least = models.PositiveIntegerField(
        _("at least"),
        default=1,
        validators=[MinValueValidator(1), MaxValueValidator(MOST_LEAST)],
        help_text=_("Members of the centre, photographs (1 or 2), units a year, or years; 1 for everything else."),
    )

    class Meta:
        abstract = True

    def __str__(self) -> str:
        return f"{self.get_fact_display()} ({self.key})"

    def clean(self) -> None:
        """The number makes sense for the fact; one row at a time per fact."""
        if self.fact and self.least:
            most = self.MOST_OF.get(self.fact, MOST_LEAST)
            if self.least > most:
                text = _("Of this at most %(most)d is counted.")
                raise ValidationError({"least": ValidationError(text, "most", {"most": most})})
        refuse_overlap(self, "fact")


@pghistory.track()
class Gate(FactRow):
    """What a product must have before it is proposed."""

    COUNTED = ("fact", "least")

    source = models.CharField(_("where it is said"), max_length=200, blank=True)
    position = models.PositiveSmallIntegerField(_("position"), default=0)

    class Meta:
        verbose_name = _("OVOP gate")
        verbose_name_plural = _("OVOP gates")
        ordering = ["position", "key"]
        constraints = [ends_after_it_begins("a_gate_ends_after_it_begins")]


@pghistory.track()
class ReadinessWeight(FactRow):
    """How much a fact weighs in the readiness, by the office's own count."""

    COUNTED = ("fact", "least", "weight")

    weight = models.PositiveSmallIntegerField(_("weight"), validators=_WEIGHT)

    class Meta:
        verbose_name = _("weight of readiness")
        verbose_name_plural = _("weights of readiness")
        ordering = ["-weight", "key"]
        constraints = [ends_after_it_begins("a_readiness_weight_ends_after_it_begins")]


class ClusterFactRow(FactRow):
    """The same of a cluster."""

    MOST_OF: ClassVar[dict[str, int]] = {str(rules.ClusterFact.DECREE): 1}

    fact = models.CharField(_("what counts"), max_length=20, choices=rules.ClusterFact)
    least = models.PositiveIntegerField(
        _("at least"),
        default=1,
        validators=[MinValueValidator(1), MaxValueValidator(MOST_LEAST)],
        help_text=_("So many members, products or entries; 1 for the decree."),
    )

    class Meta:
        abstract = True


@pghistory.track()
class ClusterGate(ClusterFactRow):
    """What a cluster must have before it is thought of."""

    COUNTED = ("fact", "least")

    source = models.CharField(_("where it is said"), max_length=200, blank=True)
    position = models.PositiveSmallIntegerField(_("position"), default=0)

    class Meta:
        verbose_name = _("OVOP gate of clusters")
        verbose_name_plural = _("OVOP gates of clusters")
        ordering = ["position", "key"]
        constraints = [ends_after_it_begins("a_gate_of_clusters_ends_after_it_begins")]


@pghistory.track()
class ClusterWeight(ClusterFactRow):
    """How much a fact weighs in the readiness of a cluster, by the office's own count."""

    COUNTED = ("fact", "least", "weight")

    weight = models.PositiveSmallIntegerField(_("weight"), validators=_WEIGHT)

    class Meta:
        verbose_name = _("weight of the readiness of clusters")
        verbose_name_plural = _("weights of the readiness of clusters")
        ordering = ["-weight", "key"]
        constraints = [ends_after_it_begins("a_weight_of_clusters_ends_after_it_begins")]


@pghistory.track()
class Criterion(DatedRow):
    """What assessors give points for. The official weights are not known: the office enters its own."""

    COUNTED = ("group_id", "weight", "points")

    name_id = models.CharField(_("name (Indonesian)"), max_length=120)
    name_en = models.CharField(_("name (English)"), max_length=120)
    group = models.ForeignKey(
        CommodityGroup,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="criteria",
        verbose_name=_("commodity group"),
        help_text=_("Empty: of every group."),
    )
    weight = models.PositiveSmallIntegerField(_("weight"), validators=_WEIGHT)
    points = models.PositiveSmallIntegerField(
        _("most points"), validators=[MinValueValidator(1), MaxValueValidator(100)]
    )
    position = models.PositiveSmallIntegerField(_("position"), default=0)

    class Meta:
        verbose_name = _("OVOP criterion")
        verbose_name_plural = _("OVOP criteria")
        ordering = ["position", "key"]
        constraints = [ends_after_it_begins("a_criterion_ends_after_it_begins")]

    def __str__(self) -> str:
        return self.name

    @property
    def name(self) -> str:
        """The name in the language of the reader."""
        return in_reading_language(self, "name")

    def counts_for(self, group: str) -> bool:
        """Is it a criterion of this group (its key)?"""
        return self.group_id in (None, group)

    def clean(self) -> None:
        """What assessors have given points for stays as it was."""
        stored = Criterion.objects.filter(pk=self.pk).first()
        changed = stored and any(getattr(stored, name) != getattr(self, name) for name in self.COUNTED)
        if changed and self.marks.exists():
            text = _("Points were given for this criterion, so it stays. End it, and enter a new one.")
            raise ValidationError({"weight": ValidationError(text, "used")})


@pghistory.track()
class ChecklistItem(DatedRow):
    """A paper that a nomination should hold; its position is its place in the ministry's portal."""

    COUNTED = ("of_food",)

    name_id = models.CharField(_("name (Indonesian)"), max_length=120)
    name_en = models.CharField(_("name (English)"), max_length=120)
    of_food = models.BooleanField(_("only of food and drink"), default=False)
    position = models.PositiveSmallIntegerField(_("position"), default=0)

    class Meta:
        verbose_name = _("item of the OVOP checklist")
        verbose_name_plural = _("OVOP checklist")
        ordering = ["position", "key"]
        constraints = [ends_after_it_begins("a_checklist_item_ends_after_it_begins")]

    def __str__(self) -> str:
        return self.name

    @property
    def name(self) -> str:
        """The name in the language of the reader."""
        return in_reading_language(self, "name")
