"""Issues that stand in the way of a zone or its milestones; they stay inside."""

from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from disperin.history.versions import versioned
from disperin.registers.models import Record, RecordQuerySet
from disperin.registers.values.audience import Audience
from disperin.registers.values.point import Point
from zones import rules
from zones.models.zone import Zone

_OPEN = Q(closed_on__isnull=True)


@versioned()
class ZoneIssue(Record):
    """What stands in the way of a zone, by the classes of national strategic projects. Nothing of it is public."""

    prefix = "ISU"
    regency_from = "zone"
    audience = Audience(
        inside=(
            "id", "number", "version", "origin",
            "zone", "regency", "kind", "description", "agency", "opened_on", "due_on",
            "light", "state", "resolution", "settled_on", "created_at", "updated_at", "verified_at", "closed_on",
            "closed_reason",
        )
    )  # fmt: skip
    point = Point(
        "zone__map_latitude", "zone__map_longitude", "zone__map_point", name="zone__name", note=("regency__name",)
    )
    begins_with = ("opened_on",)
    facets = {"regency": "regency_id", "kind": "kind", "light": "light", "state": "state", "origin": "origin"}

    zone = models.ForeignKey(Zone, models.PROTECT, related_name="issues", verbose_name=_("zone"))
    kind = models.CharField(_("class of the issue"), max_length=24, choices=rules.IssueKind)
    description = models.TextField(_("description"), max_length=1000)
    agency = models.CharField(_("agency responsible"), max_length=150)
    opened_on = models.DateField(_("opened on"))
    due_on = models.DateField(_("due on"), null=True, blank=True)
    light = models.CharField(_("traffic light"), max_length=8, choices=rules.Light)
    state = models.CharField(_("state"), max_length=24, choices=rules.IssueState, default=rules.IssueState.OPEN)
    resolution = models.TextField(_("how it was settled"), max_length=1000, blank=True)
    settled_on = models.DateField(_("settled on"), null=True, blank=True)

    objects = RecordQuerySet.as_manager()

    class Meta:
        verbose_name = _("issue")
        verbose_name_plural = _("issues")
        constraints = [
            models.CheckConstraint(
                name="a_settled_issue_says_how_and_when",
                condition=(~Q(state="selesai") & Q(settled_on__isnull=True))
                | (Q(state="selesai", settled_on__isnull=False) & ~Q(resolution="")),
            )
        ]
        indexes = [
            models.Index(fields=["zone", "state", "opened_on", "id"], name="issue_of_zone", condition=_OPEN),
            models.Index(fields=["opened_on", "id"], name="issue_by_age", condition=_OPEN),
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()}: {self.zone}" if self.zone_id else self.number

    def clean(self) -> None:
        """Checks the days and what a settled issue needs."""
        rules.check_issue(
            state=self.state,
            opened_on=self.opened_on,
            due_on=self.due_on,
            settled_on=self.settled_on,
            resolution=self.resolution,
            today=timezone.localdate(),
        )

    @property
    def name(self) -> str:
        """What it is called: its class and its zone."""
        return str(self)
