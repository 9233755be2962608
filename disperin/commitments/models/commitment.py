"""A commitment: what a regency promised at a forum, by when, and what came of it."""

import datetime
from typing import Self

from django.core.exceptions import ValidationError
from django.core.validators import MinValueValidator
from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Lower
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from disperin.attachments.models import Attachment
from disperin.commitments import rules
from disperin.commitments.models.forum import Forum
from disperin.history.versions import versioned
from disperin.registers.models import Record, RecordQuerySet
from disperin.registers.record import past
from disperin.registers.values.audience import Audience
from disperin.registers.values.beside import Beside
from disperin.units.models import Unit

_OPEN = Q(closed_on__isnull=True)
_UNSETTLED = _OPEN & Q(settled_on__isnull=True)


class CommitmentQuerySet(RecordQuerySet):
    def unsettled(self) -> Self:
        """Those that are neither kept nor dropped."""
        return self.filter(settled_on=None)

    def late(self, on: datetime.date) -> Self:
        """Those past their due day; the same question as `rules.is_late`."""
        return self.unsettled().filter(due_on__lt=on)

    def spoken_of_at(self, forum: Forum) -> Self:
        """Those made at a forum, and those that were carried over to it."""
        return self.filter(Q(forum=forum) | Q(next_forum=forum))


@versioned()
class Commitment(Record):
    """What a regency promised at a forum. Nothing of it is public; each regency sees its own."""

    prefix = "KMT"
    audience = Audience(
        inside=(
            "id", "number", "version", "origin", "regency", "forum", "item", "name", "unit", "responsible",
            "support_from", "support_asked", "due_on", "state", "report", "evidence", "settled_on", "next_forum",
            "created_at", "updated_at", "verified_at", "closed_on", "closed_reason",
        ),
        personal=(("responsible",), ("evidence",)),
    )  # fmt: skip
    beside = {"forum_name": Beside("forum__name", _("name of the forum"))}
    facets = {
        "regency": "regency_id", "state": "state", "forum": "forum_id", "unit": "unit_id", "origin": "origin",
    }  # fmt: skip
    field_of_constraint = {"twice": "item"}

    forum = models.ForeignKey(Forum, models.PROTECT, related_name="commitments", verbose_name=_("forum"))
    item = models.PositiveSmallIntegerField(
        _("item"), validators=[MinValueValidator(1)], help_text=_("Its number in the minutes of the forum.")
    )
    name = models.CharField(_("what was promised"), max_length=500)
    unit = models.ForeignKey(
        Unit,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="commitments",
        verbose_name=_("responsible unit"),
        help_text=_("A unit of the office or an office of the regency, from the list."),
    )
    responsible = models.CharField(
        _("who is responsible, in words"),
        max_length=150,
        blank=True,
        help_text=_("As agreed: a post, or an office that is not in the list."),
    )
    support_from = models.CharField(
        _("support asked of"), max_length=24, choices=rules.Support, blank=True, help_text=_("Empty where none is.")
    )
    support_asked = models.CharField(_("which support"), max_length=500, blank=True)
    due_on = models.DateField(
        _("due on"), null=True, blank=True, help_text=_("Only if a day was agreed. Without one nothing is late.")
    )
    state = models.CharField(_("state"), max_length=12, choices=rules.State, default=rules.State.OPEN)
    report = models.TextField(
        _("what came of it"), max_length=1000, blank=True, help_text=_("What was done, or why it was dropped.")
    )
    evidence = models.ForeignKey(
        Attachment, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("evidence")
    )
    settled_on = models.DateField(_("kept or dropped on"), null=True, blank=True)
    next_forum = models.ForeignKey(
        Forum,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="carried_over",
        verbose_name=_("next forum"),
        help_text=_("The forum at which it is spoken of again."),
    )

    objects = CommitmentQuerySet.as_manager()

    class Meta:
        verbose_name = _("commitment")
        verbose_name_plural = _("commitments")
        constraints = [
            models.CheckConstraint(
                name="a_settled_commitment_says_how_and_when",
                condition=(~Q(state__in=["dipenuhi", "dibatalkan"]) & Q(settled_on__isnull=True))
                | (Q(state__in=["dipenuhi", "dibatalkan"], settled_on__isnull=False) & ~Q(report="")),
            ),
            models.CheckConstraint(
                name="a_commitment_is_not_carried_over_to_its_own_forum",
                condition=Q(next_forum__isnull=True) | ~Q(next_forum=F("forum")),
            ),
            models.UniqueConstraint(
                name="one_commitment_per_forum_item_and_regency",
                fields=["forum", "item", "regency"],
                condition=_OPEN,
                violation_error_code="twice",
                violation_error_message=_("This regency has a commitment under this item of the forum already."),
            ),
        ]
        indexes = [
            models.Index(fields=["due_on", "id"], name="commitment_by_due_day", condition=_OPEN),
            models.Index(fields=["due_on", "id"], name="commitment_unsettled", condition=_UNSETTLED),
            models.Index(fields=["forum", "item", "id"], name="commitment_of_forum", condition=_OPEN),
            models.Index(fields=["next_forum", "id"], name="commitment_carried_over", condition=_OPEN),
            models.Index(fields=["regency", "due_on", "id"], name="commitment_of_regency", condition=_OPEN),
            models.Index(Lower("name"), "id", name="commitment_by_name", condition=_OPEN),
            models.Index(F("verified_at").desc(), F("id").desc(), name="commitment_newest", condition=_OPEN),
        ]

    def __str__(self) -> str:
        return self.name

    def clean(self) -> None:
        """Checks what is said of how it stands; a new record is of a forum that is not closed."""
        forum, later = (getattr(self, name, None) for name in ("forum", "next_forum"))
        rules.check_commitment(
            state=self.state,
            report=self.report,
            settled_on=self.settled_on,
            support_from=self.support_from,
            support_asked=self.support_asked,
            forum_day=forum.day if forum else None,
            due_on=self.due_on,
            today=timezone.localdate(),
        )
        if self.unit is not None and not self.unit.is_of(self.regency_id):
            text = _("“%(unit)s” is an office of another regency.")
            raise ValidationError({"unit": ValidationError(text, "elsewhere", {"unit": self.unit})})
        if self.pk is None and forum is not None and forum.closed_on is not None:
            raise ValidationError({"forum": ValidationError(_("This forum is closed in the register."), "closed")})
        if forum is not None and later is not None and (later == forum or later.day < forum.day):
            text = _("The next forum takes place after the forum at which it was promised.")
            raise ValidationError({"next_forum": ValidationError(text, "not_later")})

    @property
    def who(self) -> str:
        """Who is responsible: the unit, and what is said beside it."""
        return rules.who(self.unit.name if self.unit else "", self.responsible)

    @property
    def is_late(self) -> bool:
        """Is it past its due day, on the day that is read?"""
        return rules.is_late(due_on=self.due_on, settled_on=self.settled_on, on=past.today())
