"""A forum: a meeting of the office with the offices of the regencies, and its minutes."""

from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Lower
from django.utils.translation import gettext_lazy as _

from disperin.attachments.models import Attachment
from disperin.commitments import rules
from disperin.history.versions import versioned
from disperin.registers.models import Record, RecordQuerySet
from disperin.registers.values.audience import Audience

_OPEN = Q(closed_on__isnull=True)


@versioned()
class Forum(Record):
    """A meeting at which regencies promise something. It concerns all of them: each office reads it."""

    prefix = "FRM"
    of_province = True
    audience = Audience(
        inside=(
            "id", "number", "version", "origin", "regency", "kind", "name", "day", "last_day", "place",
            "minutes_number", "minutes", "created_at", "updated_at", "verified_at", "closed_on", "closed_reason",
        )
    )  # fmt: skip
    begins_with = ("day",)
    facets = {"regency": "regency_id", "kind": "kind", "origin": "origin"}
    field_of_constraint = {"before_its_day": "last_day"}

    kind = models.CharField(_("kind of meeting"), max_length=24, choices=rules.ForumKind)
    name = models.CharField(_("name of the forum"), max_length=150)
    day = models.DateField(_("first day"))
    last_day = models.DateField(_("last day"), null=True, blank=True, help_text=_("Only if it took several days."))
    place = models.CharField(_("place"), max_length=150, help_text=_("The building or town in which it took place."))
    minutes_number = models.CharField(
        _("number of the minutes"), max_length=80, blank=True, help_text=_("As the office gave it; empty until then.")
    )
    minutes = models.ForeignKey(
        Attachment,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("signed minutes"),
        help_text=_("The scan of the minutes, once all have signed."),
    )

    objects = RecordQuerySet.as_manager()

    class Meta:
        verbose_name = _("forum")
        verbose_name_plural = _("forums")
        constraints = [
            models.CheckConstraint(
                name="a_forum_ends_after_it_begins",
                condition=Q(last_day__isnull=True) | Q(last_day__gte=F("day")),
                violation_error_code="before_its_day",
                violation_error_message=_("The last day lies before the first."),
            )
        ]
        indexes = [
            models.Index(F("day").desc(), F("id").desc(), name="forum_newest", condition=_OPEN),
            models.Index(Lower("name"), "id", name="forum_by_name", condition=_OPEN),
            models.Index(F("verified_at").desc(), F("id").desc(), name="forum_newest_verified", condition=_OPEN),
        ]

    def __str__(self) -> str:
        return self.name

    def clean(self) -> None:
        """Checks its days against each other."""
        rules.check_forum(day=self.day, last_day=self.last_day)
