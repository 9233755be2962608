"""After how many days an overdue follow-up rises to the head: the office's own dated row; none is shipped."""

import datetime

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from disperin.registers.dated.validity import in_force


class EscalationRule(models.Model):
    """More than so many days past its due day, a follow-up stands before the head of the office."""

    COUNTED = ("days",)

    days = models.PositiveSmallIntegerField(
        _("more than so many days late"),
        help_text=_("0: from the day after the due day on. 9: from the tenth day on that it is late."),
    )
    source = models.CharField(_("who set it, and where"), max_length=200)
    valid_from = models.DateField(_("valid from"), null=True, blank=True)
    valid_to = models.DateField(_("valid until"), null=True, blank=True)

    class Meta:
        verbose_name = _("day on which follow-ups rise to the head")
        verbose_name_plural = _("days on which follow-ups rise to the head")
        ordering = ["valid_from", "id"]
        constraints = [
            models.CheckConstraint(
                name="an_escalation_ends_after_it_begins",
                condition=Q(valid_from__isnull=True) | Q(valid_to__isnull=True) | Q(valid_to__gte=F("valid_from")),
            )
        ]

    def __str__(self) -> str:
        return f"{self.days}"

    def clean(self) -> None:
        """Two rows never count on one day."""
        others = EscalationRule.objects.exclude(pk=self.pk)
        if self.valid_to is not None:
            others = others.filter(Q(valid_from=None) | Q(valid_from__lte=self.valid_to))
        if self.valid_from is not None:
            others = others.filter(Q(valid_to=None) | Q(valid_to__gte=self.valid_from))
        if others.exists():
            raise ValidationError(_("Another row counts on some of these days. End that one first."), "overlap")


def days_until_escalation(on: datetime.date) -> int | None:
    """How many days late a follow-up may be until it rises to the head, as set for a day; None where nothing is set."""
    rows = in_force(EscalationRule.objects.all(), on)
    return rows[0].days if rows else None
