"""Milestones of a zone with their frozen baseline."""

import datetime
from collections.abc import Mapping, Sequence
from typing import Any, Self

import pgtrigger
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import Case, F, Q, Value, When
from django.db.models.functions import Lower
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from disperin.attachments.models import Attachment
from disperin.history.versions import versioned
from disperin.registers.models import Record, RecordQuerySet
from disperin.registers.record import past
from disperin.registers.values.audience import Audience
from disperin.registers.values.money import rupiah
from disperin.registers.values.point import Point
from disperin.ui.texts import Text
from zones import rules
from zones.models.zone import Zone
from zones.rules import MilestoneState

_OPEN = Q(closed_on__isnull=True)
_PERCENT = [MinValueValidator(0), MaxValueValidator(100)]


def _percent(label: Text, **options: Any) -> models.DecimalField:
    return models.DecimalField(label, max_digits=5, decimal_places=2, validators=_PERCENT, **options)


class MilestoneQuerySet(RecordQuerySet):
    def in_state(self, state: str, today: datetime.date) -> Self:
        """Those whose `rules.milestone_state` is this one on that day."""
        return self.filter(_states(today)[MilestoneState(state)])

    def with_state(self, today: datetime.date) -> Self:
        """Each with its `rules.MilestoneState` on that day as `stands`."""
        cases = (When(condition, then=Value(str(state))) for state, condition in _states(today).items())
        return self.annotate(stands=Case(*cases, output_field=models.CharField()))


def _states(today: datetime.date) -> dict[MilestoneState, Q]:
    """Which milestones are in which state on a day, as conditions that shut each other out."""
    is_open, is_past, has_begun = Q(actual_finish=None), Q(planned_finish__lt=today), Q(actual_start__isnull=False)
    awaited = is_open & ~is_past & ~has_begun
    return {
        rules.MilestoneState.DONE: ~is_open,
        rules.MilestoneState.LATE: is_open & is_past,
        rules.MilestoneState.RUNNING: is_open & ~is_past & has_begun,
        rules.MilestoneState.DELAYED: awaited & Q(planned_start__lt=today),
        rules.MilestoneState.AHEAD: awaited & Q(planned_start__gte=today),
    }


@versioned()
class Milestone(Record):
    """A step in building a zone: planned once, reported on often.

    Weight and planned days are the baseline, frozen when the province verifies the milestone. Only the province freezes
    it anew, with a reason; `baseline_number` counts how often, and `earlier_baselines` gives the old ones.
    """

    prefix = "TGK"
    regency_from = "zone"
    audience = Audience(
        public=(
            "id", "number", "version", "origin", "zone", "name", "regency", "weight", "planned_start", "planned_finish",
            "baseline_number", "baseline_on", "percent", "actual_start", "actual_finish", "progress_on", "photo",
            "search_text", "verified_at", "updated_at", "closed_on",
        ),
        inside=(
            "responsible", "baseline_reason", "contract_number", "contract_value", "evidence", "progress_note",
            "created_at", "closed_reason",
        ),
        steady=("actual_start", "actual_finish", "progress_on"),
        personal=(("responsible",), ("photo",), ("evidence",), ("progress_note",)),
    )  # fmt: skip
    point = Point("zone__map_latitude", "zone__map_longitude", "zone__map_point", note=("zone__name", "regency__name"))
    begins_with = ("actual_start",)
    words_of = ("zone",)
    facets = {"regency": "regency_id", "origin": "origin"}

    zone = models.ForeignKey(Zone, models.PROTECT, related_name="milestones", verbose_name=_("zone"))
    name = models.CharField(_("what is to be reached"), max_length=150)
    responsible = models.CharField(_("responsible"), max_length=150, blank=True)
    # The baseline
    weight = _percent(_("weight"), help_text=_("Its share of the whole zone; all weights together make 100 percent."))
    planned_start = models.DateField(_("planned start"))
    planned_finish = models.DateField(_("planned finish"))
    baseline_reason = models.CharField(
        _("reason for freezing the baseline anew"),
        max_length=500,
        blank=True,
        help_text=_("Only the province changes weight and planned days once they are verified."),
    )
    baseline_number = models.PositiveSmallIntegerField(_("baseline"), default=1, editable=False)
    baseline_on = models.DateField(_("baseline frozen on"), editable=False)
    # The progress
    percent = _percent(_("progress"), default=0)
    progress_on = models.DateField(_("progress as of"), null=True, blank=True)
    actual_start = models.DateField(_("begun on"), null=True, blank=True)
    actual_finish = models.DateField(_("finished on"), null=True, blank=True)
    photo = models.ForeignKey(
        Attachment, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("photograph as evidence")
    )
    evidence = models.ForeignKey(
        Attachment, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("document as evidence")
    )
    progress_note = models.CharField(_("note on the progress"), max_length=500, blank=True)
    contract_number = models.CharField(_("contract number"), max_length=120, blank=True)
    contract_value = rupiah(_("contract value"))
    search_text = models.TextField(editable=False, default="")  # public words only, lower case

    objects = MilestoneQuerySet.as_manager()

    class Meta:
        verbose_name = _("milestone")
        verbose_name_plural = _("milestones")
        constraints = [
            models.CheckConstraint(
                name="a_milestone_is_planned_to_finish_after_its_start",
                condition=Q(planned_finish__gte=F("planned_start")),
            ),
            models.CheckConstraint(
                name="a_milestone_finishes_after_its_start",
                condition=Q(actual_finish__isnull=True) | Q(actual_finish__gte=F("actual_start")),
            ),
            models.CheckConstraint(
                name="progress_is_between_nothing_and_all", condition=Q(percent__gte=0, percent__lte=100)
            ),
            models.CheckConstraint(name="a_milestone_weighs_something", condition=Q(weight__gt=0, weight__lte=100)),
            models.CheckConstraint(
                name="only_the_first_baseline_has_no_reason",
                condition=Q(baseline_number=1) | (Q(baseline_number__gt=1) & ~Q(baseline_reason="")),
            ),
        ]
        indexes = [
            models.Index(fields=["zone", "planned_start", "id"], name="milestone_of_zone", condition=_OPEN),
            models.Index(Lower("name"), "id", name="milestone_by_name", condition=_OPEN),
            models.Index(F("verified_at").desc(), F("id").desc(), name="milestone_newest", condition=_OPEN),
            models.Index("planned_finish", "id", name="milestone_by_finish", condition=_OPEN),
            models.Index(
                "planned_finish", "id", name="milestone_not_done", condition=_OPEN & Q(actual_finish__isnull=True)
            ),
        ]
        triggers = [
            pgtrigger.Protect(
                name="the_baseline_is_frozen",
                operation=pgtrigger.Update,
                condition=pgtrigger.Q(old__baseline_number=pgtrigger.F("new__baseline_number"))
                & (
                    pgtrigger.Q(old__weight__df=pgtrigger.F("new__weight"))
                    | pgtrigger.Q(old__planned_start__df=pgtrigger.F("new__planned_start"))
                    | pgtrigger.Q(old__planned_finish__df=pgtrigger.F("new__planned_finish"))
                ),
            )
        ]

    def __str__(self) -> str:
        return self.name

    def gather(self, rows: Mapping[str, Sequence[Any]]) -> None:
        """Sets the words that a search looks through."""
        self.search_text = f"{self.name} {self.zone.name}".lower()

    def clean(self) -> None:
        """Checks plan and progress."""
        if self.baseline_on is None:
            self.baseline_on = timezone.localdate()
        rules.check_milestone(
            planned_start=self.planned_start,
            planned_finish=self.planned_finish,
            percent=self.percent,
            actual_start=self.actual_start,
            actual_finish=self.actual_finish,
            progress_on=self.progress_on,
            today=timezone.localdate(),
        )

    @property
    def shown_state(self) -> MilestoneState:
        """How it stands on the day that is read."""
        return rules.milestone_state(
            planned_start=self.planned_start,
            planned_finish=self.planned_finish,
            actual_start=self.actual_start,
            actual_finish=self.actual_finish,
            today=past.today(),
        )

    def freeze_anew(self) -> None:
        """Count the baseline as a new one, frozen today. Only the form calls this, before the verb stores it."""
        self.baseline_number += 1
        self.baseline_on = timezone.localdate()

    def earlier_baselines(self) -> models.QuerySet[Any]:
        """The baselines before the present one, the first first, as dicts: number, days, weight, why it was frozen."""
        kept = Milestone.pgh_event_models["update"].objects.filter(
            pgh_obj_id=self.pk, baseline_number__lt=self.baseline_number
        )
        columns = ("baseline_number", "baseline_on", "baseline_reason", *rules.BASELINE)
        return kept.order_by("baseline_number", "-pgh_id").distinct("baseline_number").values(*columns)
