"""Assessments: two people judge a nomination by the same criteria, each without seeing what the other gives."""

from typing import Self

import pgtrigger
from django.conf import settings
from django.contrib.auth.models import AnonymousUser
from django.db import models
from django.db.models import Exists, OuterRef, Q
from django.utils.translation import gettext_lazy as _

from disperin.accounts.models import User
from disperin.registers.record import past
from ovop import rules
from ovop.models.nomination import Nomination
from ovop.models.standards import Criterion

STANDS = pgtrigger.Protect(name="what_was_handed_in_stands", operation=pgtrigger.Update | pgtrigger.Delete)


class AssessmentQuerySet(models.QuerySet):
    def then(self) -> Self:
        """Those that were in at the end of the day that is read; they are never changed."""
        day = past.day()
        return self.filter(handed_in_at__lt=past.end_of(day)) if day else self

    def shown_to(self, user: User | AnonymousUser) -> Self:
        """One's own, and those of nominations for which both are in: until then each is blind to the other."""
        second = Assessment.objects.then().filter(nomination=OuterRef("nomination"), place=rules.ASSESSORS)
        return self.then().filter(Q(assessor=user.pk) | Exists(second))


class Assessment(models.Model):
    """What one assessor gave, in whole: it is handed in once and stands."""

    nomination = models.ForeignKey(Nomination, models.PROTECT, related_name="assessments", verbose_name=_("nomination"))
    place = models.PositiveSmallIntegerField(_("assessment"))  # the first or the second that was handed in
    assessor = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="assessments", verbose_name=_("assessor")
    )
    total = models.DecimalField(_("total"), max_digits=5, decimal_places=2)  # 0-100
    comment = models.TextField(_("comment"), max_length=1000, blank=True)
    handed_in_at = models.DateTimeField(_("handed in"), auto_now_add=True)

    objects = AssessmentQuerySet.as_manager()

    class Meta:
        verbose_name = _("assessment")
        verbose_name_plural = _("assessments")
        ordering = ["nomination", "place"]
        constraints = [
            models.UniqueConstraint(name="nobody_assesses_twice", fields=["nomination", "assessor"]),
            models.UniqueConstraint(name="two_assessments_per_nomination", fields=["nomination", "place"]),
            models.CheckConstraint(name="there_is_no_third_assessment", condition=Q(place__in=[1, 2])),
            models.CheckConstraint(name="a_total_is_0_to_100", condition=Q(total__gte=0, total__lte=100)),
        ]
        triggers = [STANDS]

    def __str__(self) -> str:
        return f"{self.nomination.number} ({self.place})"


class Mark(models.Model):
    """The points that an assessor gave for one criterion."""

    assessment = models.ForeignKey(Assessment, models.PROTECT, related_name="marks")
    criterion = models.ForeignKey(Criterion, models.PROTECT, related_name="marks", verbose_name=_("criterion"))
    points = models.PositiveSmallIntegerField(_("points"))

    class Meta:
        verbose_name = _("mark")
        verbose_name_plural = _("marks")
        ordering = ["criterion__position", "criterion"]
        constraints = [models.UniqueConstraint(name="one_mark_per_criterion", fields=["assessment", "criterion"])]
        triggers = [STANDS]

    def __str__(self) -> str:
        return f"{self.criterion}: {self.points}"
