"""An inspection of a maker or a zone: planned, then visited. Nothing of it is public."""

import datetime
from typing import Any, Self

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import Exists, F, OuterRef, Q
from django.utils.translation import gettext_lazy as _

from disperin.attachments.models import Attachment
from disperin.history.versions import versioned
from disperin.registers.models import Record, RecordQuerySet
from disperin.registers.record import past
from disperin.registers.values.audience import Audience
from disperin.supervision.models.escalation import days_until_escalation
from disperin.ui.texts import Text
from industries.models import Establishment
from zones.models import Zone

_OPEN = Q(closed_on__isnull=True)


class InspectionQuerySet(RecordQuerySet):
    def with_follow_up_before(self, day: datetime.date) -> Self:
        """Those with an open follow-up that was due before a day."""
        return self.filter(Exists(_findings().filter(due_on__lt=day)))

    def escalated(self, on: datetime.date) -> Self:
        """Those with a follow-up that has risen to the head by a day; none while the office has set no days."""
        days = days_until_escalation(on)
        return self.none() if days is None else self.with_follow_up_before(on - datetime.timedelta(days=days))

    def with_open_findings(self) -> Self:
        """Those with a finding that is open."""
        return self.filter(Exists(_findings()))


def _findings() -> models.QuerySet[Any]:
    part = Inspection._meta.get_field("findings").related_model
    return part._default_manager.filter(inspection=OuterRef("pk"), closed_on=None, done_on=None)


def _degrees(label: Text, most: int) -> models.DecimalField:
    bounds = [MinValueValidator(-most), MaxValueValidator(most)]
    return models.DecimalField(label, max_digits=9, decimal_places=6, null=True, blank=True, validators=bounds)


@versioned()
class Inspection(Record):
    """A visit of the office to a maker or a zone, from its plan to what came of it."""

    prefix = "WAS"
    regency_from = "establishment"
    regency_or_from = "zone"
    audience = Audience(
        inside=(
            "id", "number", "version", "origin", "regency", "establishment", "zone", "planned_on", "visited_on",
            "inspectors", "latitude", "longitude", "summary", "minutes_number", "minutes", "created_at", "updated_at",
            "verified_at", "closed_on", "closed_reason",
        ),
        personal=(("inspectors",), ("latitude", "longitude"), ("minutes",)),
    )  # fmt: skip
    begins_with = ("visited_on", "planned_on")
    facets = {"regency": "regency_id", "origin": "origin"}

    establishment = models.ForeignKey(
        Establishment,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="inspections",
        verbose_name=_("establishment"),
    )
    zone = models.ForeignKey(
        Zone, models.PROTECT, null=True, blank=True, related_name="inspections", verbose_name=_("zone")
    )
    planned_on = models.DateField(_("planned for"))
    visited_on = models.DateField(_("visited on"), null=True, blank=True)
    inspectors = models.CharField(
        _("who went there"), max_length=300, blank=True, help_text=_("Names or posts, separated by commas.")
    )
    latitude = _degrees(_("latitude"), 90)
    longitude = _degrees(_("longitude"), 180)
    summary = models.TextField(_("what was seen"), max_length=2000, blank=True)
    minutes_number = models.CharField(_("number of the minutes"), max_length=80, blank=True)
    minutes = models.ForeignKey(
        Attachment, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("signed minutes")
    )

    objects = InspectionQuerySet.as_manager()

    class Meta:
        verbose_name = _("inspection")
        verbose_name_plural = _("inspections")
        constraints = [
            models.CheckConstraint(
                name="an_inspection_is_of_a_maker_or_of_a_zone",
                condition=Q(establishment__isnull=True, zone__isnull=False)
                | Q(establishment__isnull=False, zone__isnull=True),
                violation_error_message=_("Name the maker or the zone that is inspected, one of the two."),
            ),
            models.CheckConstraint(
                name="a_visit_says_who_went_there", condition=Q(visited_on__isnull=True) | ~Q(inspectors="")
            ),
            models.CheckConstraint(
                name="an_inspection_has_a_whole_point",
                condition=Q(latitude__isnull=True, longitude__isnull=True)
                | Q(latitude__isnull=False, longitude__isnull=False),
                violation_error_message=_("A point has a latitude and a longitude."),
            ),
        ]
        indexes = [
            models.Index(F("planned_on").desc(), F("id").desc(), name="inspection_newest", condition=_OPEN),
            models.Index(
                fields=["planned_on", "id"],
                name="inspection_planned",
                condition=_OPEN & Q(visited_on__isnull=True),
            ),
            models.Index(
                "regency", F("planned_on").desc(), F("id").desc(), name="inspection_of_regency", condition=_OPEN
            ),
            models.Index(F("verified_at").desc(), F("id").desc(), name="inspection_newest_verified", condition=_OPEN),
        ]

    def __str__(self) -> str:
        subject = self.establishment or self.zone
        return str(subject) if subject else self.number

    @property
    def name(self) -> str:
        """What it is called: the maker or the zone that is inspected."""
        return str(self)

    @property
    def is_late(self) -> bool:
        """Is the day past for which it was planned, without a visit, on the day that is read?"""
        return self.visited_on is None and self.planned_on < past.today()
